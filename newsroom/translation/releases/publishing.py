"""Publication of an article in several languages in one transaction."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from newsroom.access.users import User
from newsroom.articles.models import ArticlePage
from newsroom.articles.refusals import PublicationRefused, Reason
from newsroom.translation.models import Release, ReleaseLanguage
from newsroom.translation.releases.readiness import Readiness, readiness
from newsroom.translation.releases.selection import (
    Refused,
    as_text,
    explain,
    languages_of,
    select,
)
from newsroom.translation.releases.unchanged import is_shown_already
from newsroom.translation.status.counting import counted_once

Outcome = ReleaseLanguage.Outcome


class NotReadyError(Exception):
    """Nothing was published; the message names the unready versions, and the reasons.

    ``refused`` holds the reasons by the primary key of each locale.
    """

    def __init__(self, message: str, refused: Refused | None = None) -> None:
        super().__init__(message)
        self.refused = refused or {}


def versions(release: Release) -> list[Readiness]:
    return readiness(release.translation_key, release.locales.all())


def publish(release: Release, *, user: User | None = None) -> list[ReleaseLanguage]:
    """Publish the versions of *release* in one transaction and record the outcomes.

    Returns the languages that were published. *user* publishes them; if it is None,
    each version is published by the account that selected its language. Raises
    NotReadyError, and publishes nothing, if one version is not ready (or none, if ready
    ones may be published alone), or if that account may not publish it.
    """
    dropped: Refused = {}
    while True:
        try:
            return _publish_ready(release, user, dropped)
        except _VersionRefused as error:
            dropped[error.locale] = error.reasons


class _VersionRefused(Exception):  # noqa: N818 (an answer, not a mistake)
    """A version that seemed ready could not be published; nothing was published."""

    def __init__(self, locale: int, reasons: list[str]) -> None:
        super().__init__(locale)
        self.locale, self.reasons = locale, reasons


def _publish_ready(
    release: Release, user: User | None, dropped: Refused
) -> list[ReleaseLanguage]:
    with transaction.atomic(), counted_once():
        locked = Release.objects.select_for_update().get(pk=release.pk)
        if not locked.is_open:
            raise NotReadyError(_("This release is over."))
        languages = languages_of(locked)
        if not languages:
            raise NotReadyError(_("No language has been chosen."))
        chosen, refused = select(locked, languages, user, dropped)
        if not chosen:
            raise NotReadyError(as_text(languages, refused), refused)
        reasons = explain(locked, languages, user, dropped) if refused else {}
        moment = timezone.now()
        outcomes = dict.fromkeys(refused, Outcome.NOT_READY)
        first = [v.page.pk for v in chosen if v.page and not v.page.first_published_at]
        for version in chosen:
            language = languages[version.locale.pk]
            try:
                is_new = _publish(version, user or language.chosen_by)
            except PublicationRefused as error:
                raise _VersionRefused(version.locale.pk, error.messages) from error
            outcomes[version.locale.pk] = (
                Outcome.PUBLISHED if is_new else Outcome.ALREADY_LIVE
            )
        # One time for all versions, although they were saved one after the other.
        Page.objects.filter(pk__in=first).update(first_published_at=moment)
        for locale, language in languages.items():
            language.outcome = outcomes[locale]
            language.reasons = reasons.get(locale, {})
            language.save(update_fields=["outcome", "reasons"])
        locked.state = _state(set(outcomes.values()))
        locked.reason, locked.attempt = "", ""
        locked.published_at = moment
        locked.save()
    release.refresh_from_db()
    return [one for one in languages.values() if one.outcome == Outcome.PUBLISHED]


def _state(outcomes: set[str]) -> Release.State:
    if outcomes == {Outcome.PUBLISHED}:
        return Release.State.PUBLISHED
    if outcomes == {Outcome.ALREADY_LIVE}:
        return Release.State.NOTHING_NEW
    return Release.State.PARTLY


def _publish(version: Readiness, user: User | None) -> bool:
    """Publish *version* as *user*; return False if readers already see it."""
    if version.page is None or is_shown_already(version, user):
        return False
    if version.translation:
        version.translation.save_target(user=user, publish=False)
    # Read again: an instance read earlier may have an outdated position in the page
    # tree.
    page = ArticlePage.objects.get(pk=version.page.pk)
    revision = page.get_latest_revision()
    revision.publish(user=user)
    if not Page.objects.filter(pk=page.pk, live=True, live_revision=revision).exists():
        text = _("It has a publication time of its own.")
        raise PublicationRefused([Reason("scheduled", text)])
    return True
