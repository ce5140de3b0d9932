"""Restoration of pages from the bin."""

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import Translation

from newsroom.access.users import User
from newsroom.bin.models import KEPT, DeletedPage

PAGE = "wagtailcore.page"
Row = dict[str, Any]


class RestoreError(Exception):
    """The page cannot be restored; the message is in the user's language."""


def tops() -> QuerySet[DeletedPage]:
    """Return the top page of each deletion, newest first, without its descendants."""
    rows = DeletedPage.objects.filter(deleted_at__gt=timezone.now() - KEPT)
    pages = DeletedPage.objects.values("batch", "page_id")
    below = {(row["batch"], row["page_id"]) for row in pages}
    top = [
        row.pk
        for row in rows.only("pk", "batch", "parent_id")
        if (row.batch, row.parent_id) not in below
    ]
    return rows.filter(pk__in=top).defer("rows", "cleared").order_by("-deleted_at")


def below(deleted: DeletedPage) -> QuerySet[DeletedPage]:
    """Return the pages that were deleted together with *deleted*, parents first."""
    together = DeletedPage.objects.filter(batch=deleted.batch)
    return together.filter(path__startswith=deleted.path).order_by("path")


@transaction.atomic
def restore(deleted: DeletedPage, *, parent: Page, user: User) -> Page:
    """Restore *deleted* and its descendants as drafts below *parent*.

    Primary keys are kept, so revisions, public versions, corrections, links and
    permalinks belong to the page as before. Rows that require a row which no longer
    exists are left out; optional references to such rows become NULL. Raises
    RestoreError.
    """
    kept = list(below(deleted).select_for_update())
    _refuse_conflicts(kept)
    rows = _with_what_exists([row for one in kept for row in one.rows])
    wanted = {id(row) for row in rows}
    by_page = {row["pk"]: row["fields"] for row in rows if row["model"] == PAGE}
    parents = {deleted.page_id: parent.pk}
    for one in kept:
        if one.page_id not in by_page:
            raise RestoreError(_("A part of this page is missing."))
        place = Page.objects.select_for_update().get(
            pk=parents.get(one.page_id, one.parent_id)
        )
        _place(by_page[one.page_id], place)
        _save([row for row in one.rows if id(row) in wanted])
    for one in kept:
        _point_again(one.cleared)
        one.delete()
    for one in kept:
        _finish(one, user)
    return Page.objects.get(pk=deleted.page_id).specific


def _refuse_conflicts(kept: list[DeletedPage]) -> None:
    for one in kept:
        if Page.objects.filter(pk=one.page_id).exists():
            raise RestoreError(_("This page has been restored already."))
        version = Page.objects.filter(
            translation_key=one.translation_key, locale=one.locale_id
        ).first()
        if version:
            raise RestoreError(
                _(
                    "“%(title)s” has another version in this language now: "
                    "“%(other)s”. Delete it first."
                )
                % {"title": one.title, "other": version.get_admin_display_title()}
            )


def _with_what_exists(rows: list[Row]) -> list[Row]:
    """Return the rows that can be restored.

    Optional references to missing rows become NULL; rows that require one are dropped.
    """
    exists = cache(_exists)
    while True:
        restored = defaultdict(set)
        for row in rows:
            restored[row["model"]].add(str(row["pk"]))
        wanted = [row for row in rows if _has_what_it_needs(row, restored, exists)]
        if len(wanted) == len(rows):
            return rows
        rows = wanted


def _exists(field: Any, value: Any) -> bool:
    name = field.target_field.attname
    return field.related_model._base_manager.filter(**{name: value}).exists()


def _has_what_it_needs(
    row: Row, restored: dict[str, set[str]], exists: Callable[[Any, Any], bool]
) -> bool:
    model = apps.get_model(row["model"])
    for field in model._meta.concrete_fields:
        target = field.remote_field and field.related_model
        value = row["fields"].get(field.name)
        if not target or value is None:
            continue
        if str(value) in restored[target._meta.label_lower]:
            continue
        if exists(field, value):
            continue
        if not field.null:
            return False
        row["fields"][field.name] = None
    return True


def _place(fields: Row, parent: Page) -> None:
    """Set the tree fields of a page's row to the last child of *parent*, as a draft."""
    last = parent.get_last_child()
    fields["path"] = (
        last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
    )
    fields["depth"] = parent.depth + 1
    fields["numchild"] = 0
    fields["slug"] = find_available_slug(parent, fields["slug"])
    fields["url_path"] = f"{parent.url_path}{fields['slug']}/"
    fields |= {
        "live": False,
        "live_revision": None,
        "has_unpublished_changes": True,
        "expired": False,
        "go_live_at": None,
        "expire_at": None,
    }
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + 1)


def _save(rows: list[Row]) -> None:
    for row in rows:
        if row["model"] == "wagtailcore.revision":
            row["fields"]["approved_go_live_at"] = None
    for one in serializers.deserialize("python", rows, ignorenonexistent=True):
        one.save()


def _point_again(cleared: list[list[Any]]) -> None:
    for label, field, value, pks in cleared:
        model = apps.get_model(label)
        target = model._meta.get_field(field).related_model
        if target._base_manager.filter(pk=value).exists():
            rows = model._base_manager.filter(pk__in=pks, **{f"{field}__isnull": True})
            rows.update(**{field: value})


def _finish(deleted: DeletedPage, user: User) -> None:
    """Enable the translations whose source and target exist, and save the page.

    Saving runs the signal handlers of a saved page.
    """
    for translation in Translation.objects.filter(
        pk__in=deleted.translations, enabled=False
    ).select_related("source"):
        ends = {translation.source.locale_id, translation.target_locale_id}
        versions = Page.objects.filter(
            translation_key=translation.source.object_id, locale__in=ends
        )
        if versions.count() == len(ends):
            translation.enabled = True
            translation.save(update_fields=["enabled"])
    page = Page.objects.get(pk=deleted.page_id).specific
    page.save(clean=False)
    log(instance=page, action="newsroom.restore", user=user)


def empty_old() -> None:
    """Delete permanently the pages deleted more than 30 days ago."""
    DeletedPage.objects.filter(deleted_at__lte=timezone.now() - KEPT).delete()
