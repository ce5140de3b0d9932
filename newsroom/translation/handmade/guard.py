"""What was edited by hand is kept when a translation starts again, and nothing is
published over it before somebody has decided."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import Translation

from newsroom.articles.models import ArticlePage
from newsroom.translation.handmade.recording import record
from newsroom.translation.models import HandmadeEdit


def undecided(page: Page) -> int:
    """How many edits by hand nobody has accepted or dropped yet, of the translation
    whose target *page* is."""
    return HandmadeEdit.objects.of(page).undecided().count()


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
    """However synchronisation is switched on again: in the page editor, by submitting
    the article once more, by a program."""
    may_start = update_fields is None or "enabled" in update_fields
    if instance.enabled and may_start and not (created or raw):
        record(instance)


def would_be_lost(page: ArticlePage) -> str:
    """Why *page* must wait for a decision about edits by hand, or "". The text that
    was edited by hand may be published itself: it may have been scheduled."""
    lost = HandmadeEdit.objects.of(page).undecided()
    count = lost.exclude(revision=page.live_revision_id).count()
    return refusal(count) if count else ""
