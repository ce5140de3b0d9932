"""Reading and writing of XML; every XML file from outside is read by :func:`parse`."""

import re
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from newsroom.sanitising.xml_guard import (
    XMLRefusedError,
    parse_xml,
    without_declaration,
)
from newsroom.translation.exchange.encodings import decoded
from newsroom.translation.exchange.files import FileError

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Characters that XML 1.0 cannot contain, not even as references.
FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The declaration may be in any encoding; it is read as if it were ASCII.
_DECLARED = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")


def parse(data: bytes, *, may_name_dtd: bool = False) -> Any:
    """Return the root element of an XML file, as :func:`parse_xml` does.

    Raises FileError, with the line, for what is refused there, and for text in an
    unknown encoding.
    """
    try:
        return parse_xml(_decoded(data), may_name_dtd=may_name_dtd)
    except XMLRefusedError as error:
        raise FileError(str(error), error.line) from error


def _decoded(data: bytes) -> str:
    found = _DECLARED.search(data[:400])
    text = decoded(data, found[1].decode("ascii") if found else "")
    return without_declaration(text)


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
