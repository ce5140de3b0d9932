"""Editions of the Kazakh pages in other scripts, and their URLs."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.urls import get_script_prefix

from newsroom.localisation import languages
from newsroom.localisation.languages import language
from search.languages.kazakh.scripts import convert

LANGUAGE = "kk"
"""The language of the converted pages, which is also the first part of their URLs.

Only Kazakh has a converter (:mod:`search.languages.kazakh.scripts`).
"""

LANGUAGE_NAME = language(LANGUAGE).own_name


@dataclass(frozen=True)
class ScriptEdition:
    """One script edition.

    ``lang`` is for HTML (BCP 47), ``script`` for the converter. ``prefix`` begins its
    URL paths: ``/kk-latn/qogam/`` shows ``/kk/qogam/``.
    """

    prefix: str
    lang: str
    script: str
    fonts: tuple[str, ...]
    is_rtl: bool = False

    @cached_property
    def direction(self) -> str:
        return "rtl" if self.is_rtl else "ltr"

    @cached_property
    def name(self) -> str:
        """The language's name in the script of the edition."""
        return convert(LANGUAGE_NAME, self.script)


LATIN = ScriptEdition("kk-latn", "kk-Latn", "Latn", languages.LATIN)
ARABIC = ScriptEdition("kk-arab", "kk-Arab", "Arab", languages.ARABIC, is_rtl=True)
SCRIPT_EDITIONS = (LATIN, ARABIC)

_BY_PREFIX = {edition.prefix: edition for edition in SCRIPT_EDITIONS}
_EDITION = re.compile(rf"/({'|'.join(_BY_PREFIX)})(?=/|$)", re.IGNORECASE)
_SITE = re.compile("(?:https?:)?//([^/?#]*)", re.IGNORECASE)
_AFTER_PREFIX = ("", "/", "?", "#")


def edition_at(path: str) -> ScriptEdition | None:
    """Return the edition of *path*, without a script name, or None; ignores case."""
    match = _EDITION.match(path)
    return _BY_PREFIX[match[1].lower()] if match else None


def is_convertible(lang: str) -> bool:
    """Return whether a text with this ``lang`` is Kazakh in Cyrillic letters.

    Cyrillic letters may be those of a former time. `kk-Cyrl` says that they are meant.
    """
    tag = lang.lower()
    return tag == LANGUAGE or tag.startswith(f"{LANGUAGE}-cyrl-x-")


def kazakh_path(path: str) -> str:
    """Return the Cyrillic page's path: ``/kk-latn/qogam/`` gives ``/kk/qogam/``."""
    return _EDITION.sub(f"/{LANGUAGE}", path, count=1)


def in_edition(url: str, edition: ScriptEdition, host: str = "") -> str:
    """Return the edition's URL for the URL of a Kazakh page of this site.

    ``/kk/?page=2`` gives ``/kk-latn/?page=2``. An absolute URL belongs to the site if
    it has *host* (with its port). URLs of other pages are returned unchanged.
    """
    match = _SITE.match(url)
    if match and match[1] != host:
        return url
    start = match.end() if match else 0
    root = get_script_prefix()
    end = start + len(root) + len(LANGUAGE)
    if url[start:end] != root + LANGUAGE or url[end : end + 1] not in _AFTER_PREFIX:
        return url
    return f"{url[:start]}{root}{edition.prefix}{url[end:]}"
