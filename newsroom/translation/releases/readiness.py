"""Checks whether the language versions of an article can be published together."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale
from wagtail_localize.models import Translation

from newsroom.articles.models import ArticlePage
from newsroom.translation.machine.guard import refusal_of_drafts, refusal_of_unfinished
from newsroom.translation.manual_edits import guard as manual_edits
from newsroom.translation.segments import segments_of
from newsroom.translation.sources import is_current
from newsroom.translation.status.review import ReviewStatus, review_status_of


@dataclass(frozen=True, slots=True)
class Readiness:
    """A version as it would be published.

    ``reasons`` say why it cannot be published; if empty, it is ready.
    """

    locale: Locale
    page: ArticlePage | None
    translation: Translation | None
    reasons: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        return not self.reasons


def readiness(key: UUID, locales: Iterable[Locale]) -> list[Readiness]:
    """Return the readiness of the article with this translation key in each locale.

    Versions that are not translations come first.
    """
    pages = {
        page.locale_id: page for page in ArticlePage.objects.filter(translation_key=key)
    }
    translations = {
        one.target_locale_id: one
        for one in Translation.objects.filter(
            source__object_id=key, enabled=True
        ).select_related("source", "target_locale", "source__locale")
    }
    drafts = {pk: page.get_latest_revision_as_object() for pk, page in pages.items()}
    chosen = sorted(locales, key=lambda locale: (locale.pk in translations, locale.pk))
    wanted = {locale.pk for locale in chosen}
    return [
        _version(locale, pages, drafts, translations.get(locale.pk), wanted)
        for locale in chosen
    ]


def _version(
    locale: Locale,
    pages: dict[int, ArticlePage],
    drafts: dict[int, ArticlePage],
    translation: Translation | None,
    wanted: set[int],
) -> Readiness:
    page = pages.get(locale.pk)
    if page is None:
        reasons = [_("There is no such version yet.")]
    elif translation is None:
        reasons = list(_invalid(drafts[locale.pk]))
    else:
        source = pages.get(translation.source.locale_id)
        reasons = list(_incomplete(translation))
        if count := manual_edits.undecided(page):
            reasons.append(manual_edits.refusal(count))
        if not reasons and not _is_approved(page):
            reasons.append(_("It has not been approved."))
        # The source as readers will see it: its draft, if that is published too.
        if source is None:
            reasons.append(_("The version it was translated from is gone."))
        else:
            text = drafts[source.locale_id] if source.locale_id in wanted else source
            reasons += _behind(translation, source, text, wanted)
    if page is not None:
        reasons += _at_another_time(drafts[locale.pk])
    return Readiness(locale, page, translation, tuple(reasons))


def _at_another_time(draft: ArticlePage) -> Iterable[str]:
    """Yield the conflicts with the draft's own publication and expiry times."""
    if draft.go_live_at and draft.go_live_at > timezone.now():
        yield _("It has a publication time of its own.")
    if draft.expire_at and draft.expire_at <= timezone.now():
        yield _("Its expiry time has passed.")


def _invalid(draft: ArticlePage) -> Iterable[str]:
    """Yield the validation errors of a version that is not a translation."""
    try:
        draft.full_clean()
    except ValidationError as error:
        yield _("It is not valid: %(errors)s") % {"errors": " ".join(error.messages)}


def _is_approved(page: ArticlePage) -> bool:
    """Return whether the page is approved, or published without later changes."""
    is_published = page.live and not page.has_unpublished_changes
    return is_published or review_status_of(page) == ReviewStatus.APPROVED


def _incomplete(translation: Translation) -> Iterable[str]:
    segments = segments_of(translation)
    unfinished = sum(segment.is_unfinished for segment in segments)
    missing = sum(not segment.is_translated for segment in segments) - unfinished
    drafts = [s for s in segments if s.is_translated and s.is_machine_made]
    remembered = sum(segment.is_from_memory for segment in drafts)
    if missing:
        yield (
            ngettext(
                "%(count)d segment is not translated.",
                "%(count)d segments are not translated.",
                missing,
            )
            % {"count": missing}
        )
    if unfinished:
        yield refusal_of_unfinished(unfinished)
    if drafts:
        yield refusal_of_drafts(len(drafts) - remembered, remembered)


def _behind(
    translation: Translation, source: ArticlePage, text: ArticlePage, wanted: set[int]
) -> Iterable[str]:
    if not source.live and source.locale_id not in wanted:
        yield _("The original is not published.")
    if not is_current(translation.source, text):
        yield _("The original has changed since its text was given to translators.")
