"""Reading and writing of XML; every XML file from outside is read by :func:`parse`."""

import re
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from newsroom.translation.exchange.encodings import decoded
from newsroom.translation.exchange.files import FileError

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Nested groups, and nested codes in a segment: other tools write about ten levels.
MAX_DEPTH = 64
# A memory of 50,000 units has about 400,000 elements; a tree of this size takes about
# 150 MB.
MAX_ELEMENTS = 600_000
CHUNK = 65_536
# Characters before the root element: comments, processing instructions, document type.
MAX_PROLOGUE = 65_536

# Characters that XML 1.0 cannot contain, not even as references.
FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The declaration may be in any encoding; it is read as if it were ASCII.
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]{0,200}\?>")
_DECLARED = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_QUOTED = r"\"[^\"]*\"|'[^']*'"
_COMMENT = r"<!--(?:[^-]|-[^-])*-->"
_INSTRUCTION = r"<\?(?:[^?]|\?[^>])*\?>"
_PROLOGUE = re.compile(rf"(?:\s+|{_COMMENT}|{_INSTRUCTION})*")
_DOCTYPE = re.compile(
    rf"<!DOCTYPE(?:[^\[\]<>\"']|{_QUOTED})*"
    rf"(?:\[(?P<subset>(?:[^\[\]<>\"']|{_QUOTED}|{_COMMENT}|{_INSTRUCTION}"
    rf"|<!ELEMENT[^<>\"']*>)*)\]\s*)?>"
)


def parse(data: bytes, *, may_name_dtd: bool = False) -> Any:
    """Return the root element of an XML file without comments and instructions.

    With *may_name_dtd*, the file may name a document type, as TMX and TBX files do. The
    document type is never loaded and may not declare entities or attribute defaults.
    Raises FileError, with the line, for invalid or hostile files, and for more than
    :data:`MAX_DEPTH` levels or :data:`MAX_ELEMENTS` elements.
    """
    text = _without_doctype(_decoded(data), may_name_dtd=may_name_dtd)
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
        raise FileError(_("The file is broken."), line) from error
    return root


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
                raise FileError(
                    _("Elements are nested more than %(limit)d deep.")
                    % {"limit": MAX_DEPTH},
                    element.sourceline or 0,
                )
            if self.elements > MAX_ELEMENTS:
                raise FileError(
                    _("The file has more than %(limit)d elements.")
                    % {"limit": MAX_ELEMENTS},
                    element.sourceline or 0,
                )


def _decoded(data: bytes) -> str:
    found = _DECLARED.search(data[:400])
    text = decoded(data, found[1].decode("ascii") if found else "")
    declaration = _DECLARATION.match(text)
    if not declaration:
        return text
    return "\n" * declaration[0].count("\n") + text[declaration.end() :]


def _without_doctype(text: str, *, may_name_dtd: bool) -> str:
    """Return *text* with an allowed document type replaced by empty lines.

    Everything before the root element is read here, so that the parser never sees a
    document type. Raises FileError.
    """
    start = _after_prologue(text, 0)
    if text.startswith("<!DOCTYPE", start):
        doctype = _DOCTYPE.match(text, start, start + MAX_PROLOGUE)
        if doctype is None or not may_name_dtd:
            raise FileError(
                _("A file with a document type or entities is not read."),
                text.count("\n", 0, start) + 1,
            )
        blank = "\n" * doctype[0].count("\n")
        text = text[:start] + blank + text[doctype.end() :]
        start = _after_prologue(text, start)
    if text.startswith("<", start) and text[start + 1 : start + 2] not in {"!", "?"}:
        return text
    raise FileError(_("The file is broken."), text.count("\n", 0, start) + 1)


def _after_prologue(text: str, start: int) -> int:
    found = _PROLOGUE.match(text, start, start + MAX_PROLOGUE)
    return found.end() if found else start


def name_of(node: Any) -> str:
    """Return an element's name without its namespace; "" for other nodes."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def children(parent: Any, *names: str) -> list[Any]:
    """Return the child elements with one of these names, in any namespace."""
    return [node for node in parent if name_of(node) in names]


def child(parent: Any, name: str) -> Any:
    """Return the first child element of this name, or None."""
    return next(iter(children(parent, name)), None)


def add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    """Append an element in the namespace of *parent* and return it.

    Raises FileError for a character that XML cannot contain.
    """
    refuse_unwritable(text, *attributes.values())
    namespace = etree.QName(parent).namespace
    tag = f"{{{namespace}}}{name}" if namespace else name
    node = etree.SubElement(
        parent, tag, {key.replace("_", "-"): value for key, value in attributes.items()}
    )
    node.text = text or None
    return node


def written(root: Any, doctype: str | None = None) -> bytes:
    """Return the file of *root*, with elements without text indented."""
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, doctype=doctype)


def refuse_unwritable(*texts: str) -> None:
    """Raise FileError for a character that XML cannot contain."""
    for text in texts:
        if found := FORBIDDEN.search(text):
            raise FileError(
                _("The character U+%(code)s cannot be written to this format.")
                % {"code": f"{ord(found[0]):04X}"}
            )
