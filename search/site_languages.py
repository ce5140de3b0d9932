"""The languages of the site, in the order of ``settings.LANGUAGES``."""

from django.conf import settings


def site_languages() -> list[str]:
    """Return the codes of the languages that readers use, the first language first."""
    return [code for code, _name in settings.LANGUAGES]
