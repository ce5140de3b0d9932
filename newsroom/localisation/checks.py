"""System checks that every language of the site has what its pages need."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.utils.translation import check_for_language

from newsroom.localisation.catalogues import catalogue_path
from newsroom.localisation.interface import has_own_interface
from newsroom.localisation.languages import has_row
from search.site_languages import site_languages


@register()
def check_languages(**kwargs: Any) -> list[CheckMessage]:
    """Report languages of the site without a row, or without a catalogue."""
    messages: list[CheckMessage] = []
    content = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", settings.LANGUAGES)
    served = set(site_languages())
    for code in dict.fromkeys([*served, *(code for code, _name in content)]):
        messages += _faults(code, is_served=code in served)
    return messages


def _faults(code: str, *, is_served: bool) -> list[CheckMessage]:
    if not has_row(code):
        return [
            Error(
                f"The language {code!r} has no row in newsroom.localisation.languages.",
                hint="Add a row there, or call languages.add() in the settings. See"
                " docs/adding-a-language.md.",
                id="localisation.E001",
            )
        ]
    if not is_served:
        return [
            Error(
                f"{code!r} is in WAGTAIL_CONTENT_LANGUAGES, but not in LANGUAGES.",
                hint="Add it to LANGUAGES: its pages have no URLs otherwise.",
                id="localisation.E002",
            )
        ]
    if not check_for_language(code):
        return [
            Error(
                f"Django has no catalogue for {code!r}, so it serves its pages in"
                " another language.",
                hint="Run manage.py update_catalogues, then compile_catalogues.",
                id="localisation.E003",
            )
        ]
    path = catalogue_path(code)
    if path.exists() and not path.with_suffix(".mo").exists():
        return [
            Warning(
                f"The catalogue of {code!r} is not compiled: its messages are unused.",
                hint="Run manage.py compile_catalogues.",
                id="localisation.W002",
            )
        ]
    if not has_own_interface(code):
        return [
            Warning(
                f"No message is translated into {code!r}: its pages borrow the words"
                f" of the interface from {settings.LANGUAGE_CODE!r}.",
                hint=f"Translate locale/{code}/LC_MESSAGES/django.po.",
                id="localisation.W001",
            )
        ]
    return []
