"""Counts of translated, changed and unread segments of each language version.

Every change of a page or a segment triggers a complete count of its article, so that
the result does not depend on the order of changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import transaction

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import TranslationStatus
from newsroom.translation.notifications import notify_changed
from newsroom.translation.status.computation import article_versions

KEYS_AT_A_TIME = 100  # articles in memory, and in one transaction, of a rebuild
# Columns that are counted, not set by editors.
COUNTED_FIELDS = [
    "source",
    "source_is_live",
    "source_locale",
    "target",
    "translation",
    "state",
    "segments_total",
    "segments_translated",
    "segments_changed",
    "segments_unread",
    "headline",
    "headline_terms",
    "section",
    "kind",
    "published_at",
    "waiting_since",
]

_postponed: ContextVar[set[UUID] | None] = ContextVar("postponed", default=None)


@contextmanager
def counted_once() -> Iterator[None]:
    """Postpone counts to the end of the context, in the transaction of the changes."""
    if _postponed.get() is not None:
        yield
        return
    with transaction.atomic():
        keys: set[UUID] = set()
        token = _postponed.set(keys)
        try:
            yield
        finally:
            _postponed.reset(token)
        for key in sorted(keys):
            count(key)


def count(key: UUID) -> None:
    """Update the rows of the article with this translation key."""
    postponed = _postponed.get()
    if postponed is not None:
        postponed.add(key)
        return
    with transaction.atomic():
        rows = TranslationStatus.objects.filter(translation_key=key).order_by("pk")
        # A concurrent count of the same article waits here and then reads these
        # results.
        known = {row.locale_id: row for row in rows.select_for_update()}
        counted = article_versions(key, known)
        outdated = [row for row in counted if _has_more_changes(row, known)]
        if not counted:
            rows.delete()
            return
        TranslationStatus.objects.bulk_create(
            counted,
            update_conflicts=True,
            unique_fields=["translation_key", "locale"],
            update_fields=COUNTED_FIELDS,
        )
        for row in outdated:
            stored = rows.select_related("translator", "locale")
            notify_changed(stored.get(locale=row.locale_id))


def _has_more_changes(
    row: TranslationStatus, known: dict[int, TranslationStatus]
) -> bool:
    """Return whether readers of *row* miss more changes of the original than before.

    False if the number is the same or lower: the translator was notified of a change
    before, and an original that is partly reverted needs less work.
    """
    before = known.get(row.locale_id)
    return bool(before and row.segments_changed > before.segments_changed)


def rebuild() -> int:
    """Count every article and delete the rows of deleted ones.

    Returns the number of articles.
    """
    articles = ArticlePage.objects.order_by("translation_key")
    keys = list(articles.values_list("translation_key", flat=True).distinct())
    gone = set(TranslationStatus.objects.values_list("translation_key", flat=True))
    gone.difference_update(keys)
    for start in range(0, len(keys), KEYS_AT_A_TIME):
        with counted_once():
            for key in keys[start : start + KEYS_AT_A_TIME]:
                count(key)
    for key in gone:
        count(key)
    return len(keys)
