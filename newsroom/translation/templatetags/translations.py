"""What readers are told about a translation."""

from typing import Any

from django import template
from wagtail.models import Page

from newsroom.translation.models import VersionState

register = template.Library()


@register.simple_tag
def outdated_translation(page: Page) -> VersionState | None:
    """The row of *page* if its original has changed since, with ``source_url`` and
    ``source_language`` where readers can read the original; None otherwise."""
    rows = VersionState.objects.filter(
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
