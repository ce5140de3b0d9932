"""Permissions that several apps share."""

from wagtail.models import Page

from newsroom.access.delegation import noted_as_manageable, unmanageable
from newsroom.access.users import AnyUser, User


def may_publish(user: AnyUser | None, page: Page | None) -> bool:
    """Return whether *user* may publish *page*.

    False if the account is missing or deactivated, or if the page does not exist.
    """
    if page is None or user is None or not user.is_active:
        return False
    return bool(page.permissions_for_user(user).can_publish())


def may_audit(user: AnyUser) -> bool:
    """Return whether *user* may read the audit log.

    These are the users who may change users and groups, such as Administrators.
    """
    return user.has_perms(("auth.change_user", "auth.change_group"))


def may_manage_account(actor: AnyUser, account: User) -> bool:
    """Return whether *actor*, who may change users, may change *account*."""
    noted = noted_as_manageable(actor, account)
    return not unmanageable(actor, [account]) if noted is None else noted
