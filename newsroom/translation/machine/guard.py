"""The veto on publishing unread or unfinished texts."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation

from newsroom.articles.models import ArticlePage
from newsroom.articles.models.localized_page import synchronised_translations
from newsroom.translation.segments import MEMORY


def unaccepted(page: Page) -> int:
    """Count the unaccepted drafts in the translation whose target is *page*.

    Drafts come from a machine or from the translation memory.
    """
    kind = StringTranslation.TRANSLATION_TYPE_MACHINE
    return texts_of(page).filter(translation_type=kind).count()


def unfinished(page: Page) -> int:
    """Count the unfinished segments of the translation whose target is *page*."""
    return texts_of(page).filter(unfinished__isnull=False).count()


def texts_of(page: Page) -> QuerySet[StringTranslation]:
    """Return the translated segments of the translation whose target is *page*."""
    sources = synchronised_translations(page).values("source")
    # Translations of texts that moved to another block belong to no present segment.
    present = StringSegment.objects.filter(
        source__in=sources,
        context=OuterRef("context"),
        string=OuterRef("translation_of"),
    )
    return StringTranslation.objects.filter(
        Exists(present),
        locale=page.locale_id,
        context__object_id=page.translation_key,
    )


def refusal(count: int) -> str:
    return ngettext(
        "%(count)d segment was translated by a machine, and nobody has accepted it.",
        "%(count)d segments were translated by a machine, and nobody has "
        "accepted them.",
        count,
    ) % {"count": count}


def refusal_of_unfinished(count: int) -> str:
    return ngettext(
        "%(count)d segment is marked as unfinished.",
        "%(count)d segments are marked as unfinished.",
        count,
    ) % {"count": count}


def needs_work(page: ArticlePage) -> str:
    """Return why *page* must wait until its text is finished, or ""."""
    count = unfinished(page)
    return refusal_of_unfinished(count) if count else ""


def refusal_of_remembered(count: int) -> str:
    return ngettext(
        "%(count)d segment was taken from the translation memory, and nobody has "
        "accepted it.",
        "%(count)d segments were taken from the translation memory, and nobody has "
        "accepted them.",
        count,
    ) % {"count": count}


def refusal_of_drafts(made: int, remembered: int) -> str:
    """Return a message with the numbers of unaccepted machine and memory drafts."""
    said = [
        *([refusal(made)] if made else []),
        *([refusal_of_remembered(remembered)] if remembered else []),
    ]
    return " ".join(said)


def is_unread(page: ArticlePage) -> str:
    """Return why *page* must wait until its drafts are accepted, or "".

    Machine drafts and those from the translation memory are counted separately.
    """
    count = unaccepted(page)
    if not count:
        return ""
    kind = StringTranslation.TRANSLATION_TYPE_MACHINE
    drafts = texts_of(page).filter(translation_type=kind)
    remembered = drafts.filter(tool_name=MEMORY).count()
    return refusal_of_drafts(count - remembered, remembered)


def refuse_in_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Show the reason against publication before wagtail-localize's editor tries it."""
    wants_it = request.method == "POST" and request.POST.get("action") == "publish"
    if not wants_it or page.specific_class is not ArticlePage:
        return None
    if reason := is_unread(page) or needs_work(page):
        messages.error(request, reason)
        return redirect(request.get_full_path())
    return None
