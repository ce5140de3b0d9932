"""Who may manage the accounts of others."""

from newsroom.access.users import AnyUser, User


def may_manage(user: AnyUser, account: User) -> bool:
    """Return whether *user* may end the sessions of *account*, or close it.

    Only administrators manage administrators.
    """
    if not user.has_perm("auth.change_user"):
        return False
    return bool(user.is_superuser or not account.is_superuser)
