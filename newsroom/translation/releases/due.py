"""Publication of due releases, and the handling of failures."""

import logging
from hashlib import sha256
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail_localize.models import StringTranslation

from newsroom.access.accounts import mail_language_of
from newsroom.articles.models import ArticlePage
from newsroom.translation.models import Release, ReleaseLanguage
from newsroom.translation.notifications import notify_release
from newsroom.translation.releases.publishing import NotReadyError, publish
from newsroom.translation.releases.selection import explain, languages_of, select

logger = logging.getLogger(__name__)

Outcome = ReleaseLanguage.Outcome
State = Release.State


def due_releases() -> "QuerySet[Release]":
    """Return the planned releases whose time has come, and those that failed then."""
    waiting = [State.PLANNED, State.FAILED]
    return Release.objects.filter(state__in=waiting, publish_at__lte=timezone.now())


def publish_due() -> int:
    """Publish the releases that are due; return their number.

    A release that cannot be published fails, and its planner is notified once. The
    release is attempted again when its fingerprint changes: its versions, their texts
    or approvals, the permissions of its planner, or the plan.
    """
    published = 0
    due = due_releases()
    for release in due.select_related("created_by").order_by("publish_at", "pk"):
        with override(mail_language_of(release.created_by)):
            published += _attempt(release)
    return published


def _attempt(release: Release) -> bool:
    has_failed = release.state == State.FAILED
    found = ""
    try:
        found = fingerprint(release)
        if has_failed and found == release.attempt:
            return False
        publish(release)
    except NotReadyError as error:
        fail(release, str(error), found)
    except Exception:  # of one article: continue with the others
        logger.exception("Release %s fails.", release.pk)
        text = _("Something went wrong; the site's log has the details.")
        fail(release, text, found)
    else:
        # Users who were notified of a failure are also notified of its end.
        if has_failed or release.state != State.PUBLISHED:
            notify_release(release)
        return True
    return False


def fail(release: Release, reason: str, found: str) -> None:
    """Record why *release* was not published, and notify its planners once per plan.

    Does nothing if another worker has changed the state first.
    """
    open_ones = Release.objects.filter(pk=release.pk)
    changes = {"state": State.FAILED, "reason": reason, "attempt": found}
    is_first = bool(open_ones.filter(state=State.PLANNED).update(**changes))
    if not is_first and not open_ones.filter(state=State.FAILED).update(**changes):
        return
    languages = languages_of(release)
    reasons = explain(release, languages)
    for locale, language in languages.items():
        if locale in reasons:
            language.outcome = Outcome.NOT_READY
        else:
            language.outcome = Outcome.HELD_BACK if reasons else ""
        language.reasons = reasons.get(locale, {})
        language.save(update_fields=["outcome", "reasons"])
    release.refresh_from_db()
    if is_first:
        notify_release(release)


def fail_again(release: Release, reason: str) -> None:
    """Record that the user's new attempt to publish *release* failed."""
    Release.objects.filter(pk=release.pk).update(state=State.FAILED)
    fail(release, reason, fingerprint(release))


def fingerprint(release: Release) -> str:
    """Return a hash of everything that decides whether *release* can be published."""
    languages = languages_of(release)
    with override(None):
        refused = select(release, languages)[1]
    pages = ArticlePage.objects.filter(translation_key=release.translation_key)
    texts = StringTranslation.objects.filter(
        context__object_id=release.translation_key
    ).aggregate(Max("updated_at"))
    facts: list[Any] = [
        release.publish_at,
        str(release.if_not_ready),
        sorted((locale, one.chosen_by_id) for locale, one in languages.items()),
        sorted(refused.items()),
        sorted(pages.values_list("pk", "live_revision", "latest_revision", "path")),
        texts,
    ]
    return sha256(repr(facts).encode()).hexdigest()
