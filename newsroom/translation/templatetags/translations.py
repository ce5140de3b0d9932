"""Template tags that describe the state of a translation to readers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from wagtail.models import Page

from newsroom.articles.page_parts import public_versions_of
from newsroom.articles.page_rows import loaded
from newsroom.articles.templatetags.editions import Edition
from newsroom.translation.models import TranslationStatus
from newsroom.web.row_batches import Part, key

register = template.Library()


def parts_of_status(article: Page) -> Iterator[Part]:
    """Yield the part of an article's page with the states of its language versions."""
    where, parameters = "translation_key = %s", (key(article.translation_key),)
    yield Part("translation_status", TranslationStatus, where, parameters)


@register.simple_tag
def outdated_translation(page: Page) -> TranslationStatus | None:
    """Return the row of *page* if its original has changed since; None otherwise.

    The row has ``source_url`` and ``source_language``, which are empty if readers
    cannot read the original.
    """
    found = loaded(page, "translation_status")
    if found is not None:
        return _loaded_outdated(page, found)
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


def _loaded_outdated(
    page: Page, rows: Iterable[TranslationStatus]
) -> TranslationStatus | None:
    """Return what :func:`outdated_translation` queries, from loaded rows.

    The original is one of the public language versions, unless nobody can read it.
    """
    versions = public_versions_of(page)
    live = {version.pk for version in versions} | {page.pk}
    for row in rows:
        is_own = row.locale_id == page.locale_id and row.target_id in live
        if is_own and row.segments_changed > 0:
            shown: Any = row
            source = next((one for one in versions if one.pk == row.source_id), None)
            shown.source_url = source.url if source else ""
            shown.source_language = source.locale.language_code if source else ""
            return row
    return None


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
    rows: Iterable[TranslationStatus] | None = loaded(page, "translation_status")
    if rows is None:
        every = TranslationStatus.objects.filter(translation_key=page.translation_key)
        rows = every.select_related("locale")
    else:
        rows = page.site_state.with_locales(rows)
    states = {row.locale.language_code: row for row in rows}
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
