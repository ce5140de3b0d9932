"""Conversion of an HTML document to the blocks of an article.

For pasted content and for importers: Word, LibreOffice, Google Docs, Telegram, web
pages. Nothing is fetched. :mod:`newsroom.sanitising.elements` defines the role of each
element.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from newsroom.sanitising.characters import storable_text
from newsroom.sanitising.cleaning import clean_html, clean_link
from newsroom.sanitising.elements import (
    ElementRole,
    OpenElement,
    declarations,
    emphasis,
    is_struck,
    is_tracking_pixel,
    role_of,
)
from newsroom.sanitising.reports import Reports
from newsroom.sanitising.tables import Table

# A book of 300 pages has about 600,000 characters; Word adds about as much in styles.
MAX_LENGTH = 2_000_000
# libxml2 builds 256 levels at most; editors write about thirty.
MAX_DEPTH = 200
MAX_BLOCKS = 1_000
MAX_TITLE = 255

Block = dict[str, Any]
_EMPHASIS = ("b", "i", "bdi", "sub", "sup")
_BREAKS_AT_EDGE = re.compile(r"^<p>(?:<br/>)++|(?<!<br/>)(?:<br/>)++</p>$")
_FOOTNOTE = re.compile(r"#_?(?:ftn|edn|_)")
_QUOTES = {"«": "»", "“": "”", '"': '"', "„": "“"}
# Word's conditional sections, <![if …]> and <![endif]>: their content is shown.
_CONDITION = re.compile(r"<!\[[^<>]*>")


class SplitError(ValueError):
    """Error for a document that is too long, too deep, or has too many blocks."""


@dataclass
class Split:
    """Result of a conversion.

    ``blocks`` are raw StreamField values ``{"type": …, "value": …}``; ``reports`` say
    what was left out.
    """

    blocks: list[Block] = field(default_factory=list)
    reports: Reports = field(default_factory=Reports)


def split(markup: str) -> Split:
    """Return the blocks of *markup*. Raises SplitError."""
    return read(markup, Splitter())


def read(markup: str, splitter: "Splitter") -> Split:
    """Return the result of *splitter* for *markup*. Raises SplitError."""
    if len(markup) > MAX_LENGTH:
        raise SplitError("too long")
    text = _CONDITION.sub("", storable_text(markup))
    if text.strip():
        parser = etree.HTMLParser(
            target=splitter, remove_comments=True, remove_pis=True
        )
        parser.feed(f"<div>{text}</div>")
        parser.close()
    return splitter.result()


class Splitter:
    """Target of lxml's parser that receives tags in order and builds blocks."""

    def __init__(self) -> None:
        self.split = Split()
        self._reports = self.split.reports
        self._blocks = self.split.blocks
        self._outer: list[list[Block]] = []  # blocks around an aside
        self._stack: list[OpenElement] = []
        self._markup: list[str] = []  # of the current paragraph
        self._is_plain = True
        self._kind = ElementRole.PARAGRAPH
        self._items: list[str] = []
        self._lists = 0
        self._quotes = 0
        self._tables: list[Table] = []

    # The interface that lxml calls.

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise SplitError("too deep")
        parent = self._stack[-1] if self._stack else None
        style = declarations(attributes.get("style") or "")
        role = role_of(tag, attributes, style)
        hidden = style.get("display") == "none" or "ignore" in style.get("mso-list", "")
        marks = Counter(parent.emphasis) if parent else Counter[str]()
        for name, is_on in emphasis(tag, style).items():
            marks[name] = int(is_on)
        link = parent.link if parent else ""
        if tag == "a" and not _FOOTNOTE.match(attributes.get("href") or ""):
            link = (attributes.get("href") or "").strip()
        silent = bool(parent and parent.is_silent)
        silent = (
            silent
            or hidden
            or role in (ElementRole.SILENT, ElementRole.REPORTED, ElementRole.EMBED)
        )
        self._stack.append(OpenElement(tag, role, marks, link, silent))
        if not (parent and parent.is_silent) and not hidden:
            self._begin(tag, role, attributes, style)

    def end(self, tag: str) -> None:
        element = self._stack.pop()
        if element.role not in (None, ElementRole.INLINE):
            self._reports.data(" ")
        self._reports.end(len(self._stack))
        if not element.is_silent:
            self._finish(element.role)

    def data(self, text: str) -> None:
        self._reports.data(text)
        element = self._stack[-1] if self._stack else None
        if element is None or element.is_silent:
            return
        if any(one.tag == "pre" for one in self._stack):
            text = text.replace("\n", "\x0b")
        self._add(text, element)

    def comment(self, text: str) -> None:
        pass

    def pi(self, target: str, data: str | None = None) -> None:
        pass

    def close(self) -> None:
        self._end_paragraph()

    def result(self) -> Split:
        self._end_paragraph()
        self._end_list()
        while self._outer:
            self._end_aside()
        return self.split

    # Handling of tags.

    def _begin(
        self,
        tag: str,
        role: ElementRole | None,
        attributes: dict[str, str],
        style: dict[str, str],
    ) -> None:
        depth = len(self._stack) - 1
        if is_struck(tag, style):
            self._reports.begin("strike", depth)
        if role is ElementRole.BREAK:
            self._markup.append("\x0b")
        elif role is ElementRole.PICTURE:
            self._picture(attributes)
        elif role is ElementRole.EMBED:
            self._embed(attributes)
        elif role is ElementRole.REPORTED:
            self._reports.begin("embedded", depth)
        elif self._tables and role not in (None, ElementRole.INLINE):
            self._begin_in_table(role, attributes, tag)
        elif role is not None and role is not ElementRole.INLINE:
            self._begin_block(tag, role, attributes)

    def _begin_block(
        self, tag: str, role: ElementRole, attributes: dict[str, str]
    ) -> None:
        if (
            role is ElementRole.PARAGRAPH
            and self._kind is ElementRole.ITEM
            and self._lists
        ):
            self._markup.append("\x0b" if self._has_words() else "")
            return
        if role is ElementRole.PARAGRAPH and self._quotes:
            self._markup.append("\x0b" if self._has_words() else "")
            return
        self._end_paragraph()
        if role is not ElementRole.ITEM and not self._lists:
            self._end_list()
        if role is ElementRole.LIST:
            self._lists += 1
            if tag == "ol" or self._lists > 1:
                self._reports.begin("list", len(self._stack) - 1)
        elif role is ElementRole.TABLE:
            self._tables.append(Table())
        elif role is ElementRole.ASIDE:
            self._outer.append(self._blocks)
            self._blocks = []
        elif role is ElementRole.QUOTE:
            self._quotes += 1
        self._kind = (
            role
            if role in (ElementRole.HEADING, ElementRole.ITEM, ElementRole.QUOTE)
            else (ElementRole.QUOTE if self._quotes else ElementRole.PARAGRAPH)
        )

    def _begin_in_table(
        self, role: ElementRole | None, attributes: dict[str, str], tag: str
    ) -> None:
        table = self._tables[-1]
        if role is ElementRole.TABLE:
            self._tables.append(Table())
            self._markup.append(" ")
        elif role is ElementRole.ROW:
            self._cell_ends()
            table.begin_row()
        elif role is ElementRole.CELL:
            self._cell_ends()
            table.begin_cell(attributes, is_head=tag == "th")
        elif self._has_words():
            self._markup.append("\x0b")

    def _finish(self, role: ElementRole | None) -> None:
        if self._tables:
            self._finish_in_table(role)
        elif role in (None, ElementRole.INLINE, ElementRole.BREAK, ElementRole.PICTURE):
            return
        elif role is ElementRole.PARAGRAPH and (self._quotes or self._lists):
            if self._has_words():
                self._markup.append("\x0b")
        else:
            self._end_paragraph()
            if role is ElementRole.LIST:
                self._lists = max(0, self._lists - 1)
                if not self._lists:
                    self._end_list()
            elif role is ElementRole.QUOTE:
                self._quotes = max(0, self._quotes - 1)
            elif role is ElementRole.ASIDE and self._outer:
                self._end_aside()
            self._kind = ElementRole.QUOTE if self._quotes else ElementRole.PARAGRAPH

    def _finish_in_table(self, role: ElementRole | None) -> None:
        if role is ElementRole.CELL:
            self._cell_ends()
        elif role is ElementRole.CAPTION:
            text, _plain = self._taken()
            self._tables[-1].add_caption(text)
        elif role is ElementRole.TABLE:
            self._cell_ends()
            table = self._tables.pop()
            if self._tables:  # a nested table: its text stays in the cell
                self._markup.append(" ".join(map(html.escape, table.words())))
            else:
                self._end_table(table)

    # Construction of blocks.

    def _add(self, text: str, element: OpenElement) -> None:
        marks = [tag for tag in _EMPHASIS if element.emphasis[tag] > 0]
        opened = "".join(f"<{tag}>" for tag in marks)
        closed = "".join(f"</{tag}>" for tag in reversed(marks))
        written = f"{opened}{html.escape(text, quote=False)}{closed}"
        if element.link:
            written = f'<a href="{html.escape(element.link)}">{written}</a>'
        self._is_plain = self._is_plain and (written == html.escape(text, quote=False))
        self._markup.append(written)

    def _has_words(self) -> bool:
        return any(piece.strip() for piece in self._markup)

    def _taken(self) -> tuple[str, bool]:
        """Return the collected text and whether it was plain, and clear both."""
        text, plain = self._plain_text(), self._is_plain
        self._markup, self._is_plain = [], True
        return text, plain

    def _plain_text(self) -> str:
        words = html.unescape(re.sub(r"<[^<>]*>", "", "".join(self._markup)))
        lines = (" ".join(line.split()) for line in words.split("\x0b"))
        return "\n".join(line for line in lines if line)

    def _end_paragraph(self) -> None:
        kind = self._kind
        if kind is ElementRole.PARAGRAPH:
            written, self._markup = "".join(self._markup), []
            self._is_plain = True
            # Chat programs separate paragraphs by empty lines.
            for part in re.split(r"(?:\x0b\s*){2,}", written):
                clean = clean_html(f"<p>{part.strip()}</p>")
                clean = _BREAKS_AT_EDGE.sub(_edge, clean)
                if re.sub(r"<[^<>]*>", "", clean).strip():
                    self._end_list_before_text()
                    self._put("paragraph", clean)
            return
        text, plain = self._taken()
        if not text:
            return
        if not plain:
            self._reports.add("emphasis", text)
        if kind is ElementRole.ITEM:
            self._items.append(text)
        elif kind is ElementRole.HEADING:
            self._put("heading", " ".join(text.split()))
        else:
            last = self._blocks[-1] if self._blocks else None
            quote = {"text": _unquoted(text), "said": "", "speaker": "", "role": ""}
            if last and last["type"] == "quote" and last.get("is_open"):
                last["value"]["text"] += f"\n{quote['text']}"
            else:
                self._put("quote", quote)

    def _end_list_before_text(self) -> None:
        if not self._lists:
            self._end_list()

    def _end_list(self) -> None:
        if self._items:
            items, self._items = self._items, []
            value = {"heading": "", "introduction": "", "items": items}
            self._put("list", value)

    def _cell_ends(self) -> None:
        text, plain = self._taken()
        self._tables[-1].add_text(text)
        if text and not plain:
            self._reports.add("emphasis", text)

    def _end_table(self, table: Table) -> None:
        for text in table.merged:
            self._reports.add("cell", text)
        is_layout = table.is_layout()
        for text in table.words() if is_layout else table.strays:
            lines = "<br/>".join(map(html.escape, text.split("\n")))
            self._put("paragraph", clean_html(f"<p>{lines}</p>"))
        if not is_layout:
            self._put("table", table.value())

    def _end_aside(self) -> None:
        inside, self._blocks = self._blocks, self._outer.pop()
        head, *rest = inside or [{"type": ""}]
        if (
            head["type"] == "heading"
            and rest
            and all(one["type"] == "paragraph" for one in rest)
        ):
            text = "".join(one["value"] for one in rest)
            self._put("fact_box", {"title": head["value"][:MAX_TITLE], "text": text})
        else:
            self._blocks += inside

    def _picture(self, attributes: dict[str, str]) -> None:
        alt = (attributes.get("alt") or "").strip()
        if alt and len(alt) <= 8 and not any(map(str.isalnum, alt)):
            self._markup.append(html.escape(alt))  # an emoji
        elif not is_tracking_pixel(attributes):
            self._reports.add("picture", alt)

    def _embed(self, attributes: dict[str, str]) -> None:
        url = clean_link(attributes.get("src") or "")
        if not url or self._tables:
            self._reports.add("embedded", attributes.get("title") or url)
            return
        self._end_paragraph()
        title = (attributes.get("title") or "").strip() or urlsplit(url).netloc
        self._put_embed(url, title)

    def _put_embed(self, url: str, title: str) -> None:
        self._put("embed", {"url": url, "title": title, "description": ""})

    def _put(self, kind: str, value: Any) -> None:
        if len(self.split.blocks) >= MAX_BLOCKS:
            raise SplitError("too many blocks")
        self._blocks.append({"type": kind, "value": value})


def _edge(match: re.Match[str]) -> str:
    return "<p>" if match[0].startswith("<p>") else "</p>"


def _unquoted(text: str) -> str:
    """Return a quotation without the marks around it: the template adds them."""
    closing = _QUOTES.get(text[:1])
    is_one = closing and text.endswith(closing) and text[1:-1].count(text[0]) == 0
    return text[1:-1].strip() if is_one else text
