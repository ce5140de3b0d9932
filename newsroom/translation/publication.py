"""The veto on publications of a translation, for every code path that publishes."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver

from newsroom.articles.models import ArticlePage
from newsroom.articles.refusals import PublicationRefused, Reason, objections, vetoes
from newsroom.translation.machine.guard import is_unread, needs_work
from newsroom.translation.manual_edits.guard import would_be_lost
from newsroom.translation.synchronisation.following import align

# Each function returns the reason why a page must not be published now, or "".
REASONS = {
    "machine": is_unread,
    "unfinished": needs_work,
    "manual_edits": would_be_lost,
}


def translation_veto(page: Any) -> list[Reason]:
    """Return the reasons against publishing *page*.

    The reasons are unread machine drafts, unfinished texts and undecided manual edits.
    """
    if not isinstance(page, ArticlePage):
        return []
    found = [Reason(code, reason(page)) for code, reason in REASONS.items()]
    return [reason for reason in found if reason.text]


vetoes.append(translation_veto)


@receiver(pre_save, sender=ArticlePage)
def refuse_publication(
    instance: ArticlePage,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """Veto any save that makes a new revision live, whichever code path triggers it.

    Raises PublicationRefused.
    """
    if raw or instance.keeps_text or not _is_publication(instance, update_fields):
        return
    if reasons := objections(instance):
        raise PublicationRefused(reasons)
    align(instance)


def _is_publication(
    instance: ArticlePage, update_fields: frozenset[str] | None
) -> bool:
    """Return whether saving *instance* shows readers another revision than before."""
    if update_fields is not None and "live_revision" not in update_fields:
        return False
    return instance.names_live_revision and not instance.is_shown_already()
