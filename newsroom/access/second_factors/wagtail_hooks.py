"""Registration of second factors in the admin: account page, users, log."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.users.models import UserProfile

from newsroom.access.second_factors import reset
from newsroom.access.second_factors.account import SecondFactorsPanel
from newsroom.access.second_factors.permissions import may_ask_for_reset
from newsroom.access.users import AnyUser, User


@hooks.register("register_admin_urls")
def register_reset_url() -> list[URLResolver]:
    urls = (reset.urlpatterns, "reset_second_factors")
    return [path("reset-second-factors/", include(urls))]


@hooks.register("register_account_settings_panel")
def register_account_panel(
    request: HttpRequest, user: User, profile: UserProfile
) -> SecondFactorsPanel:
    return SecondFactorsPanel(request, user, profile)


@hooks.register("register_user_listing_buttons")
def reset_button(user: User, request_user: AnyUser, **kwargs: Any) -> Iterator[Button]:
    if may_ask_for_reset(request_user, user):
        yield Button(
            _("Reset second factors"),
            reverse("reset_second_factors:reset", args=[user.pk]),
            icon_name="key",
            priority=40,
        )
