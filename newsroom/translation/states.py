"""Count how far each language version of an article is.

Everything is counted anew from pages and segments whenever one of them changes, so
that the order in which things happen does not matter.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import transaction

from newsroom.articles.models import ArticlePage
from newsroom.translation.letters import tell_changed
from newsroom.translation.models import VersionState
from newsroom.translation.versions import article_versions

KEYS_AT_A_TIME = 100  # articles in memory, and in one transaction, of a rebuild
# What is counted, not what editors set.
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
    """Count what changes inside once, at the end, and in one transaction with it."""
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
    """Bring the rows of the article with this translation key up to date."""
    postponed = _postponed.get()
    if postponed is not None:
        postponed.add(key)
        return
    with transaction.atomic():
        rows = VersionState.objects.filter(translation_key=key).order_by("pk")
        # Whoever counts the same article waits here, and sees what was counted.
        known = {row.locale_id: row for row in rows.select_for_update()}
        counted = article_versions(key, known)
        outdated = [row for row in counted if _has_become_outdated(row, known)]
        if not counted:
            rows.delete()
            return
        VersionState.objects.bulk_create(
            counted,
            update_conflicts=True,
            unique_fields=["translation_key", "locale"],
            update_fields=COUNTED_FIELDS,
        )
        for row in outdated:
            stored = rows.select_related("translator", "locale")
            tell_changed(stored.get(locale=row.locale_id))


def _has_become_outdated(row: VersionState, known: dict[int, VersionState]) -> bool:
    before = known.get(row.locale_id)
    return bool(before and row.segments_changed > before.segments_changed)


def rebuild() -> int:
    """Count every article anew; drop the rows of those that are no more. Return how
    many articles there are."""
    articles = ArticlePage.objects.order_by("translation_key")
    keys = list(articles.values_list("translation_key", flat=True).distinct())
    gone = set(VersionState.objects.values_list("translation_key", flat=True))
    gone.difference_update(keys)
    for start in range(0, len(keys), KEYS_AT_A_TIME):
        with counted_once():
            for key in keys[start : start + KEYS_AT_A_TIME]:
                count(key)
    for key in gone:
        count(key)
    return len(keys)
