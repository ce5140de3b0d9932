"""What keeps a translation from readers, however somebody tries to publish it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.dispatch import receiver

from newsroom.articles.models import ArticlePage
from newsroom.translation.handmade.guard import would_be_lost
from newsroom.translation.machine.guard import is_unread, needs_work
from newsroom.translation.synchronisation.following import align

# Each says why a page must not be published as it is, or "".
REASONS = (is_unread, needs_work, would_be_lost)


@receiver(pre_save, sender=ArticlePage)
def refuse_publication(
    instance: ArticlePage,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """Whoever publishes, and by whatever way: a revision that becomes the live one."""
    if raw or instance.keeps_text or not _is_publication(instance, update_fields):
        return
    for reason in REASONS:
        if text := reason(instance):
            raise ValidationError(text)
    align(instance)


def _is_publication(
    instance: ArticlePage, update_fields: frozenset[str] | None
) -> bool:
    """Whether saving *instance* lets readers see another revision than before."""
    if update_fields is not None and "live_revision" not in update_fields:
        return False
    return instance.names_live_revision and not instance.is_shown_already()
