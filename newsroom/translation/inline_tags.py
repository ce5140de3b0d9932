"""The inline elements of segments: those of the editor, in one place.

:data:`newsroom.intake.cleaning.PARAGRAPH_TAGS` says what a paragraph may hold;
``SEGMENT_TAGS`` follows from it, and everything about segments from that. A new inline
element is one line there. It must have no attributes: wagtail-localize allows them in
links only.
"""

import re
from html import unescape

from wagtail_localize.strings import INLINE_TAGS

from newsroom.articles.wording import TAG
from newsroom.intake.cleaning import SEGMENT_TAGS

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# "10<sup>24</sup>" is no 1024, "м<sup>2</sup> 300" no 2300: what parts such digits.
LEVEL = re.compile(
    r"(?<=\d)</?su[bp]\s*>(?=\s*\d)|(?<=\d\s)<su[bp]\s*>(?=\d)", re.IGNORECASE
)


def extend_localize() -> None:
    """Let wagtail-localize keep every inline element within its sentence. It would take
    one that it does not know for the end of a segment."""
    INLINE_TAGS[:] = sorted(SEGMENT_TAGS)


def without_tags(html: str) -> str:
    """Return the HTML of a segment as plain HTML text: a line break parts words, other
    inline elements do not."""
    return TAG.sub("", BREAK.sub(" ", html))


def plain_text(html: str) -> str:
    """Return the words of a segment with single spaces, without tags and entities."""
    return " ".join(unescape(without_tags(html)).split())
