"""The names of orthographies, by their keys."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from search.languages.query_words import words_of
from search.site_languages import site_languages

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

ORTHOGRAPHIES: "dict[str, StrPromise]" = {
    "cyrl": _("Cyrillic letters"),
    "cyrl-1940": _("Cyrillic letters of 1940–57"),
    "latn": _("New Latin letters"),
    "latn-1929": _("Latin letters of 1929–38"),
    "latn-1938": _("Latin letters of 1938–40"),
    "arab": _("Arabic letters (töte jazu)"),
    "arab-1912": _("Arabic letters of 1912–29"),
}


def orthography_name(key: str) -> str:
    """Return the name of an orthography in the active language, else its *key*."""
    return str(ORTHOGRAPHIES.get(key, key))


@lru_cache(maxsize=32)
def orthography_names(key: str) -> Mapping[str, str]:
    """Return the names of an orthography by the languages of the query language."""
    names = {}
    for code in site_languages():
        if words_of(code) is not None:
            with override(code):
                names[code] = orthography_name(key)
    return names
