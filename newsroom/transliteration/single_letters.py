"""Detection of elements that are about letters or in Russian, and are not converted.

In an article on the alphabet a table has columns such as «Кирилл | Латын» with «Ә ә»
and «Ä ä»: after a conversion, both columns would show the same letters. This module
considers the whole of an element; letters among words are found by
:mod:`newsroom.transliteration.kept_words`.
"""

import re
from html import unescape

_PLACES = {"caption", "dd", "dt", "figcaption", "li", "p", "td", "th"} | {
    f"h{level}" for level in range(1, 7)
}
# Text and emphasis up to the end of an element. No links: «А» in a list of links is the
# name of a page, and is converted like the pages.
_CONTENT = re.compile(
    r"(?P<content>(?:[^<]++|</?(?:b|bdi|big|br|em|i|mark|small|span|strong|sub|sup|u)"
    r"(?=[\s/>])[^<>]*+>)*+)</(?P<name>[a-z][a-z0-9]*)",
    re.IGNORECASE,
)
_TAG = re.compile("<[^<>]*>")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_RUN = re.compile(r"[^\W\d_]+")
_LATIN_LETTER = re.compile("[A-Za-zÀ-ÖØ-öø-ʯ]{1,3}")
"""A letter of a Latin alphabet, written with one to three characters: Ch, şş."""
LONGEST = 400
"""Maximum HTML characters examined: longer than a list of a whole alphabet."""


def text_of(name: str, html: str, start: int) -> str | None:
    """Return the text of the element *name* whose content begins at *start*, or None.

    None is returned if the element is of another kind, long, or contains links or other
    elements.
    """
    if name not in _PLACES:
        return None
    match = _CONTENT.match(html, start, start + LONGEST)
    if not match or match["name"].lower() != name:
        return None
    return unescape(_TAG.sub(" ", match["content"]))


def is_letters(text: str) -> bool:
    """Return whether *text* has only single letters, at least one of them Cyrillic."""
    if not _CYRILLIC.search(text) or any(map(str.isdigit, text)):
        return False
    return all(map(_is_letter, _RUN.findall(text)))


def _is_letter(run: str) -> bool:
    if len(run) == 1 or _LATIN_LETTER.fullmatch(run):
        return True
    return len(run) == 2 and run[0] != run[1] and run[0].lower() == run[1].lower()
