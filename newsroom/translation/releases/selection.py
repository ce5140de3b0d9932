"""Selection of the languages of a release that can be published now."""

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from newsroom.access.permissions import may_publish
from newsroom.access.users import User
from newsroom.translation.models import Release, ReleaseLanguage
from newsroom.translation.releases.readiness import Readiness, readiness
from search.site_languages import site_languages

# The languages of a release, by the primary key of the locale.
Languages = dict[int, ReleaseLanguage]
# Reasons against publication, by the primary key of the locale.
Refused = dict[int, list[str]]


def languages_of(release: Release) -> Languages:
    """Return the languages of *release*, by primary key of the locale."""
    rows = release.languages.select_related("locale", "chosen_by").order_by("locale")
    return {row.locale_id: row for row in rows}


def select(
    release: Release,
    languages: Languages,
    user: User | None = None,
    dropped: Refused | None = None,
) -> tuple[list[Readiness], Refused]:
    """Return the versions to publish, sources first, and the reasons against others.

    *user* publishes them now; if it is None, the permissions of the account that
    selected the language decide. *dropped* are versions whose publication failed. A
    translation whose source is dropped must be ready without it, so the rest is checked
    again until nothing more is dropped.
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
    user: User | None = None,
    dropped: Refused | None = None,
) -> dict[int, dict[str, list[str]]]:
    """Return the reasons of :func:`select`, by locale and admin language code."""
    found: dict[int, dict[str, list[str]]] = {}
    for code in site_languages():
        with override(code):
            for locale, reasons in select(release, languages, user, dropped)[1].items():
                found.setdefault(locale, {})[code] = reasons
    return found


def as_text(languages: Languages, refused: Refused) -> str:
    """Return the reasons as one line, each after the name of its language."""
    return " ".join(
        f"{languages[locale].locale.get_display_name()}: {reason}"
        for locale, reasons in refused.items()
        for reason in reasons
    )


def _forbidden(
    version: Readiness, chosen_by: User | None, user: User | None
) -> list[str]:
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
