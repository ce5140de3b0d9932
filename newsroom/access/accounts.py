"""Settings of the accounts of admin users."""

from wagtail.users.models import UserProfile

from newsroom.access.users import User


def admin_language_of(user: User | None) -> str:
    """Return the language code of the admin for *user*; the site's default for None."""
    profile = UserProfile.objects.filter(user=user).first() if user else None
    return (profile or UserProfile()).get_preferred_language()


def display_name(user: User | None) -> str:
    return user.get_full_name() or user.get_username() if user else ""
