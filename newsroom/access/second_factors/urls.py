"""URLs of second factors, below ``admin/``.

They are not part of Wagtail's admin URLs: a half signed in session has no access there.
"""

from django.urls import path

from newsroom.access.second_factors import changes, passkeys, views

app_name = "second_factors"

urlpatterns = [
    path("second-step/", views.SecondStepPage.as_view(), name="second_step"),
    path("confirm/", views.ConfirmPage.as_view(), name="confirm"),
    path("cancel/", views.cancel, name="cancel"),
    path("set-up/", changes.SetUpPage.as_view(), name="set_up"),
    path("app/", changes.SetUpAppPage.as_view(), name="set_up_app"),
    path("app/qr.svg", changes.AppQrCode.as_view(), name="app_qr"),
    path("app/remove/", changes.RemoveAppPage.as_view(), name="remove_app"),
    path("recovery-codes/", changes.RecoveryCodesPage.as_view(), name="recovery_codes"),
    path("passkeys/add/", changes.AddPasskeyPage.as_view(), name="add_passkey"),
    path(
        "passkeys/<int:pk>/remove/",
        changes.RemovePasskeyPage.as_view(),
        name="remove_passkey",
    ),
    path(
        "passkeys/register/begin/",
        passkeys.BeginRegistrationView.as_view(),
        name="begin_registration",
    ),
    path(
        "passkeys/register/complete/",
        passkeys.CompleteRegistrationView.as_view(),
        name="complete_registration",
    ),
    path("passkeys/use/begin/", passkeys.BeginUseView.as_view(), name="begin_use"),
    path(
        "passkeys/use/complete/",
        passkeys.CompleteUseView.as_view(),
        name="complete_use",
    ),
]
