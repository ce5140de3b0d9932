"""The language in which the interface speaks on pages of each language.

Django shows a message without a translation in ``LANGUAGE_CODE``. On the pages of a
language without a catalogue, the whole interface is therefore in another language than
the articles, and the HTML has to say so.
"""

from functools import lru_cache
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale

from newsroom.localisation.languages import MESSAGE_LANGUAGE


def interface_language(code: str) -> str:
    """Return the language of the interface on pages in the language *code*.

    That is *code* itself if its catalogue has a translation, else ``LANGUAGE_CODE``. A
    catalogue that is translated in part counts as a catalogue.
    """
    if code in (MESSAGE_LANGUAGE, settings.LANGUAGE_CODE):
        return code
    folder = str(settings.LOCALE_PATHS[0])
    return code if _is_translated(folder, code) else settings.LANGUAGE_CODE


def has_own_interface(code: str) -> bool:
    return interface_language(code) == code


@lru_cache(maxsize=64)
def _is_translated(folder: str, code: str) -> bool:
    path = Path(folder) / to_locale(code) / "LC_MESSAGES" / "django.mo"
    return path.exists() and bool(polib.mofile(str(path)).translated_entries())


def forget_catalogues() -> None:
    """Read the catalogues again; they have been compiled since."""
    _is_translated.cache_clear()
