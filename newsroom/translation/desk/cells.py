"""The cells of the desk: the state of a version, and the next action."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from newsroom.publication.models import RefusedPublication
from newsroom.translation.models import TranslationStatus
from newsroom.translation.permissions import may_edit, may_submit

State = TranslationStatus.State


@dataclass(frozen=True, slots=True)
class DeskCell:
    """The cell of a version; ``url`` is empty if the user has no action for it."""

    version: TranslationStatus
    url: str
    action: str
    refusal: RefusedPublication | None = None

    @property
    def is_overdue(self) -> bool:
        return self.version.is_overdue

    @property
    def shows_percent(self) -> bool:
        return self.version.state == State.IN_PROGRESS and bool(
            self.version.translation_id
        )


def cell_of(
    version: TranslationStatus,
    request: HttpRequest,
    refusal: RefusedPublication | None = None,
) -> DeskCell:
    """Return the cell of *version* for the user of *request*.

    *refusal* is the refused scheduled publication of the version, if any.
    """
    url, action = _next_step(version, request)
    return DeskCell(version=version, url=url, action=action, refusal=refusal)


def _next_step(version: TranslationStatus, request: HttpRequest) -> tuple[str, str]:
    user = request.user
    page = version.target
    if page is None:
        if not version.source_id or not may_submit(user):
            return "", ""
        url = reverse(
            "wagtail_localize:submit_page_translation", args=[version.source_id]
        )
        chosen = {"select_locale": version.locale.language_code}
        return f"{url}?{urlencode(chosen)}", _("Submit for translation")
    is_editable = may_edit(user, page)
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if version.segments_changed and is_editable and version.translation_id:
        url = reverse("translation_desk:changes", args=[version.translation_id])
        return url, _("See what changed")
    if version.translation_id and version.is_open and is_editable:
        url = reverse("translation_desk:segments", args=[version.translation_id])
        return url, _("Translate")
    if page.live and not (version.state == State.ORIGINAL and is_editable):
        return page.get_url(request) or "", _("View")
    return (edit_url, _("Edit")) if is_editable else ("", "")
