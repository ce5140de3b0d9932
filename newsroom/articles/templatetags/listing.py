"""Template tags for lists of articles."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django import template
from django.core.paginator import Page

from newsroom.articles.models import ArticlePage

register = template.Library()

# The lead story of the front page is one of this many newest articles.
LEAD_CANDIDATES = 5

SENTENCE_END = re.compile(
    r"(?:(?<!\w)(?P<last_word>\w++))?[^\w.!?…]?(?<![.!?…])[.!?…]++[»”)]?(?=\s)"
)
# A full stop after fewer letters ends an initial or an abbreviation: «г.», «ж.», "St.".
SHORTEST_LAST_WORD = 3


class FrontPage(NamedTuple):
    """The articles of a front page: the lead story, and the rest."""

    lead: ArticlePage | None
    rest: list[ArticlePage]


@register.simple_tag
def front_page(articles: Page) -> FrontPage:
    """Choose the lead story: the newest of the newest `LEAD_CANDIDATES` with a picture.

    If none has a picture, the newest article is chosen. The rest stays in its order.
    """
    listed = list(articles)
    if not listed:
        return FrontPage(None, [])
    pictured = (a for a in listed[:LEAD_CANDIDATES] if a.lead_picture_id)
    lead = next(pictured, listed[0])
    return FrontPage(lead, [article for article in listed if article is not lead])


@register.filter
def first_sentence(text: str) -> str:
    """Return *text* up to the end of its first sentence, or all of it.

    "В г. Алматы открылось метро. Поезда ходят." gives "В г. Алматы открылось метро."
    """
    for end in SENTENCE_END.finditer(text):
        word, rest = end["last_word"] or "", text[end.end() :].lstrip()
        is_abbreviation = word.isalpha() and len(word) < SHORTEST_LAST_WORD
        if not is_abbreviation and not rest[:1].islower():
            return text[: end.end()]
    return text


@register.simple_tag
def page_numbers(page: Page) -> Iterator[int | str]:
    """Return the page numbers to link to, with an ellipsis for omitted numbers."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
