"""Checks whether publishing a version would change anything for its readers."""

from typing import Any

from django.db import transaction

from newsroom.access.users import User
from newsroom.articles.models import ArticlePage
from newsroom.translation.changes import compare
from newsroom.translation.releases.readiness import Readiness
from newsroom.translation.synchronisation.source_snapshots import (
    effective,
    present_segments,
)

# Keys of a revision's content that differ between revisions of the same text.
BOOKKEEPING = {
    "draft_title",
    "first_published_at",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live",
    "live_revision",
    "wagtail_admin_comments",
}


def is_shown_already(version: Readiness, user: User | None) -> bool:
    """Return whether readers already see *version* as it would be published.

    The target of a translation is generated from its segments to compare it. That save
    is rolled back if nothing differs, so that no redundant draft remains.
    """
    page = version.page
    if page is None or not page.live:
        return False
    if version.translation is None:
        return not page.has_unpublished_changes
    snapshot = effective(version.translation.snapshots.all())
    present = present_segments(version.translation.source_id)
    if snapshot is None or compare(snapshot.segments, present):
        return False
    with transaction.atomic():
        version.translation.save_target(user=user, publish=False)
        is_same = _says_the_same(ArticlePage.objects.get(pk=page.pk))
        transaction.set_rollback(True)
    return is_same


def _says_the_same(page: ArticlePage) -> bool:
    live, latest = page.live_revision, page.get_latest_revision()
    if live is None or latest is None:
        return False
    return _said(live.content) == _said(latest.content)


def _said(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}
