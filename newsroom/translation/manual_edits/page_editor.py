"""The page editor's treatment of manual edits on resuming and on publishing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import restart_translation

from newsroom.access.users import account_of
from newsroom.articles.models import ArticlePage
from newsroom.articles.models.localized_page import synchronised_translations
from newsroom.translation.manual_edits.guard import refusal, undecided

# The button of wagtail-localize that resumes synchronisation.
RESTART = "localize-restart-translation"


def before_edit_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Handle the request before wagtail-localize's hook, which discards the form.

    Returns a response, or None to continue with the editor.
    """
    if page.specific_class is not ArticlePage:
        return None
    if request.method == "POST" and RESTART in request.POST:
        return _restart(request, page)
    count = undecided(page)
    if not count:
        return None
    url = _address(synchronised_translations(page).get())
    if request.method == "POST":
        if request.POST.get("action") != "publish":
            return None
        messages.error(request, refusal(count))
        return redirect(url)
    text = ngettext(
        "%(count)d edit was made by hand while this translation was stopped. It is "
        "kept, but not in the translation before you accept it.",
        "%(count)d edits were made by hand while this translation was stopped. They "
        "are kept, but not in the translation before you accept them.",
        count,
    )
    button = messages.button(url, _("Accept or drop them"))
    messages.warning(request, text % {"count": count}, buttons=[button])
    return None


def _restart(request: HttpRequest, page: Page) -> HttpResponse | None:
    translation = Translation.objects.filter(
        source__object_id=page.translation_key,
        target_locale=page.locale_id,
        enabled=False,
    ).first()
    if translation is None:
        return None
    if not _keep_typed(request, page):
        # The page editor shows the errors; the translation is not resumed until they
        # are fixed.
        posted = request.POST.copy()
        del posted[RESTART]
        request.POST = posted  # type: ignore[assignment]
        return None
    response: HttpResponse = restart_translation(request, translation, page)
    return redirect(_address(translation)) if undecided(page) else response


def _keep_typed(request: HttpRequest, page: Any) -> bool:
    """Save the posted form as a draft if it has changes; return False if invalid."""
    user = account_of(request)
    lock = page.get_lock()
    if "title" not in request.POST or (lock and lock.for_user(user)):
        return True
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(
        request.POST,
        request.FILES,
        instance=page.get_latest_revision_as_object(),
        parent_page=page.get_parent(),
        for_user=user,
    )
    form.defer_required_fields()
    if not form.is_valid():
        return False
    if form.has_changed():
        draft = form.save(commit=False)
        draft.save_revision(user=user, log_action=True, clean=False)
    return True


def _address(translation: Translation) -> str:
    return reverse("translation_desk:manual_edits", args=[translation.pk])
