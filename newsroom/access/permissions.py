"""Permissions that several apps share."""

from typing import Any

from wagtail.models import Page


def may_publish(user: Any, page: Page | None) -> bool:
    """Return whether *user* may publish *page*.

    False if the account is missing or deactivated, or if the page does not exist.
    """
    if page is None or user is None or not user.is_active:
        return False
    return bool(page.permissions_for_user(user).can_publish())
