"""Conversion of cleaned HTML to the paragraphs that the rich text editor supports.

Wagtail's Draftail reader (``HtmlToContentStateHandler``) asserts that tags are closed
in order and that no emphasis or link is open at the end of a paragraph, looks up page
links by their id, and silently drops unexpected markup. This module flattens markup
into runs of text with their emphasis and link, and writes those runs as the editor's
exporter does. Its output is thus always readable, and opening and saving a text in the
editor changes nothing.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

from wagtail.whitelist import check_url

from newsroom.sanitising.characters import LINE_BREAKS, storable_text

# Emphasis in the order in which the editor nests it: by the name of its style.
INLINE_TAGS = ("b", "strong", "i", "em", "bdi", "sub", "sup")
# Elements that end a paragraph before and after themselves.
BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
# Elements that separate words.
PARTING_TAGS = BLOCK_TAGS | {"br"}
LINK_TYPES = {"page", "document"}
# A primary key of at most 18 digits, which every database can look up.
_PRIMARY_KEY = re.compile(r"0*([0-9]{1,18})")
# Characters that HTML collapses to one space; a form feed is a line break here.
_SPACES = re.compile(r"[ \t\n\r]+")
_SEPARATOR = re.compile(f"[{LINE_BREAKS}]")
BREAK = "\n"


class Run(NamedTuple):
    r"""Text with the same emphasis and link. ``\n`` is a line break.

    ``link`` is the index of the ``<a>`` element, or ``None`` outside links.
    """

    text: str
    tags: tuple[str, ...]
    link: int | None


def as_paragraphs(markup: str) -> str:
    """Return cleaned *markup* as a sequence of ``<p>`` elements.

    *markup* contains no scripts or comments. Text of unknown elements is kept. A
    fragment without block elements is returned without ``<p>``.
    """
    reader = _ParagraphReader()
    reader.feed(markup)
    reader.close()
    paragraphs = [_rendered(runs, reader.links) for runs in reader.paragraphs]
    if reader.has_blocks:
        return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    # The editor's reader ignores a line break before the first paragraph.
    return re.sub(r"^(?:<br/>)+", "", "".join(paragraphs))


class _ParagraphReader(HTMLParser):
    """Parser that collects the runs of each paragraph and the attributes of links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[list[Run]] = []
        self.links: list[str] = []
        self.has_blocks = False
        self._runs: list[Run] = []
        self._tags: Counter[str] = Counter()
        self._open_links: list[int | None] = []
        self._is_empty_paragraph = False

    def close(self) -> None:
        super().close()
        self._end_paragraph()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._add(BREAK)
        elif tag == "a":
            self._open_link(_link_attributes(dict(attrs)))
        elif tag in INLINE_TAGS:
            self._tags[tag] += 1
        elif tag in BLOCK_TAGS:
            self._end_paragraph()
            self.has_blocks = True
            self._is_empty_paragraph = tag == "p"

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open_links:
            self._open_links.pop()
        elif tag in INLINE_TAGS and self._tags[tag]:
            self._tags[tag] -= 1
        elif tag in BLOCK_TAGS:
            if self._is_empty_paragraph and not any(self._words()):
                self.paragraphs.append(self._runs)  # a blank line that somebody typed
                self._runs = []
            self._end_paragraph()

    def handle_data(self, data: str) -> None:
        first, *others = _SEPARATOR.split(data)
        self._add(_SPACES.sub(" ", storable_text(first)))
        for part in others:
            self._add(BREAK)
            self._add(_SPACES.sub(" ", storable_text(part)))

    def _open_link(self, attributes: str) -> None:
        # Links do not nest: the text of an inner link belongs to that link only.
        outer = self._open_links[-1] if self._open_links else None
        if attributes:
            self.links.append(attributes)
        self._open_links.append(len(self.links) - 1 if attributes else outer)

    def _add(self, text: str) -> None:
        if text:
            tags = tuple(tag for tag in INLINE_TAGS if self._tags[tag])
            link = self._open_links[-1] if self._open_links else None
            self._runs.append(Run(text, tags, link))

    def _words(self) -> Iterator[str]:
        return (run.text for run in self._runs if run.text.strip())

    def _end_paragraph(self) -> None:
        # Line breaks alone are a paragraph only if they are inside one.
        if any(self._words()) or (self._is_empty_paragraph and self._runs):
            self.paragraphs.append(self._runs)
        self._runs = []
        self._is_empty_paragraph = False


def _link_attributes(attributes: dict[str, str | None]) -> str:
    """Return the attributes of a link as they are stored, or "" if it has no target."""
    if attributes.get("linktype") in LINK_TYPES:
        key = _PRIMARY_KEY.fullmatch(attributes.get("id") or "")
        return f'id="{key[1]}" linktype="{attributes["linktype"]}"' if key else ""
    url = (attributes.get("href") or "").strip()
    if not url or check_url(url) is None:
        return ""
    return f'href="{html.escape(url)}"'


def _rendered(runs: list[Run], links: list[str]) -> str:
    pieces = []
    for link, inside in groupby(_spaced(runs), key=lambda run: run.link):
        text = "".join(_emphasised(inside))
        pieces.append(text if link is None else f"<a {links[link]}>{text}</a>")
    return "".join(pieces)


def _emphasised(runs: Iterable[Run]) -> Iterator[str]:
    """Yield the HTML of *runs*, closing and opening as few elements as possible."""
    opened: tuple[str, ...] = ()
    for run in runs:
        same = 0
        while same < min(len(opened), len(run.tags)) and opened[same] == run.tags[same]:
            same += 1
        yield from (f"</{tag}>" for tag in reversed(opened[same:]))
        yield from (f"<{tag}>" for tag in run.tags[same:])
        yield html.escape(run.text, quote=False).replace(BREAK, "<br/>")
        opened = run.tags
    yield from (f"</{tag}>" for tag in reversed(opened))


def _spaced(runs: list[Run]) -> list[Run]:
    """Merge runs, and move spaces to where the editor's reader puts them.

    A space at the end of emphasis or of a link moves behind it. A space at the start or
    end of a paragraph, or next to a line break, is removed.
    """
    line = _Line()
    for run in runs:
        for part in re.split(f"({BREAK})", run.text):
            if part == BREAK:
                line.add_break(run)
            elif part:
                line.add(run._replace(text=part))
    return line.runs


def _without_last_spaces(text: str) -> str:
    """Return *text* without trailing spaces; line breaks among them are kept."""
    kept = len(text.rstrip())
    return text[: max(kept, text.rfind(BREAK, kept) + 1)]


class _Line:
    """Runs in the order in which they are written."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._space_is_due = False
        self._has_words = False

    def add_break(self, run: Run) -> None:
        # The editor loses a break inside a link, so the break is written outside the
        # link.
        self._write(run._replace(text=BREAK, link=None))
        self._space_is_due = False

    def add(self, run: Run) -> None:
        """Write the text of *run*; hold a trailing space back until text follows."""
        text = run.text.rstrip() if run.text.endswith(" ") else run.text
        is_after_break = bool(self.runs) and self.runs[-1].text.endswith(BREAK)
        if self._space_is_due or not self._has_words:
            text = text.lstrip()
        elif is_after_break:
            text = text.lstrip(" ")
        if text:
            if self._space_is_due:
                self._write_space(run)
            self._write(run._replace(text=text))
            self._has_words = True
            is_after_break = False
        if run.text.endswith(" "):
            self._space_is_due = self._has_words and not is_after_break
        elif text:
            self._space_is_due = False

    def _write_space(self, following: Run) -> None:
        before = self.runs[-1]
        link = before.link if before.link == following.link else None
        if (before.tags, before.link) == ((), link):
            # The reader drops other kinds of space before a trailing space.
            self.runs[-1] = before._replace(text=_without_last_spaces(before.text))
        if not self.runs[-1].text.endswith(BREAK):
            self._write(Run(" ", (), link))

    def _write(self, run: Run) -> None:
        last = self.runs[-1] if self.runs else None
        if last and (last.tags, last.link) == (run.tags, run.link):
            self.runs[-1] = last._replace(text=last.text + run.text)
        else:
            self.runs.append(run)
