"""Articles as search entries."""

from collections.abc import Iterable, Iterator

from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Substr

from newsroom.articles.block_content import body_text
from newsroom.articles.facets import (
    SECTION,
    facets_of,
    labels_of,
    section_labels,
    values_of,
)
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.articles.models.entities import Entity
from newsroom.articles.models.names import names_of
from newsroom.articles.querysets import ArticleQuerySet
from search.engines.choice import database_engine
from search.index import entries, facet_values, synonyms
from search.index.documents import IndexDocument
from search.index.filter_terms import value_mark
from search.models import Entry
from search.plan.clauses import FlagMatch


def document_id_of(article: ArticlePage) -> str:
    """Return the id of the article's document; a page is one language version."""
    return f"page:{article.pk}"


def page_pk(entry: Entry) -> int:
    """Return the primary key of the page that *entry* was made from."""
    return int(entry.key.removeprefix("page:"))


def pages_with(facet: str, key: str) -> QuerySet:
    """Return a query for the pages of the entries with the value *key* of *facet*."""
    marks = frozenset(map(value_mark, facet_values.value_ids_of(facet, [key])))
    found = database_engine().entry_pks(FlagMatch(marks or frozenset(["-"])))
    number = Substr("key", len("page:") + 1)
    rows = Entry.objects.filter(
        pk__in=RawSQL(found.sql, found.parameters),  # noqa: S611 (made by the engine)
        key__startswith="page:",
    )
    return rows.annotate(page=Cast(number, BigIntegerField())).values("page")


def document_of(article: ArticlePage) -> IndexDocument:
    """Return the search record of *article*."""
    names = names_of(article)
    code = article.locale.language_code
    return IndexDocument(
        key=document_id_of(article),
        group=str(article.translation_key),
        locale=code,
        url=article.url or "",
        title=article.title,
        lead=article.lead,
        body="\n".join(filter(None, _body_of(article))),
        names="\n".join(entity.name for entity in names),
        published_at=article.published_at,
        values=values_of(article, names),
        tag="" if article.written_in == code else article.written_in,
    )


def _body_of(article: ArticlePage) -> Iterator[str]:
    """Yield all text below the lead: body, caption of the lead picture, corrections."""
    yield body_text(article.body)
    yield article.lead_picture_caption
    yield from article.corrections.shown().values_list("text", flat=True)


def synchronise(articles: Iterable[ArticlePage]) -> None:
    """Put an entry for each article that is live and public; remove other entries."""
    for article in articles:
        if article.live and not article.get_view_restrictions().exists():
            entries.put(document_of(article))
        else:
            entries.remove([document_id_of(article)])


def articles_about(entity: Entity) -> ArticleQuerySet:
    """Return live articles that refer to *entity* or to one of its translations."""
    condition = Q()
    for facet in facets_of(type(entity)):
        for lookup in facet.lookups:
            condition |= Q(**{f"{lookup}__translation_key": entity.translation_key})
    return ArticlePage.objects.live().filter(condition).distinct()


def rename(entity: Entity) -> None:
    """Update the labels and synonyms of *entity* in search, in all its languages.

    If the entity no longer exists, its labels are empty.
    """
    key = str(entity.translation_key)
    labels = labels_of([entity]).get(entity.translation_key, {})
    facets = facets_of(type(entity))
    for facet in facets:
        facet_values.rename(facet.name, key, labels)
    spellings = spellings_of(entity) if labels else {}
    synonyms.put(f"{facets[0].name}:{key}", spellings, are_names=True)


def spellings_of(entity: Entity) -> dict[str, list[str]]:
    """Return all spellings of *entity*'s name by language code. One query."""
    rows = type(entity).objects.filter(translation_key=entity.translation_key)
    return {
        row.locale.language_code: row.spellings for row in rows.select_related("locale")
    }


def rename_section(section: SectionPage) -> None:
    """Update the labels of *section* in search."""
    key = section.translation_key
    facet_values.rename(SECTION.name, str(key), section_labels(key))
