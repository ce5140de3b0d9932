"""Settings of the accounts of admin users."""

from django.conf import settings
from wagtail.users.models import UserProfile

from newsroom.access.users import User


def admin_language_of(user: User | None) -> str:
    """Return the language code of the admin that *user* sees.

    Without a choice of the user it is the current language.
    """
    return _profile_of(user).get_preferred_language()


def mail_language_of(user: User | None) -> str:
    """Return the code of the language in which to write to *user*.

    Without a choice of the user it is the language of the site.
    """
    return _profile_of(user).preferred_language or settings.LANGUAGE_CODE


def _profile_of(user: User | None) -> UserProfile:
    profile = UserProfile.objects.filter(user=user).first() if user else None
    return profile or UserProfile()


def display_name(user: User | None) -> str:
    return user.get_full_name() or user.get_username() if user else ""
