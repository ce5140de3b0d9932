"""Publishing an article in several languages in one moment, or not at all."""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from newsroom.articles.models import ArticlePage
from newsroom.operations.accounts import admin_language_of
from newsroom.translation.letters import tell_failed
from newsroom.translation.models import Release, VersionState
from newsroom.translation.releases.readiness import Readiness, readiness
from newsroom.translation.states import counted_once

logger = logging.getLogger(__name__)


class NotReadyError(Exception):
    """Nothing was published; the message says which version is not ready, and why."""


def versions(release: Release) -> list[Readiness]:
    return readiness(release.translation_key, release.locales.all())


def publish(release: Release, *, user: Any) -> list[Readiness]:
    """Publish the versions of *release* in one transaction; return those published.

    Raises NotReadyError, and nothing is published, where one is not ready (or none, if
    the ready ones are to go alone), or *user* may not publish it.
    """
    with transaction.atomic(), counted_once():
        locked = Release.objects.select_for_update().get(pk=release.pk)
        if not locked.is_open:
            raise NotReadyError(_("This release is over."))
        found = versions(locked)
        chosen = _chosen(locked, found, user)
        moment = timezone.now()
        first = [v.page.pk for v in chosen if v.page and not v.page.first_published_at]
        for version in chosen:
            _publish(version, user)
        # One moment for all of them, whatever the clock said in between.
        Page.objects.filter(pk__in=first).update(first_published_at=moment)
        locked.state, locked.reason = Release.State.PUBLISHED, ""
        locked.published_at = moment
        locked.save()
    release.refresh_from_db()
    return chosen


def _chosen(release: Release, found: list[Readiness], user: Any) -> list[Readiness]:
    problems = {version.locale.pk: _problems(version, user) for version in found}
    ready = [version for version in found if not problems[version.locale.pk]]
    if len(ready) < len(found):
        takes_some = release.if_not_ready == Release.IfNotReady.READY
        # A translation of what is not published with it must be ready without it.
        if takes_some and ready:
            again = readiness(release.translation_key, [v.locale for v in ready])
            ready = [version for version in again if version.is_ready]
        if not takes_some or not ready:
            raise NotReadyError(
                " ".join(
                    f"{version.locale.get_display_name()}: {problem}"
                    for version in found
                    for problem in problems[version.locale.pk]
                )
            )
    return ready


def _problems(version: Readiness, user: Any) -> list[str]:
    problems = list(version.reasons)
    if version.page and not _may_publish(user, version.page):
        problems.append(_("You may not publish it."))
    return problems


def _may_publish(user: Any, page: ArticlePage) -> bool:
    return bool(user) and page.permissions_for_user(user).can_publish()


def _publish(version: Readiness, user: Any) -> None:
    if version.page is None:
        return
    if version.translation:
        version.translation.save_target(user=user, publish=False)
    # Read anew: a page that was read before has its place in the tree as it was then.
    page = ArticlePage.objects.get(pk=version.page.pk)
    if page.live and not page.has_unpublished_changes:
        return
    page.get_latest_revision().publish(user=user)


def publish_due() -> int:
    """Publish the releases whose time has come; return how many were. One that cannot
    be is told to whoever planned it, and fails."""
    due = Release.objects.filter(
        state=Release.State.PLANNED, publish_at__lte=timezone.now()
    )
    published = 0
    for release in due.select_related("created_by").order_by("publish_at", "pk"):
        with override(admin_language_of(release.created_by)):
            try:
                publish(release, user=release.created_by)
                published += 1
            except NotReadyError as error:
                _fail(release, str(error))
            except Exception:  # of one article: the others have their turn
                logger.exception("Release %s fails.", release.pk)
                _fail(
                    release, _("Something went wrong here; the site's log says what.")
                )
    return published


def _fail(release: Release, reason: str) -> None:
    Release.objects.filter(pk=release.pk).update(
        state=Release.State.FAILED, reason=reason
    )
    versions = VersionState.objects.originals()
    for version in versions.filter(translation_key=release.translation_key):
        tell_failed(release.created_by, version.headline, reason)
