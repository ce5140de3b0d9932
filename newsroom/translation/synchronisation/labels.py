"""Descriptions of changed facts for editors: a label, and the old and new values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField, ForeignKey, ManyToOneRel, Model
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import (
    BaseStreamBlock,
    Block,
    ChoiceBlock,
    ChooserBlock,
    ListBlock,
    StructBlock,
)
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import Translation

from newsroom.articles.models import ArticlePage
from newsroom.translation.field_labels import label_of
from newsroom.translation.synchronisation.comparison import (
    FactChange,
    FactKind,
    changed_facts,
)
from newsroom.translation.synchronisation.source_snapshots import (
    present_facts,
    published_facts,
)

_KINDS = {
    FactKind.LINKS: gettext_lazy("where its links lead"),
    FactKind.FORMATTING: gettext_lazy("formatting"),
    FactKind.OPTIONS: gettext_lazy("headers and merged cells"),
    FactKind.SIZE: gettext_lazy("rows and columns"),
    FactKind.ADDED: gettext_lazy("added"),
    FactKind.REMOVED: gettext_lazy("removed"),
    FactKind.MOVED: gettext_lazy("order"),
}


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A change in words; ``old`` and ``new`` are both empty if the label is enough."""

    label: str
    old: str = ""
    new: str = ""


def fact_changes(translation: Translation) -> list[ShownFact]:
    """Return the source's non-text changes since the publication of *translation*."""
    changes = changed_facts(
        published_facts(translation.snapshots.all()),
        present_facts(translation.source),
        is_synchronised=translation.enabled,
    )
    return shown(changes)


def shown(changes: Iterable[FactChange]) -> list[ShownFact]:
    return [
        ShownFact(_label(change), *_values(change))
        if change.kind in (FactKind.VALUE, FactKind.LINKS, FactKind.SIZE)
        else ShownFact(_label(change))
        for change in changes
    ]


def field_label(name: str, model: type[Page] = ArticlePage) -> str:
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:  # of a model that has changed since
        return name
    if isinstance(field, ManyToOneRel):
        related: Any = field.related_model
        return str(related._meta.verbose_name_plural)
    return str(getattr(field, "verbose_name", name))


def _label(change: FactChange) -> str:
    if "." in change.field_path:
        names = [str(label) for label in label_of(change.field_path)]
    else:
        names = [capfirst(field_label(change.field_path))]
    kind = _KINDS.get(change.kind)
    return " · ".join([*names, str(kind)] if kind else names)


def _values(change: FactChange) -> tuple[str, str]:
    none = _("nothing")
    old, new = (_in_words(change, value) or none for value in (change.old, change.new))
    return old, new


def _in_words(change: FactChange, value: Any) -> str:
    if change.kind == FactKind.SIZE:
        return " × ".join(map(str, value))
    if change.kind == FactKind.LINKS:
        return ", ".join(_link(link) for link in value)
    if "." in change.field_path:
        return _of_block(_block(change.field_path), value)
    return _of_field(change.field_path, value)


def _link(link: Mapping[str, Any]) -> str:
    if link.get("linktype") == "page":
        return _named(Page, [link.get("id")])
    if link.get("linktype") == "document":
        return _named(get_document_model(), [link.get("id")])
    return str(link.get("href", ""))


def _named(model: type[Model], keys: list[Any]) -> str:
    """Return the names of these objects, or the primary keys of deleted ones."""
    found = model._default_manager.in_bulk([key for key in keys if key])
    return ", ".join(
        str(found.get(int(key), _("deleted (%(number)s)") % {"number": key}))
        for key in keys
        if key
    )


def _of_field(name: str, value: Any) -> str:
    field: Any = ArticlePage._meta.get_field(name)
    if isinstance(field, ManyToOneRel):
        related: Any = field.related_model
        entity = related._meta.get_field(related.entity_field).related_model
        return _named(entity, value or [])
    if isinstance(field, ForeignKey):
        target: Any = field.related_model
        return _named(target, [value])
    if isinstance(field, DateTimeField):
        moment = parse_datetime(value) if value else None
        return date_format(localtime(moment), "DATETIME_FORMAT") if moment else ""
    return str(dict(field.flatchoices).get(value, value or ""))


def _block(field_path: str) -> Block | None:
    """Return the block definition at a path of block types; None if there is none."""
    name, *rest = field_path.split(".")
    field = ArticlePage._meta.get_field(name)
    block: Any = field.stream_block if isinstance(field, StreamField) else None
    for part in rest:
        if isinstance(block, BaseStreamBlock | StructBlock):
            block = block.child_blocks.get(part)
        elif isinstance(block, ListBlock):
            block = block.child_block
    return block


def _of_block(block: Block | None, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(block, ChooserBlock):
        return _named(block.model_class, [value])
    if isinstance(block, ChoiceBlock):
        choices = dict(block.field.choices)
        return str(choices.get(value, value or ""))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
