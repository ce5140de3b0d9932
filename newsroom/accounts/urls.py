"""URLs about accounts that are open without signing in."""

from django.urls import path
from wagtail import views as wagtail_views
from wagtail.documents.views import serve as document_views

from newsroom.accounts.lockout.passwords import counted
from newsroom.accounts.lockout.views import release_sign_in

urlpatterns = [
    path("admin/release/<str:token>/", release_sign_in, name="release_sign_in"),
    # Wagtail's own forms for the password of a page or collection, with a limit.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        counted(wagtail_views.authenticate_with_password, "page_view_restriction_id"),
        name="wagtailcore_authenticate_with_password",
    ),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        counted(document_views.authenticate_with_password, "restriction_id"),
        name="wagtaildocs_authenticate_with_password",
    ),
]
