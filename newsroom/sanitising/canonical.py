"""Canonical rewriting of untrusted HTML, in one pass, before it is sanitised.

html5lib copies the text that it has read at every ``&``, comment, attribute or unknown
tag, so a megabyte of ``<!--`` takes minutes. Here, tags are recognised as the HTML
standard defines them (WHATWG HTML, 13.2.5 Tokenization), and only what the sanitiser
can keep is written: known elements, the attributes of links, and text. The time is
linear in the length. The result is not safe by itself: it is input for the sanitiser.
"""

import re
from collections import Counter
from collections.abc import Set
from html.entities import html5 as entities
from typing import NamedTuple

# A book of 300 pages in one field has about 20,000 tags, which take half a second. If a
# text has more tags than this, its words are kept, but no further tags.
MAX_TAGS = 50_000
# Browsers and servers refuse longer URLs.
MAX_ADDRESS = 8_000
# Private use characters: one that does not occur in the text replaces "&".
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))

LINK_ATTRIBUTES = {"href", "linktype", "id"}
# Elements whose content is raw text up to their end tag; dropped with their content.
RAW = {"script", "style", "xmp", "iframe", "noembed", "noframes"}
# Elements that are dropped with their descendants.
FOREIGN = {"plaintext", "template", "object", "svg", "math"}
# Void elements, without content or end tag.
VOID = {"br", "hr", "img", "input", "wbr", "col", "source", "track", "area", "embed"}
VOID |= {"link", "meta", "base", "param"}

_NAME = re.compile(r"</?([a-zA-Z][^ \t\n\f\r/>]*+)")
_ATTRIBUTE = re.compile(
    r"[ \t\n\f\r/]*+([^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)([ \t\n\f\r]*+=[ \t\n\f\r]*+)?"
)
_UNQUOTED = re.compile(r"[^ \t\n\f\r>]*+")
_SPACE = re.compile(r"[ \t\n\f\r/]*+")
_SIMPLE_TAG = re.compile(r"</?([a-zA-Z][^ \t\n\f\r/<>]*+)[^<>]*+>")
_RAW_END = {name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.I) for name in RAW}
_REFERENCE = re.compile(
    r"&(?:(#[0-9]{1,40};|#[xX][0-9a-fA-F]{1,40};|[a-zA-Z][a-zA-Z0-9]{1,31};)|)"
)


class Canonical(NamedTuple):
    """Well-formed markup in whose text :attr:`ampersand` replaces ``&``."""

    markup: str
    ampersand: str


def canonical(markup: str, *, known: Set[str], parting: Set[str]) -> Canonical:
    """Return *markup* with well-formed tags of *known* elements only.

    Other elements are unwrapped. Elements of :data:`RAW` and :data:`FOREIGN`, comments
    and declarations are dropped with their content. An unterminated tag or comment
    becomes text. After :data:`MAX_TAGS` tags, further tags are dropped, and those of
    *parting* elements are replaced by a space.
    """
    ampersand = _unused(markup)
    if not ampersand:  # all 137,468 are in use
        ampersand = chr(_PRIVATE[0][0])
        markup = markup.replace(ampersand, "")
    rewriter = _Rewriter(markup, ampersand, known, parting)
    return Canonical(rewriter.rewritten(), ampersand)


def _unused(markup: str) -> str:
    used = set(markup)
    every = (chr(code) for codes in _PRIVATE for code in codes)
    return next((character for character in every if character not in used), "")


def elements_of(markup: str) -> set[str]:
    """Return the start tags of *markup*, each with its attributes sorted by name."""
    reader = _Elements(markup)
    reader.rewritten()
    return reader.found


class _Tag(NamedTuple):
    """A tag that ends at ``end``: ``</p>`` (``is_end``) or ``<p/>`` (``is_empty``)."""

    name: str
    attributes: dict[str, str]
    end: int
    is_end: bool
    is_empty: bool


class _Rewriter:
    def __init__(
        self, markup: str, ampersand: str, known: Set[str], parting: Set[str]
    ) -> None:
        self.markup = markup
        self.ampersand = ampersand
        self.known = known
        self.parting = parting
        self.written: list[str] = []
        self.tags = 0
        # Half of the limit, because the sanitiser and the paragraph writer add end
        # tags.
        is_full = markup.count("<") > MAX_TAGS
        self.limit = MAX_TAGS // 2 if is_full else MAX_TAGS
        self.open: Counter[str] = Counter()
        self.dropped = ""  # the foreign element that is being dropped
        self.inside: Counter[str] = Counter()  # the elements open in it
        # False once a search has failed, so that it is not repeated.
        self.has_comment_end = True
        self.has_bracket = True
        self.is_simple = False

    def rewritten(self) -> str:
        at, text = 0, self.markup
        while (start := text.find("<", at)) >= 0:
            self._text(text[at:start])
            end = self._markup_at(start)
            if end == start:
                self._text("<")
                end = start + 1
            at = end
        self._text(text[at:])
        return "".join(self.written)

    def _text(self, text: str) -> None:
        if text and not self.dropped:
            text = _REFERENCE.sub(_reference, text) if "&" in text else text
            text = text.replace("<", "&lt;")
            self.written.append(text.replace("&", self.ampersand))

    def _markup_at(self, start: int) -> int:
        """Read the markup at *start*; return its end, or *start* if it is text."""
        if not self.has_bracket:
            return start
        following = self.markup[start + 1 : start + 3]
        if following[:1] in ("!", "?"):
            return self._declaration_end(start)
        named = _NAME.match(self.markup, start)
        if named is None:
            return start
        if not self.is_simple:
            if end := self._tag(named):
                return end
            # An unterminated quote or tag: from here on, no quoted attribute is
            # trusted.
            self.is_simple = True
        found = _SIMPLE_TAG.match(self.markup, start)
        if found is None:
            return start
        return self._element(self._made_of(found.end(), found[1], {}, start))

    def _declaration_end(self, start: int) -> int:
        text = self.markup
        if text.startswith("<!--", start):
            if text.startswith((">", "->"), start + 4):
                return text.index(">", start + 4) + 1
            end = text.find("-->", start + 4) if self.has_comment_end else -1
            self.has_comment_end = end >= 0
            return end + 3 if end >= 0 else start
        end = text.find(">", start)
        self.has_bracket = end >= 0
        return end + 1 if end >= 0 else start

    def _tag(self, named: re.Match[str]) -> int:
        """Read the tag of this name by the standard; return its end, or 0."""
        text = self.markup
        at = named.end()
        attributes: dict[str, str] = {}
        while found := _ATTRIBUTE.match(text, at):
            at, value = found.end(), ""
            if found[2]:
                quote = text[at : at + 1]
                if quote and quote in "\"'":
                    end = text.find(quote, at + 1)
                    if end < 0:
                        return 0
                    value, at = text[at + 1 : end], end + 1
                else:
                    end = self._past(_UNQUOTED, at)
                    value, at = text[at:end], end
            attributes.setdefault(found[1].lower(), value)
        end = self._past(_SPACE, at)
        if not text.startswith(">", end):
            return 0
        tag = self._made_of(end + 1, named[1], attributes, named.start())
        return self._element(tag)

    def _made_of(
        self, end: int, name: str, attributes: dict[str, str], start: int
    ) -> _Tag:
        """Return the tag from *start* to *end*."""
        is_end, is_empty = self.markup[start + 1] == "/", self.markup[end - 2] == "/"
        return _Tag(name.lower(), attributes, end, is_end, is_empty)

    def _past(self, run: re.Pattern[str], at: int) -> int:
        found = run.match(self.markup, at)
        return found.end() if found else at

    def _element(self, tag: _Tag) -> int:
        """Write *tag*; return the position at which reading continues."""
        name, opens = tag.name, not (tag.is_end or tag.is_empty)
        if name in RAW and opens:
            closing = _RAW_END[name].search(self.markup, tag.end)
            return closing.start() if closing else len(self.markup)
        if self.dropped:
            self._tag_in_dropped(tag)
            if self.dropped or name not in self.open:
                return tag.end
        elif name in FOREIGN:
            if opens:
                self.dropped, self.inside = name, Counter({name: 1})
            return tag.end
        if name not in VOID:
            self.open[name] += -1 if tag.is_end and self.open[name] else not tag.is_end
        self._write(tag)
        return tag.end

    def _tag_in_dropped(self, tag: _Tag) -> None:
        """Count a tag inside a foreign element.

        The element ends with its own end tag, or with that of an ancestor.
        """
        name = tag.name
        if not tag.is_end:
            self.inside[name] += not tag.is_empty and name not in VOID
        elif self.inside[name]:
            self.inside[name] -= 1
            if not self.inside[self.dropped]:
                self.dropped = ""
        elif self.open[name]:
            self.dropped = ""

    def _write(self, tag: _Tag) -> None:
        name = tag.name
        if name not in self.known:
            return
        self.tags += 1
        if self.tags > self.limit:
            self.written.extend(" " if name in self.parting else ())
        elif tag.is_end:
            self.written.append(f"</{name}>")
        else:
            link = _link(tag.attributes) if name == "a" else ""
            self.written.append(f"<{name}{link}>")


class _Elements(_Rewriter):
    """Parser that collects the elements, and writes nothing."""

    def __init__(self, markup: str) -> None:
        super().__init__(markup, "", set(), set())
        self.found: set[str] = set()

    def _text(self, text: str) -> None:
        pass

    def _element(self, tag: _Tag) -> int:
        if not tag.is_end:
            values = (
                f'{key}="{value}"' for key, value in sorted(tag.attributes.items())
            )
            self.found.add(f"<{' '.join([tag.name, *values])}>")
        return super()._element(tag)


def _link(attributes: dict[str, str]) -> str:
    return "".join(
        f' {name}="{_quoted(value)}"'
        for name, value in attributes.items()
        if name in LINK_ATTRIBUTES and len(value) <= MAX_ADDRESS
    )


def _quoted(value: str) -> str:
    value = value.replace('"', "&quot;")
    return value.replace("<", "&lt;").replace(">", "&gt;")


def _reference(found: re.Match[str]) -> str:
    """Return a character reference unchanged; escape any other ampersand."""
    name = found[1] or ""
    if name.startswith("#") or name in entities:
        return f"&{name}"
    return f"&amp;{name}"
