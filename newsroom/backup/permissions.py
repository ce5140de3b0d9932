"""Permission to end the hold of a restored site."""

from newsroom.access.users import AnyUser


def may_resume(user: AnyUser) -> bool:
    """Return whether *user* may decide about what fell due.

    These are superusers, and those who administer accounts, groups and sites, such as
    Administrators.
    """
    return user.has_perms(
        ("auth.change_user", "auth.change_group", "wagtailcore.change_site")
    )
