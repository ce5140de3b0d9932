"""Nothing that only a machine has read is published."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation

from newsroom.articles.models import ArticlePage
from newsroom.articles.models.versions import synchronised_translations


def unaccepted(page: Page) -> int:
    """How many segments of the translation whose target *page* is were made by a
    machine, and accepted by nobody."""
    sources = synchronised_translations(page).values("source")
    made = StringTranslation.objects.filter(
        locale=page.locale_id,
        context__object_id=page.translation_key,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        translation_of__in=StringSegment.objects.filter(source__in=sources).values(
            "string"
        ),
    )
    return made.count()


def refusal(count: int) -> str:
    return ngettext(
        "%(count)d segment was translated by a machine, and nobody has accepted it.",
        "%(count)d segments were translated by a machine, and nobody has "
        "accepted them.",
        count,
    ) % {"count": count}


@receiver(pre_save, sender=ArticlePage)
def refuse_publication(
    instance: ArticlePage,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """Whoever publishes, and by whatever way."""
    is_published = not raw and is_publication(instance, update_fields)
    if is_published and (count := unaccepted(instance)):
        raise ValidationError(refusal(count))


def is_publication(instance: ArticlePage, update_fields: frozenset[str] | None) -> bool:
    """Whether saving *instance* lets readers see another revision than before."""
    if not (instance.pk and instance.live and instance.live_revision_id):
        return False
    if update_fields is not None and "live_revision" not in update_fields:
        return False
    before = Page.objects.filter(pk=instance.pk, live=True)
    return not before.filter(live_revision=instance.live_revision_id).exists()


def refuse_in_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say so in wagtail-localize's editor, before it tries."""
    wants_it = request.method == "POST" and request.POST.get("action") == "publish"
    if wants_it and page.specific_class is ArticlePage and (count := unaccepted(page)):
        messages.error(request, refusal(count))
        return redirect(request.get_full_path())
    return None
