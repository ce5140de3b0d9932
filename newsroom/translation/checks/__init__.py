"""The checks of a translation before it is submitted for review.

Each check is a function of two texts without database queries.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from newsroom.translation.checks.findings import Finding, Level
from newsroom.translation.checks.marks import (
    check_addresses,
    check_quotes,
    check_tags,
)
from newsroom.translation.checks.numbers import check_numbers
from newsroom.translation.inline_tags import LEVEL, without_tags
from newsroom.translation.segments import SegmentText, segments_of

__all__ = ["Finding", "Level", "check_segment", "check_translation"]

# Search engines and news readers truncate headlines after about this many characters.
MAX_HEADLINE = 110
# Shorter texts may be equal in two languages: names, abbreviations, brands.
SAME_FROM_WORDS = 3
_END = re.compile(r"[.!?…:]")


def check_translation(
    translation: Translation,
) -> list[tuple[SegmentText, list[Finding]]]:
    """Return the segments of *translation*, each with its findings."""
    source = translation.source.locale.language_code
    target = translation.target_locale.language_code
    return [
        (
            segment,
            check_segment(
                segment.source,
                segment.translation,
                source_language=source,
                target_language=target,
                path=segment.path,
            ),
        )
        for segment in segments_of(translation)
    ]


def check_segment(
    source: str,
    translation: str,
    *,
    source_language: str,
    target_language: str,
    path: str,
) -> list[Finding]:
    """Return the findings for one segment.

    *source* and *translation* are its HTML, the languages are codes, and *path* is the
    content path of the segment in its article.
    """
    if not without_tags(translation).strip():
        return [Finding("untranslated", _("Not translated."), Level.ERROR)]
    plain, translated = without_tags(source), without_tags(translation)
    return [
        *check_numbers(
            without_tags(LEVEL.sub("|", source)),
            without_tags(LEVEL.sub("|", translation)),
            source_language,
            target_language,
        ),
        *check_quotes(source, translation, target_language),
        *check_tags(source, translation),
        *check_addresses(source, translation),
        *_check_form(plain, translated, path),
    ]


def _check_form(source: str, translation: str, path: str) -> Iterator[Finding]:
    source, translation = source.strip(), translation.strip()
    if path == "title" and len(translation) > MAX_HEADLINE:
        yield Finding(
            "headline-long",
            _("A headline of %(length)d characters is cut off: %(limit)d at most.")
            % {"length": len(translation), "limit": MAX_HEADLINE},
        )
    if (
        source == translation
        and len(re.findall(r"[^\W\d]+", source)) >= SAME_FROM_WORDS
    ):
        yield Finding("same", _("This is the text of the original."))
    if "  " in translation and "  " not in source:
        yield Finding("spaces", _("There are two spaces in a row."))
    ends, ended = _END.search(source[-1:]), _END.search(translation[-1:])
    if bool(ends) != bool(ended):
        yield Finding("ending", _("The original ends with another sign."))
