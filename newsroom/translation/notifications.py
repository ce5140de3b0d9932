"""E-mail messages to translators; Wagtail itself sends those about review decisions."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from newsroom.access.users import User
from newsroom.admin.notifications import send_notification
from newsroom.articles.models import ArticlePage
from newsroom.translation.models import Release, TranslationStatus


def notify_assigned(versions: list[TranslationStatus], *, by: User) -> None:
    """Notify a translator of the assigned *versions*, unless *by* is the translator."""
    translator = versions[0].translator if versions else None
    if translator and translator != by:
        _notify(
            translator,
            lambda: _("Translations for you"),
            "assigned",
            {"versions": versions},
        )


def notify_changed(version: TranslationStatus) -> None:
    """Notify the translator of a published translation that its original changed."""
    if version.translator:
        _notify(
            version.translator,
            lambda: (
                _("The original has changed: %(headline)s")
                % {"headline": version.headline}
            ),
            "changed",
            {"versions": [version]},
        )


def notify_release(release: Release, *, by: User | None = None) -> None:
    """Notify planners and affected translators of the outcome of *release*.

    Recipients are the users who planned the release and the translators of the
    languages that were not published. If no active planner is left, the users who may
    publish are notified instead. *by*, who has seen the result in the admin, is left
    out.
    """
    versions = TranslationStatus.objects.filter(translation_key=release.translation_key)
    languages = list(release.languages.select_related("locale", "chosen_by"))
    missing = [
        one.locale_id for one in languages if one.outcome in ("not_ready", "held_back")
    ]
    translators = [
        row.translator
        for row in versions.filter(locale__in=missing).select_related("translator")
    ]
    planners: Sequence[User | None] = [
        release.created_by,
        *(one.chosen_by for one in languages),
    ]
    if not any(user and user.is_active for user in planners):
        planners = publishers_of(release)
    headline = versions.originals().values_list("headline", flat=True).first() or ""
    told = {user.pk: user for user in [*planners, *translators] if user}
    if by:
        told.pop(by.pk, None)
    for user in told.values():
        _notify(
            user,
            lambda: (
                (
                    (
                        _("Published in part: %(headline)s")
                        if release.state == Release.State.PARTLY
                        else _("Published: %(headline)s")
                    )
                    if release.published_at
                    else _("Not published: %(headline)s")
                )
                % {"headline": headline}
            ),
            "release",
            {"release": release, "languages": languages},
        )


def publishers_of(release: Release) -> list[User]:
    """Return the users who may publish at least one of the versions of *release*."""
    policy = PagePermissionPolicy()
    pages = ArticlePage.objects.filter(
        translation_key=release.translation_key,
        locale__in=release.locales.values("pk"),
    )
    return [
        user
        for page in pages
        for user in policy.users_with_permission_for_instance("publish", page)
    ]


def _notify(
    user: User, subject: Callable[[], str], name: str, context: dict[str, Any]
) -> None:
    desk = settings.WAGTAILADMIN_BASE_URL + reverse("translation_desk:index")
    template = f"translation/letters/{name}.txt"
    send_notification(user, subject, template, context | {"desk": desk})
