"""Messages in the page editor about refused publications."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from newsroom.publication.checking import why_not
from newsroom.publication.models import FailedExpiry, RefusedPublication


def refuse_publication(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to publish *page* if its saved draft has objections; keep the draft.

    A scheduled publication is only warned about, because it may be fixed in time.
    """
    revision = page.get_latest_revision()
    reasons = why_not(revision) if revision else []
    if not reasons:
        return None
    said = " ".join(reason.text for reason in reasons)
    title = page.get_admin_display_title()
    if page.go_live_at and page.go_live_at > timezone.now():
        text = _("As it is now, “%(page)s” will not be published: %(reasons)s")
        messages.warning(request, text % {"page": title, "reasons": said})
        return None
    _keep_as_draft(page)
    text = _("“%(page)s” was saved as a draft, not published: %(reasons)s")
    messages.error(request, text % {"page": title, "reasons": said})
    return redirect("wagtailadmin_pages:edit", page.pk)


def _keep_as_draft(page: Page) -> None:
    """Unpublish a page that has just been created.

    Wagtail's create view stores the page as live before it publishes the first
    revision.
    """
    if page.live and not (page.live_revision_id or page.first_published_at):
        page.live, page.has_unpublished_changes = False, True
        page.save(clean=False)


def show_refusal(request: HttpRequest, page: Any) -> None:
    """Show in the editor why *page* was not published or unpublished in time."""
    if request.method != "GET":
        return
    refused = RefusedPublication.objects.by_page([page.pk]).get(page.pk)
    failed = FailedExpiry.objects.standing().filter(page=page.pk).first()
    for missed, text in (
        (refused, _("It was not published at its time, %(moment)s: %(reasons)s")),
        (failed, _("It was not taken down at its time, %(moment)s: %(reasons)s")),
    ):
        if missed:
            moment = date_format(localtime(missed.moment), "SHORT_DATETIME_FORMAT")
            reasons = " ".join(missed.reasons_shown)
            messages.error(request, text % {"moment": moment, "reasons": reasons})
