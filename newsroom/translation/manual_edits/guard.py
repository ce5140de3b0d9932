"""Protection of manual edits when a translation is resumed or published."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import Translation

from newsroom.articles.models import ArticlePage
from newsroom.translation.manual_edits.recording import record
from newsroom.translation.models import ManualEdit


def undecided(page: Page) -> int:
    """Return the number of undecided edits of the translation with target *page*."""
    return ManualEdit.objects.of(page).undecided().count()


def refusal(count: int) -> str:
    return ngettext(
        "%(count)d edit made by hand has been neither accepted nor dropped yet.",
        "%(count)d edits made by hand have been neither accepted nor dropped yet.",
        count,
    ) % {"count": count}


@receiver(post_save, sender=Translation)
def keep_edits(
    instance: Translation,
    created: bool,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """Record manual edits whenever synchronisation is resumed.

    This happens in the page editor, by submitting the article again, or by code.
    """
    may_start = update_fields is None or "enabled" in update_fields
    if instance.enabled and may_start and not (created or raw):
        record(instance)


def would_be_lost(page: ArticlePage) -> str:
    """Return why *page* must wait for a decision about manual edits, or "".

    The revision that contains the manual edits may itself be published, because it may
    have been scheduled.
    """
    lost = ManualEdit.objects.of(page).undecided()
    count = lost.exclude(revision=page.live_revision_id).count()
    return refusal(count) if count else ""
