"""Typographic corrections that are applied to rendered text only.

The stored text is not changed, so copying, searching the page and comparing it with the
original give the original text.
"""

import re

from django import template
from django.utils.html import format_html_join
from wagtail.rich_text import RichText

register = template.Library()

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# A compound of two parts, one of which has up to three letters: UN-Habitat, COVID-19,
# из-за. Longer than 24 letters, it may have to break on a phone.
SHORT_COMPOUND = re.compile(
    r"(?<![\w-])(?=[\w-]{3,24}(?![\w-]))"
    r"([^\W\d_]{1,3}-\w+|[^\W\d_]\w*-\w{1,3})(?![\w-])"
)
# URLs and e-mail addresses may break anywhere.
ADDRESS = re.compile(r"@|//|\w[./]\w")
SPACES = re.compile(r"(\s+)")
TAG = re.compile(r"(<[^<>]*>)")
DASHES = ("\N{EN DASH}", "\N{EM DASH}")
# Kept on one line by css/base.css.
KEPT = '<span class="kept">{}</span>'


@register.filter
def with_dashes_kept(text: str) -> str:
    """Return HTML of the plain *text* with dashes and short compounds kept on one line.

    A no-break space before a dash keeps it on the line of the word before it, as Kazakh
    and Russian typography requires: «форумы — 2025». Both parts of UN-Habitat stay on
    one line.
    """
    for dash in DASHES:
        text = text.replace(f" {dash} ", f"{NO_BREAK_SPACE}{dash} ")
    pieces = _pieces(text)
    if len(pieces) == 1:
        return text
    kept = "".join(KEPT if number % 2 else "{}" for number in range(len(pieces)))
    return format_html_join("", kept, [pieces])


@register.filter
def with_short_compounds_kept(value: RichText) -> RichText:
    """Keep the parts of words such as UN-Habitat on one line in an article's text."""
    parts = TAG.split(value.source)
    for number in range(0, len(parts), 2):
        pieces = _pieces(parts[number])
        pieces[1::2] = map(KEPT.format, pieces[1::2])
        parts[number] = "".join(pieces)
    return RichText("".join(parts))


def _pieces(text: str) -> list[str]:
    """Split *text* so that every second piece is a compound to be kept on one line."""
    pieces = [""]
    for word in SPACES.split(text):
        first, *others = [word] if ADDRESS.search(word) else SHORT_COMPOUND.split(word)
        pieces[-1] += first
        pieces += others
    return pieces
