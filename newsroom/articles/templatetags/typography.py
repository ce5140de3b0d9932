"""What type needs and writers do not type."""

import re

from django import template
from wagtail.rich_text import RichText

register = template.Library()

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
WORD_JOINER = "\N{WORD JOINER}"
# A hyphen beside one to three letters: UN-Habitat, COVID-19, кім-кім, из-за. Dates and
# telephone numbers, which begin with a digit, are copied more often than they break.
SHORT_COMPOUND = re.compile(
    r"(?<![\w-])([^\W\d_]{1,3}-)(?=\w)|(?<=[^\W\d_])(-)(?=\w{1,3}(?![\w-]))"
)
# Addresses of pages and mailboxes are copied too.
ADDRESS = re.compile(r"@|/|\w\.\w")
SPACES = re.compile(r"(\s+)")
TAG = re.compile(r"(<[^>]*>)")
DASHES = ("\N{EN DASH}", "\N{EM DASH}")


@register.filter
def with_dashes_kept(text: str) -> str:
    """Keep a dash on the line of the word before it, as Kazakh and Russian type wants:
    «форумы — 2025», whose first space does not break; and both parts of UN-Habitat on
    one line. *text* is plain, not markup."""
    for dash in DASHES:
        text = text.replace(f" {dash} ", f"{NO_BREAK_SPACE}{dash} ")
    return _with_hyphens_kept(text)


@register.filter
def with_short_compounds_kept(value: RichText) -> RichText:
    """Keep the parts of words such as UN-Habitat on one line in an article's text."""
    parts = TAG.split(value.source)
    parts[::2] = map(_with_hyphens_kept, parts[::2])
    return RichText("".join(parts))


def _with_hyphens_kept(text: str) -> str:
    words = SPACES.split(text)
    words[::2] = map(_joined, words[::2])
    return "".join(words)


def _joined(word: str) -> str:
    if ADDRESS.search(word):
        return word
    return SHORT_COMPOUND.sub(lambda hyphen: f"{hyphen[0]}{WORD_JOINER}", word)
