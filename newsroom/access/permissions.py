"""Permissions that several apps share."""

from wagtail.models import Page

from newsroom.access.users import AnyUser


def may_publish(user: AnyUser | None, page: Page | None) -> bool:
    """Return whether *user* may publish *page*.

    False if the account is missing or deactivated, or if the page does not exist.
    """
    if page is None or user is None or not user.is_active:
        return False
    return bool(page.permissions_for_user(user).can_publish())


def may_audit(user: AnyUser) -> bool:
    """Return whether *user* may read the audit log: administrators only."""
    return bool(user.is_active and user.is_superuser)
