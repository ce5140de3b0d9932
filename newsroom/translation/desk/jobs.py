"""What the desk has done in the background, article by article."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.operations import translate_object

from newsroom.jobs.kinds import ItemFailedError, Kind, Outcome, Params, register
from newsroom.translation.desk.access import may_submit, visible_to
from newsroom.translation.models import VersionState
from newsroom.translation.states import counted_once


def version_of(user: Any, item: Params) -> VersionState:
    """The version that an item is about. Raises ItemFailedError where there is none,
    or none that *user* may see."""
    rows = VersionState.objects.filter(visible_to(user), pk=item["version"])
    version = rows.select_related("source", "target", "locale").first()
    if version is None or version.source is None:
        raise ItemFailedError(_("The article is no longer there."))
    return version


def edit_url(version: VersionState) -> str:
    if version.target_id is None:
        return ""
    return reverse("wagtailadmin_pages:edit", args=[version.target_id])


def submit(user: Any, params: Params, item: Params) -> Outcome:
    """Start a translation, as a draft."""
    version = version_of(user, item)
    if not may_submit(user):
        raise ItemFailedError(_("You may not submit articles for translation."))
    if version.target_id:
        return Outcome(_("It had been started already."), edit_url(version))
    with counted_once():
        translate_object(version.source, [version.locale], user=user)
    version.refresh_from_db()
    return Outcome(_("Started."), edit_url(version))


SUBMIT = register(Kind("submit", gettext_lazy("Submit for translation"), submit))
