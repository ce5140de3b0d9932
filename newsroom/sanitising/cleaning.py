"""The single entry point of HTML from outside into the archive.

All HTML that this program's own templates did not write (paste, import, feed,
translation file) passes through :func:`clean_html` or :func:`clean_segment` when it is
saved, and is stored clean. Nothing is cleaned while a page is rendered.
"""

import html
import re
from collections.abc import Callable, Set
from functools import lru_cache
from threading import local
from typing import Any
from urllib.parse import urlsplit

from bleach.sanitizer import Cleaner

from newsroom.sanitising.canonical import MAX_TAGS, canonical
from newsroom.sanitising.characters import storable_markup, storable_text
from newsroom.sanitising.nesting import without_deep_nesting
from newsroom.sanitising.own_links import with_complete_links
from newsroom.sanitising.paragraphs import BLOCK_TAGS, PARTING_TAGS, as_paragraphs

# Tags allowed in an article's paragraphs, and their purpose. Quotes, lists, tables and
# pictures are StreamField blocks of their own, not HTML.
PARAGRAPH_TAGS = {
    "p",  # a paragraph
    "br",  # a line of verse, an address
    "b",  # emphasis, as Wagtail's editor writes it
    "strong",  # emphasis, as other sites write it
    "i",  # titles and foreign words, as Wagtail's editor writes them
    "em",  # the same, as other sites write them
    "sup",  # m², footnote marks
    "sub",  # CO₂
    "bdi",  # letters that the editions in other scripts do not convert: «Ә», «қ»
    "a",  # links
}
# Tags allowed in a segment: those within one paragraph, and those that wagtail-localize
# itself treats as inline elements.
SEGMENT_TAGS = PARAGRAPH_TAGS - {"p"} | {"abbr", "acronym", "code"}

# Tags that are passed to the sanitiser.
KNOWN_TAGS = PARAGRAPH_TAGS | SEGMENT_TAGS | BLOCK_TAGS

PARAGRAPH_ATTRIBUTES = {
    # linktype and id are Wagtail's references to a page or document.
    "a": ["href", "linktype", "id"],
}
# In a segment a link is a numbered placeholder; its target stays in the source.
SEGMENT_ATTRIBUTES = {"a": ["id"]}

# Allowed link protocols. Not "data" or "javascript", which run code in the reader's
# browser, and not "//host", whose protocol is that of the current page.
LINK_PROTOCOLS = {"http", "https", "mailto", "tel"}

# Tags that separate words, even if the parser drops them, such as a cell outside a
# table.
BLOCK_EDGE = re.compile(
    rf"(</?(?:{'|'.join(sorted(BLOCK_TAGS - {'p'}))})(?:\s[^<>]*)?>)", re.I
)

PARAGRAPH_EDGE = re.compile(r"(</?p(?:\s[^<>]*)?>)", re.I)

# Characters that browsers ignore in a URL.
IGNORED_IN_ADDRESSES = re.compile(r"[\s\x00-\x20\x7f]")
# Ids of pages and documents in Wagtail, and of links in wagtail-localize.
OWN_ID = re.compile(r"a?\d+")
OWN_LINK_TYPES = {"page", "document"}


def _allow_attribute(allowed: dict[str, list[str]]) -> Any:
    def decide(tag: str, name: str, value: str) -> bool:
        if name not in allowed.get(tag, ()):
            return False
        if name == "href":
            return not _is_protocol_relative(value)
        if name == "id":
            return bool(OWN_ID.fullmatch(value))
        return value in OWN_LINK_TYPES  # of "linktype"

    return decide


def _is_protocol_relative(address: str) -> bool:
    address = IGNORED_IN_ADDRESSES.sub("", html.unescape(address))
    return address.replace("\\", "/").startswith("//")


class _Cleaners(local):
    """The cleaners of one thread: bleach's parser keeps state while it works."""

    def __init__(self) -> None:
        self.of_paragraphs = _cleaner(PARAGRAPH_TAGS | BLOCK_TAGS, PARAGRAPH_ATTRIBUTES)
        self.of_segments = _cleaner(SEGMENT_TAGS, SEGMENT_ATTRIBUTES)


def _cleaner(tags: Set[str], attributes: dict[str, list[str]]) -> Cleaner:
    cleaner = Cleaner(
        tags=tags,
        attributes=_allow_attribute(attributes),
        protocols=LINK_PROTOCOLS,
        strip=True,
        strip_comments=True,
    )
    # "<br/>", as Wagtail and wagtail-localize write it.
    cleaner.serializer.use_trailing_solidus = True
    cleaner.serializer.space_before_trailing_solidus = False
    return cleaner


_cleaners = _Cleaners()


def clean_link(address: str) -> str:
    """Return *address* if it is a full http or https URL, else ``""``."""
    address = storable_text(address, single_line=True)
    try:
        scheme = urlsplit(IGNORED_IN_ADDRESSES.sub("", address)).scheme
    except ValueError:  # an unterminated bracket of an IPv6 address
        return ""
    return address.strip() if scheme in {"http", "https"} else ""


# A publication stores each text several times: in the page, a revision, a version.
@lru_cache(maxsize=256)
def clean_html(markup: str) -> str:
    """Return *markup* with only the elements that a paragraph may contain.

    Block elements become ``<p>``, and other unknown elements are unwrapped. Scripts,
    styles and embedded documents are removed with their content; event attributes,
    styles and links with protocols other than :data:`LINK_PROTOCOLS` are removed. Line
    separators become ``<br/>``; other control characters are removed. The result can be
    opened in the rich text editor, see :mod:`newsroom.sanitising.paragraphs`. The
    function is idempotent.
    """
    return _within_limits(_clean_paragraphs, markup)


def clean_segment(markup: str) -> str:
    """Return a translated segment with only the inline tags that are allowed."""
    return _within_limits(_clean_inline, markup)


def _within_limits(clean: Callable[[str], str], markup: str) -> str:
    """Clean *markup*, and clean it again if the result has too many tags.

    Elements that were left open may have multiplied. The final result has few enough
    tags to be unchanged by another cleaning.
    """
    cleaned = clean(markup)
    return clean(cleaned) if cleaned.count("<") > MAX_TAGS else cleaned


def _clean_paragraphs(markup: str) -> str:
    cleaned = _sanitised(
        markup, _cleaners.of_paragraphs, lambda text: BLOCK_EDGE.sub(r"\n\1\n", text)
    )
    return as_paragraphs(with_complete_links(cleaned))


def _clean_inline(markup: str) -> str:
    return _sanitised(
        markup,
        _cleaners.of_segments,
        lambda text: PARAGRAPH_EDGE.sub(r" \1", BLOCK_EDGE.sub(r" \1", text)),
    )


def _sanitised(markup: str, cleaner: Cleaner, part: Callable[[str], str]) -> str:
    """Rewrite *markup* so that sanitising takes linear time, and sanitise it.

    *part* separates the words of adjacent blocks.
    """
    rewritten = canonical(
        storable_markup(markup), known=KNOWN_TAGS, parting=PARTING_TAGS
    )
    cleaned = cleaner.clean(part(without_deep_nesting(rewritten.markup)))
    return cleaned.replace(rewritten.ampersand, "&")
