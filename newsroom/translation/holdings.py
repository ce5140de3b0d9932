"""Translations and releases as work that can be handed to a colleague."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.access.holdings import Holding, register
from newsroom.access.users import User
from newsroom.articles.models import ArticlePage
from newsroom.translation.models import Release, ReleaseLanguage, TranslationStatus
from newsroom.translation.notifications import notify_assigned
from newsroom.translation.permissions import (
    may_change_release,
    may_edit,
    may_see_desk,
)

OPEN = (Release.State.PLANNED, Release.State.FAILED)


def assigned_translations(user: User) -> list[TranslationStatus]:
    assigned = TranslationStatus.objects.filter(translator=user)
    return list(assigned.select_related("locale", "target").order_by("pk"))


def open_releases(user: User) -> list[Release]:
    """Return the releases that *user* planned, or added a language to."""
    involved = Q(created_by=user) | Q(languages__chosen_by=user)
    found = Release.objects.filter(involved, state__in=OPEN)
    return list(found.distinct().order_by("pk"))


def _works_on(user: User, status: TranslationStatus) -> bool:
    return may_edit(user, status.target) if status.target else may_see_desk(user)


def _give_translations(
    rows: Sequence[TranslationStatus], giver: User, taker: User
) -> None:
    chosen = TranslationStatus.objects.filter(pk__in=[row.pk for row in rows])
    chosen.update(translator=taker)
    named = chosen.select_related("translator", "locale")
    notify_assigned(list(named), by=giver)


def _give_releases(releases: Sequence[Release], giver: User, taker: User) -> None:
    keys = [one.pk for one in releases]
    own = Release.objects.filter(pk__in=keys, created_by=giver)
    own.update(created_by=taker)
    languages = ReleaseLanguage.objects.filter(release__in=keys, chosen_by=giver)
    languages.update(chosen_by=taker)


def _release_title(release: Release) -> str:
    pages = ArticlePage.objects.filter(translation_key=release.translation_key)
    page = pages.order_by("pk").first()
    return page.get_admin_display_title() if page else str(release.pk)


def register_holdings() -> None:
    register(
        Holding(
            "translations",
            _("Assigned translations"),
            assigned_translations,
            lambda one: f"{one.headline} ({one.locale.get_display_name()})",
            _works_on,
            _give_translations,
            30,
        )
    )
    register(
        Holding(
            "releases",
            _("Planned releases"),
            open_releases,
            _release_title,
            may_change_release,
            _give_releases,
            40,
        )
    )
