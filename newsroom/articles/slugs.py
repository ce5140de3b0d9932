"""Readable Latin slugs for titles in any script."""

import re
import unicodedata

from anyascii import anyascii
from django.utils.text import slugify

from search.languages import detect_script
from search.languages.kazakh.scripts import convert
from search.languages.registry import script_subtag

# Kazakh letters that anyascii writes with two letters (ғ as gh, ң as ng).
KAZAKH_LETTERS = str.maketrans({"ғ": "g", "Ғ": "G", "ң": "n", "Ң": "N"})
# Arrows; pictures and emoji follow. Letters in circles and squares abbreviate words.
FIRST_PICTURE = "\u2190"
_ABBREVIATIONS = re.compile("[\u2460-\u24ff\u3200-\u33ff]")
# A slug is read in the address bar and typed from paper: about a dozen words.
MAX_SLUG_LENGTH = 80


def latin_slug(title: str, tag: str = "") -> str:
    """Return an ASCII slug for *title*, or ``""`` if it has no letter or digit.

    «Қызылордада форум өтіп жатыр» gives ``qyzylordada-forum-otip-zhatyr``. *tag* is the
    orthography of Kazakh that *title* is in, if it is known: ``ceker`` of 1929 gives
    ``sheker``. Kazakh in Arabic script is converted to Cyrillic first, because its
    spelling omits letters that a transliterator of Arabic would need; other scripts are
    transliterated by anyascii. Composed and decomposed letters give the same slug,
    emoji give none. Long slugs are truncated at a word boundary.
    """
    title = "".join(map(_without_picture, unicodedata.normalize("NFC", title)))
    if tag or detect_script(title)[0] == "Arab":
        title = convert(title, to="Cyrl", source=script_subtag(tag))
    slug = slugify(anyascii(title.translate(KAZAKH_LETTERS)).replace("'", ""))
    if len(slug) <= MAX_SLUG_LENGTH:
        return slug
    whole_words, _, _ = slug[: MAX_SLUG_LENGTH + 1].rpartition("-")
    return whole_words or slug[:MAX_SLUG_LENGTH]


def _without_picture(character: str) -> str:
    """Return a space for an emoji or another picture, else *character*.

    Symbols that abbreviate words (№, ㎡) stay.
    """
    kind = unicodedata.category(character)
    is_symbol = kind in ("So", "Sk", "Cn") and character >= FIRST_PICTURE
    return " " if is_symbol and not _ABBREVIATIONS.match(character) else character
