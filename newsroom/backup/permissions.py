"""Permission to end the hold of a restored site."""

from newsroom.access.users import AnyUser


def may_resume(user: AnyUser) -> bool:
    """Return whether *user* may decide about what fell due: administrators only."""
    return user.is_active and user.is_superuser
