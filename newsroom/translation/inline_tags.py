"""The inline elements of segments, which are those of the editor.

:data:`newsroom.sanitising.cleaning.PARAGRAPH_TAGS` lists the elements of a paragraph;
``SEGMENT_TAGS`` is derived from that list, and all code for segments uses
``SEGMENT_TAGS``. Add a new inline element there, in one line. The element must have no
attributes: wagtail-localize allows attributes in links only.
"""

import re
from html import unescape

from wagtail_localize.strings import INLINE_TAGS

from newsroom.articles.word_diff import TAG
from newsroom.sanitising.cleaning import SEGMENT_TAGS

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# A tag between two digits that separates numbers: "10<sup>24</sup>" is not 1024, and
# "м<sup>2</sup> 300" is not 2300.
LEVEL = re.compile(
    r"(?<=\d)</?su[bp]\s*>(?=\s*\d)|(?<=\d\s)<su[bp]\s*>(?=\d)", re.IGNORECASE
)


def extend_localize() -> None:
    """Add every inline element to the inline tags of wagtail-localize.

    wagtail-localize ends a segment at an element that it does not know.
    """
    INLINE_TAGS[:] = sorted(SEGMENT_TAGS)


def without_tags(html: str) -> str:
    """Return the HTML of a segment as HTML text without tags.

    A line break separates words; other inline elements do not.
    """
    return TAG.sub("", BREAK.sub(" ", html))


def plain_text(html: str) -> str:
    """Return the words of a segment with single spaces, without tags and entities."""
    return " ".join(unescape(without_tags(html)).split())
