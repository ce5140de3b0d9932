"""Template tags that describe the state of a translation to readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from wagtail.models import Page

from newsroom.articles.templatetags.editions import Edition
from newsroom.translation.models import TranslationStatus

register = template.Library()


@register.simple_tag
def outdated_translation(page: Page) -> TranslationStatus | None:
    """Return the row of *page* if its original has changed since; None otherwise.

    The row has ``source_url`` and ``source_language``, which are empty if readers
    cannot read the original.
    """
    rows = TranslationStatus.objects.filter(
        translation_key=page.translation_key,
        locale=page.locale_id,
        target__live=True,
        segments_changed__gt=0,
    )
    row: Any = rows.select_related("source__locale").first()
    if row:
        source = row.source
        is_readable = source and source.live and not source.get_view_restrictions()
        row.source_url = source.url if is_readable else ""
        row.source_language = source.locale.language_code if is_readable else ""
    return row


@dataclass(frozen=True, slots=True)
class TranslatedEdition:
    """An edition of an article with its state.

    ``outdated_since`` is the time since when the original differs; None if up to date.
    """

    edition: Edition
    is_original: bool = False
    outdated_since: datetime | None = None


@register.simple_tag
def versions_with_states(
    page: Page, editions: Iterable[Edition]
) -> list[TranslatedEdition]:
    """Return the unconverted *editions* of *page* with their states; one query."""
    rows = TranslationStatus.objects.filter(translation_key=page.translation_key)
    states = {row.locale.language_code: row for row in rows.select_related("locale")}
    versions = []
    for edition in editions:
        if edition.is_converted:
            continue
        state = states.get(edition.code)
        if state is None or not edition.exists:
            versions.append(TranslatedEdition(edition))
            continue
        is_outdated = state.segments_changed > 0
        versions.append(
            TranslatedEdition(
                edition,
                is_original=state.state == TranslationStatus.State.ORIGINAL,
                outdated_since=state.waiting_since if is_outdated else None,
            )
        )
    return versions
