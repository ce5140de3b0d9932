"""Articles as the search knows them."""

from collections.abc import Iterable

from django.db.models import Q

from newsroom.articles.models import ArticlePage
from newsroom.articles.models.entities import Entity
from newsroom.articles.models.names import names_of
from newsroom.articles.text import body_text
from search import entries
from search.records import Record


def key_of(article: ArticlePage) -> str:
    """The key of the article's entry: a page is one language version."""
    return f"page:{article.pk}"


def record_of(article: ArticlePage) -> Record:
    """Return what the search is to know of *article*."""
    return Record(
        key=key_of(article),
        group=str(article.translation_key),
        locale=article.locale.language_code,
        url=article.url or "",
        title=article.title,
        lead=article.lead,
        body=body_text(article.body),
        names="\n".join(entity.name for entity in names_of(article)),
        published_at=article.published_at,
    )


def synchronise(articles: Iterable[ArticlePage]) -> None:
    """Make the entries of *articles* say what readers can see: an entry for every
    live article that anyone may read, none for the others."""
    for article in articles:
        if article.live and not article.get_view_restrictions().exists():
            entries.put(record_of(article))
        else:
            entries.remove([key_of(article)])


def articles_about(entity: Entity) -> Iterable[ArticlePage]:
    """Live articles in whose entry the name of *entity* stands, in any language."""
    key = entity.translation_key
    relations = "dateline outlet authors__person topics people organisations places"
    condition = Q()
    for relation in relations.split():
        model = ArticlePage
        for part in relation.split("__"):
            model = model._meta.get_field(part).related_model
        if isinstance(entity, model):
            condition |= Q(**{f"{relation}__translation_key": key})
    return ArticlePage.objects.live().filter(condition).distinct()
