"""Set type as readers expect it, where writers do not.

The text itself stays as it is: whoever copies it, searches the page or compares it with
the original finds what was written.
"""

import re

from django import template
from django.utils.html import format_html_join
from wagtail.rich_text import RichText

register = template.Library()

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# A word of two parts of which one has up to three letters: UN-Habitat, COVID-19, из-за.
# One with more than 24 letters may have to break on a phone.
SHORT_COMPOUND = re.compile(
    r"(?<![\w-])(?=[\w-]{3,24}(?![\w-]))"
    r"([^\W\d_]{1,3}-\w+|[^\W\d_]\w*-\w{1,3})(?![\w-])"
)
# Addresses of pages and mailboxes break where they can.
ADDRESS = re.compile(r"@|//|\w[./]\w")
SPACES = re.compile(r"(\s+)")
TAG = re.compile(r"(<[^<>]*>)")
DASHES = ("\N{EN DASH}", "\N{EM DASH}")
# Kept on one line by css/base.css.
KEPT = '<span class="kept">{}</span>'


@register.filter
def with_dashes_kept(text: str) -> str:
    """Keep a dash on the line of the word before it, as Kazakh and Russian type wants:
    «форумы — 2025», whose first space does not break; and both parts of UN-Habitat on
    one line. *text* is plain, not markup; what is returned is HTML."""
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
    """Divide *text* so that every second piece is a compound to be kept together."""
    pieces = [""]
    for word in SPACES.split(text):
        first, *others = [word] if ADDRESS.search(word) else SHORT_COMPOUND.split(word)
        pieces[-1] += first
        pieces += others
    return pieces
