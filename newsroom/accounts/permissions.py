"""Permission to manage the accounts of others."""

from newsroom.access.permissions import may_manage_account
from newsroom.access.users import AnyUser, User


def may_manage(user: AnyUser, account: User) -> bool:
    """Return whether *user* may end the sessions of *account*, or close it.

    Nobody manages an account with more permissions than the own.
    """
    return user.has_perm("auth.change_user") and may_manage_account(user, account)


def may_close(user: AnyUser, account: User) -> bool:
    """Return whether *user* may close *account*, which is not the user's own."""
    return user != account and may_manage(user, account)
