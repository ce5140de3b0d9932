"""Nothing that only a machine has read is published."""

from django.db.models import Exists, OuterRef
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
    )
    # A text that was moved to another block is of no segment any more.
    present = StringSegment.objects.filter(
        source__in=sources,
        context=OuterRef("context"),
        string=OuterRef("translation_of"),
    )
    return made.filter(Exists(present)).count()


def refusal(count: int) -> str:
    return ngettext(
        "%(count)d segment was translated by a machine, and nobody has accepted it.",
        "%(count)d segments were translated by a machine, and nobody has "
        "accepted them.",
        count,
    ) % {"count": count}


def is_unread(page: ArticlePage) -> str:
    """Why *page* must wait for a person to accept what a machine made, or ""."""
    count = unaccepted(page)
    return refusal(count) if count else ""


def refuse_in_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say so in wagtail-localize's editor, before it tries."""
    wants_it = request.method == "POST" and request.POST.get("action") == "publish"
    if wants_it and page.specific_class is ArticlePage and (count := unaccepted(page)):
        messages.error(request, refusal(count))
        return redirect(request.get_full_path())
    return None
