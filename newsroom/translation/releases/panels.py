"""Dashboard panel of releases that were not published, or only in part."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.access.users import User
from newsroom.publication.panels import SHOWN, Item, NotPublishedPanel
from newsroom.translation.models import Release, TranslationStatus

# How long the planner is reminded of the unpublished part of a release.
REMINDED = timedelta(days=7)


class NotReleasedPanel(NotPublishedPanel):
    """Failed and partly published releases that the user planned, at least in part."""

    name = "not_released"
    order = 91
    heading = _("Releases that were not published")

    def items(self, user: User) -> list[Item]:
        since = timezone.now() - REMINDED
        wanted = Q(state=Release.State.FAILED) | Q(
            state=Release.State.PARTLY, published_at__gte=since
        )
        planned = Q(created_by=user) | Q(languages__chosen_by=user)
        releases = Release.objects.filter(wanted & planned).distinct()[:SHOWN]
        keys = [release.translation_key for release in releases]
        rows = TranslationStatus.objects.originals().filter(translation_key__in=keys)
        headlines = dict(rows.values_list("translation_key", "headline"))
        return [
            Item(
                headlines.get(release.translation_key, ""),
                reverse("translation_desk:release", args=[release.pk]),
                release.published_at or release.publish_at,
                _reasons(release),
            )
            for release in releases
        ]


def _reasons(release: Release) -> list[str]:
    languages = release.languages.select_related("locale").order_by("locale")
    return [
        f"{one.locale.get_display_name()}: {reason}"
        for one in languages
        for reason in one.reasons_shown
    ] or ([release.reason] if release.reason else [])
