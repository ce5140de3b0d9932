"""Reading and writing of synchronised fields in pages, revisions and sources."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ManyToOneRel
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Revision
from wagtail_localize.models import TranslationSource

from newsroom.articles.models.localized_page import LocalizedPage
from newsroom.translation.synchronisation.facts import field_value, synchronised_names

# Values by field name, as a revision stores them.
Values = Mapping[str, Any]


def values_of(page: LocalizedPage) -> dict[str, Any]:
    """Return the synchronised fields of *page* as a revision stores them."""
    found: dict[str, Any] = {}
    for name in synchronised_names(type(page)):
        field = page._meta.get_field(name)
        if isinstance(field, ManyToOneRel):
            rows = getattr(page, name).all()
            found[name] = [
                {
                    **get_serializable_data_for_fields(row),
                    "pk": None,
                    field.field.name: None,
                }
                for row in rows
            ]
        else:
            found[name] = field.value_from_object(page)
    return json.loads(json.dumps(found, cls=DjangoJSONEncoder))


def differing(page: LocalizedPage, values: Values) -> list[str]:
    """Return the names of the fields of *page* that differ from *values*."""
    own = values_of(page)
    return [name for name in values if _differs(type(page), name, own, values)]


def _differs(
    model: type[LocalizedPage],
    name: str,
    one: Values,
    other: Values,
) -> bool:
    return field_value(model, one, name) != field_value(model, other, name)


def copy_fields(
    source: LocalizedPage, target: LocalizedPage, names: Iterable[str]
) -> None:
    """Copy the named fields and child relations from *source* to *target*, unsaved."""
    for name in names:
        field: Any = target._meta.get_field(name)
        if isinstance(field, ManyToOneRel):
            source.copy_child_relation(name, target)
        else:
            setattr(target, field.attname, getattr(source, field.attname))


def patch(revision: Revision | None, page: LocalizedPage, values: Values) -> bool:
    """Write *values* into a revision of *page*; return whether any of them differed."""
    if revision is None:
        return False
    model, content = type(page), revision.content
    names = [name for name in values if _differs(model, name, content, values)]
    if names:
        content |= _for_page(page, {name: values[name] for name in names})
        revision.content = content
        revision.save(update_fields=["content"])
    return bool(names)


def _for_page(page: LocalizedPage, values: Values) -> dict[str, Any]:
    """Return *values* with child rows that point to *page*."""
    found = dict(values)
    for name in values:
        field = page._meta.get_field(name)
        if isinstance(field, ManyToOneRel):
            found[name] = [{**row, field.field.name: page.pk} for row in values[name]]
    return found


def patch_source(page: LocalizedPage, values: Values) -> None:
    """Write *values* into the translation source of *page* and keep its other fields.

    The source may hold a draft.
    """
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source:
        content = json.loads(source.content_json) | _for_page(page, values)
        source.content_json = json.dumps(content)
        source.save(update_fields=["content_json"])
