"""Articles about the same, for a reader who has come to the end of one."""

from django import template

from newsroom.articles.models import ArticlePage
from newsroom.articles.records import key_of
from search.models import Entry
from search.similar import more_like

register = template.Library()

# A short list is read; the search is there for more.
SIMILAR = 4


@register.simple_tag
def similar_articles(article: ArticlePage) -> list[Entry]:
    """The entries nearest to that of *article*, in its language; none if it has none,
    as a draft or a private article."""
    entry = Entry.objects.filter(key=key_of(article)).first() if article.pk else None
    return more_like(entry, limit=SIMILAR) if entry else []
