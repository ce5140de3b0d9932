"""What lists of articles need beyond the articles themselves."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django import template
from django.core.paginator import Page

from newsroom.articles.models import ArticlePage

register = template.Library()

# How new a story must be to open the front page: one of the newest five.
LEAD_CANDIDATES = 5

SENTENCE_END = re.compile(
    r"(?:(?<!\w)(?P<last_word>\w++))?[^\w.!?…]?(?<![.!?…])[.!?…]++[»”)]?(?=\s)"
)
# A stop after fewer letters is that of an initial or of «г.», «ж.», "St.".
SHORTEST_LAST_WORD = 3


class FrontPage(NamedTuple):
    """The articles of a front page: the story that opens it, and the rest."""

    lead: ArticlePage | None
    rest: list[ArticlePage]


@register.simple_tag
def front_page(articles: Page) -> FrontPage:
    """Choose the lead story: the newest of the newest that has a picture.

    Where none has one, it is the newest. The rest stays in its order.
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
    """Return the numbers of the pages to link to, with an ellipsis where some are left
    out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
