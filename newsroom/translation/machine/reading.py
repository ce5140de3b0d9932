"""Records of how machine drafts were read, and acceptance of unread drafts."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.log_actions import log
from wagtail_localize.models import StringTranslation, Translation

from newsroom.access.users import User
from newsroom.articles.models import ArticlePage
from newsroom.translation.models import DraftReading
from newsroom.translation.segments import SegmentText, save_segment, segments_of
from newsroom.translation.status.counting import counted_once

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
How = DraftReading.How

_accepting_all: ContextVar[bool] = ContextVar("accepting_all", default=False)


def unread_drafts(translation: Translation) -> list[SegmentText]:
    """Return the segments of *translation* whose text no person has read."""
    return [one for one in segments_of(translation) if one.is_machine_made]


def accept_unread(translation: Translation, page: ArticlePage, *, user: User) -> int:
    """Accept all unread drafts of *translation* as *user*; return their number.

    The history of *page* records the user and the number of unread drafts.
    """
    with counted_once(), _all_at_once():
        drafts = unread_drafts(translation)
        for draft in drafts:
            save_segment(
                translation, draft.context, draft.string, draft.translation, user=user
            )
        if drafts:
            log(
                instance=page,
                action="newsroom.machine.accept_all",
                user=user,
                data={"unread": len(drafts)},
            )
    return len(drafts)


@contextmanager
def _all_at_once() -> Iterator[None]:
    token = _accepting_all.set(True)
    try:
        yield
    finally:
        _accepting_all.reset(token)


@receiver(pre_save, sender=StringTranslation)
def note_draft(instance: StringTranslation, raw: bool, **kwargs: Any) -> None:
    """Remember the machine draft that is being replaced by a text."""
    instance.draft_before = None
    if not raw and instance.pk and instance.translation_type != MACHINE:
        drafts = StringTranslation.objects.filter(
            pk=instance.pk, translation_type=MACHINE
        )
        instance.draft_before = drafts.values("data", "tool_name").first()


@receiver(post_save, sender=StringTranslation)
def record_reading(instance: StringTranslation, raw: bool, **kwargs: Any) -> None:
    """Record who accepted or edited a draft, whichever code path saves it.

    A new draft is unread again.
    """
    if raw:
        return
    if instance.translation_type == MACHINE:
        DraftReading.objects.filter(text=instance).delete()
        return
    draft = getattr(instance, "draft_before", None)
    if draft is None:
        return
    if _accepting_all.get():
        how = How.UNREAD
    else:
        how = How.ACCEPTED if instance.data == draft["data"] else How.EDITED
    DraftReading.objects.update_or_create(
        text=instance,
        defaults={
            "machine": draft["tool_name"],
            "how": how,
            "by": instance.last_translated_by,
        },
    )
