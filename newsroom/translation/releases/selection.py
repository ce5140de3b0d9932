"""Which languages of a release can be published now, and why the others cannot."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from newsroom.translation.models import Release, ReleaseLanguage
from newsroom.translation.permissions import may_publish
from newsroom.translation.releases.readiness import Readiness, readiness

# The languages of a release, by the primary keys of their locales.
Languages = dict[int, ReleaseLanguage]
# Reasons, by the primary key of the locale that they keep from being published.
Refused = dict[int, list[str]]


def languages_of(release: Release) -> Languages:
    rows = release.languages.select_related("locale", "chosen_by").order_by("locale")
    return {row.locale_id: row for row in rows}


def select(
    release: Release,
    languages: Languages,
    user: Any = None,
    dropped: Refused | None = None,
) -> tuple[list[Readiness], Refused]:
    """Return the versions to publish, sources first, and why the others are not.

    *user* publishes them now; without one, each is judged by the permissions of the
    account that has chosen its language. A translation of a version that is dropped
    must be ready without it, so what is left is looked at again until nothing more is
    dropped. *dropped* are versions that could not be published when it was tried.
    """
    refused: Refused = dict(dropped or {})
    if refused and release.if_not_ready == Release.IfNotReady.NONE:
        return [], refused
    left: list[Locale] = [
        row.locale for row in languages.values() if row.locale_id not in refused
    ]
    while left:
        found = readiness(release.translation_key, left)
        problems = {
            one.locale.pk: [
                *one.reasons,
                *_forbidden(one, languages[one.locale.pk].chosen_by, user),
            ]
            for one in found
        }
        bad = {locale: reasons for locale, reasons in problems.items() if reasons}
        refused |= bad
        if not bad:
            return found, refused
        if release.if_not_ready == Release.IfNotReady.NONE:
            break
        left = [one.locale for one in found if one.locale.pk not in bad]
    return [], refused


def explain(
    release: Release,
    languages: Languages,
    user: Any = None,
    dropped: Refused | None = None,
) -> dict[int, dict[str, list[str]]]:
    """Return the reasons of :func:`select` in every language of the admin, by locale
    and language code."""
    found: dict[int, dict[str, list[str]]] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for locale, reasons in select(release, languages, user, dropped)[1].items():
                found.setdefault(locale, {})[code] = reasons
    return found


def as_text(languages: Languages, refused: Refused) -> str:
    return " ".join(
        f"{languages[locale].locale.get_display_name()}: {reason}"
        for locale, reasons in refused.items()
        for reason in reasons
    )


def _forbidden(version: Readiness, chosen_by: Any, user: Any) -> list[str]:
    if user is not None:
        is_allowed = version.page is None or may_publish(user, version.page)
        return [] if is_allowed else [_("You may not publish it.")]
    if chosen_by is None:
        return [_("The account that planned it has been deleted.")]
    name = {"user": chosen_by.get_username()}
    if not chosen_by.is_active:
        return [_("The account that planned it is not active: %(user)s.") % name]
    if version.page and not may_publish(chosen_by, version.page):
        return [_("%(user)s, who planned it, may not publish it.") % name]
    return []
