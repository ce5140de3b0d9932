"""Names of entities in the reader's language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from wagtail.models import Locale

from newsroom.articles.models.entities import Entity, Organisation, Person, Place, Topic
from newsroom.web.row_batches import Part

if TYPE_CHECKING:
    from newsroom.articles.models.article import ArticlePage

# The relations of an article to lists of entities.
LISTS = ("authors", "topics", "people", "organisations", "places")

AnyEntity = TypeVar("AnyEntity", bound=Entity)


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """All entities of an article, in the language of the article."""

    dateline: Place | None
    outlet: Organisation | None
    authors: list[Person]
    topics: list[Topic]
    people: list[Person]
    organisations: list[Organisation]
    places: list[Place]

    def __iter__(self) -> Iterator[Entity]:
        """Iterate over the entities in the order of the fields, without duplicates."""
        seen: dict[Entity, None] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            for entity in value if isinstance(value, list) else [value]:
                if entity is not None:
                    seen[entity] = None
        return iter(seen)


def names_of(article: "ArticlePage") -> ArticleNames:
    """Return all entities of *article*, named in the article's language."""
    if article.page_rows is not None:
        lists, named = _loaded(article)
    else:
        lists = {
            "dateline": [article.dateline] if article.dateline else [],
            "outlet": [article.outlet] if article.outlet else [],
            **{name: _listed(article, name) for name in LISTS},
        }
        flat = [entity for entities in lists.values() for entity in entities]
        named = iter(in_locale(flat, article.locale))
    named_lists = {
        name: [next(named) for _ in entities] for name, entities in lists.items()
    }
    dateline, outlet = named_lists.pop("dateline"), named_lists.pop("outlet")
    return ArticleNames(
        dateline=dateline[0] if dateline else None,
        outlet=outlet[0] if outlet else None,
        **named_lists,
    )


def parts_of_names(article: "ArticlePage") -> Iterator[Part]:
    """Yield the parts of a batch that hold the entities of *article* (:func:`_loaded`).

    Entities are read in all languages.
    """
    chosen: dict[type[Entity], list[tuple[str, int | None]]] = {}
    for name in LISTS:
        rows = article._meta.get_field(name).related_model
        entity = rows._meta.get_field(rows.entity_field)
        yield Part(name, rows, "article_id = %s", (article.pk,))
        sql = f"SELECT {entity.column} FROM {rows._meta.db_table} WHERE article_id = %s"
        chosen.setdefault(entity.related_model, []).append((sql, article.pk))
    chosen[Place].append(("%s", article.dateline_id or 0))
    chosen[Organisation].append(("%s", article.outlet_id or 0))
    for model, several in chosen.items():
        table = model._meta.db_table
        either = " OR ".join(f"one.id IN ({sql})" for sql, _value in several)
        yield Part(
            model._meta.model_name or "",
            model,
            f"translation_key IN (SELECT one.translation_key FROM {table} one"
            f" WHERE {either})",
            [value for _sql, value in several],
        )


def _loaded(
    article: "ArticlePage",
) -> tuple[dict[str, list[Any]], Iterator[Entity]]:
    """Return what :func:`names_of` queries, from the loaded rows of *article*."""
    batch, locales = article.page_rows, article.site_state.locales
    entities: dict[tuple[type[Entity], int], Entity] = {}
    versions: dict[tuple[type[Entity], UUID, int], Entity] = {}
    for model in (Person, Organisation, Place, Topic):
        for row in batch.rows(model._meta.model_name):
            row.locale = locales[row.locale_id]
            entities[model, row.pk] = row
            versions[model, row.translation_key, row.locale_id] = row
    lists: dict[str, list[Any]] = {
        "dateline": [entities.get((Place, article.dateline_id))],
        "outlet": [entities.get((Organisation, article.outlet_id))],
    }
    for name in LISTS:
        rows = sorted(
            batch.rows(name),
            key=lambda row: (row.sort_order is not None, row.sort_order or 0, row.pk),
        )
        lists[name] = [
            entities.get(
                (
                    row._meta.get_field(row.entity_field).related_model,
                    getattr(row, row._meta.get_field(row.entity_field).attname),
                )
            )
            for row in rows
        ]
    lists = {name: [one for one in some if one] for name, some in lists.items()}
    named = (
        versions.get((type(one), one.translation_key, article.locale_id), one)
        for some in lists.values()
        for one in some
    )
    return lists, named


def _listed(article: "ArticlePage", name: str) -> list[Entity]:
    """Return the entities of one relation of the article, in two queries."""
    rows = list(getattr(article, name).all())
    if not rows:
        return []
    field = rows[0]._meta.get_field(rows[0].entity_field)
    pks = [getattr(row, field.attname) for row in rows]
    entities = field.related_model.objects.in_bulk(pks)
    return [entities[pk] for pk in pks if pk in entities]


def in_locale(entities: Iterable[AnyEntity], locale: Locale) -> list[AnyEntity]:
    """Return *entities*, each replaced by its row in *locale* if that row exists.

    The order is kept, and their locales are loaded. Runs one query for each model among
    the entities and one for other locales, and none if all are in *locale* already.
    """
    entities = list(entities)
    wanted: dict[type[AnyEntity], set[UUID]] = {}
    for entity in entities:
        if entity.locale_id != locale.pk:
            wanted.setdefault(type(entity), set()).add(entity.translation_key)
    found = {
        (model, row.translation_key): row
        for model, keys in wanted.items()
        for row in model.objects.filter(translation_key__in=keys, locale=locale)
    }
    named = [found.get((type(e), e.translation_key), e) for e in entities]
    _set_locales(named, locale)
    return named


def _set_locales(entities: Iterable[Entity], locale: Locale) -> None:
    """Set the locale of each entity, with one query if any is not in *locale*."""
    others = {entity.locale_id for entity in entities} - {locale.pk}
    known = {locale.pk: locale, **(Locale.objects.in_bulk(others) if others else {})}
    for entity in entities:
        entity.locale = known[entity.locale_id]
