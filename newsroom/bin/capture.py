"""Capture of a snapshot of a page before it is deleted."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q
from django.db.models.deletion import Collector
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail_localize.models import Translation

from newsroom.bin.models import DeletedPage

# Rows that are derived from others and recreated on saving the page, or useless later.
LEFT_OUT = {
    "articles.pagecreation",
    "wagtailadmin.editingsession",
    "wagtailadmin.formstate",
    "wagtailcore.referenceindex",
    "wagtailsearch.indexentry",
    "wagtailsearch.sqliteftsindexentry",
}


class _ExactEncoder(DjangoJSONEncoder):
    """An encoder that keeps the microseconds that Django's encoder truncates."""

    def default(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.isoformat()
        return super().default(value)


class _EveryRow(Collector):
    """A collector of all rows that a deletion removes, even those without signals."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        return False


def capture(page: Page, *, batch: UUID, using: str) -> DeletedPage:
    """Store *page* as it is in the database, with the rows that are deleted with it."""
    specific = page.specific
    collector = _EveryRow(using=using, origin=specific)
    collector.collect([specific])
    user = get_active_log_context().user
    return DeletedPage.objects.create(
        batch=batch,
        page_id=page.pk,
        parent_id=page.get_parent().pk,
        path=page.path,
        content_type=page.content_type,
        locale=page.locale,
        translation_key=page.translation_key,
        title=page.get_admin_display_title(),
        was_published=bool(page.live or page.first_published_at),
        rows=_rows(collector),
        cleared=_cleared(collector),
        translations=_enabled_translations(page),
        deleted_by=user if user and user.pk else None,
    )


def _rows(collector: Collector) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for model, instances in collector.data.items():
        if model._meta.label_lower in LEFT_OUT or model._meta.auto_created:
            continue
        rows += json.loads(serializers.serialize("json", instances, cls=_ExactEncoder))
    return rows


def _cleared(collector: Collector) -> list[list[Any]]:
    cleared: dict[tuple[str, str, Any], list[Any]] = {}
    for (field, value), groups in collector.field_updates.items():
        if value is not None:
            continue
        for instance in (one for group in groups for one in _instances(group)):
            if instance._meta.label_lower in LEFT_OUT:
                continue
            key = (
                instance._meta.label_lower,
                field.name,
                field.value_from_object(instance),
            )
            cleared.setdefault(key, []).append(instance.pk)
    return [[*key, pks] for key, pks in cleared.items()]


def _instances(group: Any) -> Any:
    return [group] if isinstance(group, Model) else group


def _enabled_translations(page: Page) -> list[int]:
    """Return the enabled translations whose source or target is *page*.

    Those already disabled by the deletion of another version are read from its
    snapshot.
    """
    known = DeletedPage.objects.filter(translation_key=page.translation_key)
    of_others = [
        pk for pks in known.values_list("translations", flat=True) for pk in pks
    ]
    ends_here = Q(source__locale=page.locale_id) | Q(target_locale=page.locale_id)
    translations = Translation.objects.filter(
        ends_here, source__object_id=page.translation_key
    ).filter(Q(enabled=True) | Q(pk__in=of_others))
    return list(translations.values_list("pk", flat=True))
