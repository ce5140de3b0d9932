"""The only reader of XML from outside, which hostile files cannot exhaust.

No entity is expanded, no document type or other file is loaded, and depth, number of
elements and length of what precedes the root are limited.
"""

import re
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

# Nested groups, and nested codes in a segment: other tools write about ten levels.
MAX_DEPTH = 64
# A memory of 50,000 units has about 400,000 elements; a tree of this size takes about
# 150 MB.
MAX_ELEMENTS = 600_000
CHUNK = 65_536
# Characters before the root element: comments, processing instructions, document type.
MAX_PROLOGUE = 65_536

# The declaration may name any encoding; the text has been decoded.
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]{0,200}\?>")
_QUOTED = r"\"[^\"]*\"|'[^']*'"
_COMMENT = r"<!--(?:[^-]|-[^-])*-->"
_INSTRUCTION = r"<\?(?:[^?]|\?[^>])*\?>"
_PROLOGUE = re.compile(rf"(?:\s+|{_COMMENT}|{_INSTRUCTION})*")
_DOCTYPE = re.compile(
    rf"<!DOCTYPE(?:[^\[\]<>\"']|{_QUOTED})*"
    rf"(?:\[(?P<subset>(?:[^\[\]<>\"']|{_QUOTED}|{_COMMENT}|{_INSTRUCTION}"
    rf"|<!ELEMENT[^<>\"']*>)*)\]\s*)?>"
)


class XMLRefusedError(Exception):
    """XML is invalid or hostile; ``line`` is the line number, 0 if it is unknown."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def parse_xml(text: str, *, may_name_dtd: bool = False) -> Any:
    """Return the root element of *text* without comments and instructions.

    *text* has no XML declaration.

    With *may_name_dtd*, it may name a document type, as TMX and TBX files do. The
    document type is never loaded and may not declare entities or attribute defaults.
    Raises XMLRefusedError, with the line, for invalid or hostile files, and for more
    than :data:`MAX_DEPTH` levels or :data:`MAX_ELEMENTS` elements.
    """
    text = _without_doctype(text, may_name_dtd=may_name_dtd)
    # One encoding for every file, so that no declaration changes how the parser reads
    # it.
    parser = etree.XMLPullParser(
        ("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    counted = _Limits()
    try:
        for start in range(0, len(text), CHUNK):
            parser.feed(text[start : start + CHUNK].encode())
            counted.count(parser)
        root = parser.close()
        counted.count(parser)
    except etree.XMLSyntaxError as error:
        with suppress(etree.XMLSyntaxError):
            counted.count(parser)  # elements before the error may be nested too deep
        # The log also holds the errors of earlier files of this thread.
        lines = (error.lineno, *(entry.line for entry in reversed(error.error_log)))
        line = next(filter(None, lines), 0)
        raise XMLRefusedError(_("The file is broken."), line) from error
    return root


def without_declaration(text: str) -> str:
    """Return *text* with its XML declaration replaced by empty lines."""
    declaration = _DECLARATION.match(text)
    if not declaration:
        return text
    return "\n" * declaration[0].count("\n") + text[declaration.end() :]


class _Limits:
    """A counter of depth and elements during parsing."""

    def __init__(self) -> None:
        self.depth = self.elements = 0

    def count(self, parser: Any) -> None:
        for event, element in parser.read_events():
            if event == "end":
                self.depth -= 1
                continue
            self.depth += 1
            self.elements += 1
            if self.depth > MAX_DEPTH:
                raise XMLRefusedError(
                    _("Elements are nested more than %(limit)d deep.")
                    % {"limit": MAX_DEPTH},
                    element.sourceline or 0,
                )
            if self.elements > MAX_ELEMENTS:
                raise XMLRefusedError(
                    _("The file has more than %(limit)d elements.")
                    % {"limit": MAX_ELEMENTS},
                    element.sourceline or 0,
                )


def _without_doctype(text: str, *, may_name_dtd: bool) -> str:
    """Return *text* with an allowed document type replaced by empty lines.

    Everything before the root element is read here, so that the parser never sees a
    document type. Raises XMLRefusedError.
    """
    start = _after_prologue(text, 0)
    if text.startswith("<!DOCTYPE", start):
        doctype = _DOCTYPE.match(text, start, start + MAX_PROLOGUE)
        if doctype is None or not may_name_dtd:
            raise XMLRefusedError(
                _("A file with a document type or entities is not read."),
                text.count("\n", 0, start) + 1,
            )
        blank = "\n" * doctype[0].count("\n")
        text = text[:start] + blank + text[doctype.end() :]
        start = _after_prologue(text, start)
    if text.startswith("<", start) and text[start + 1 : start + 2] not in {"!", "?"}:
        return text
    raise XMLRefusedError(_("The file is broken."), text.count("\n", 0, start) + 1)


def _after_prologue(text: str, start: int) -> int:
    found = _PROLOGUE.match(text, start, start + MAX_PROLOGUE)
    return found.end() if found else start
