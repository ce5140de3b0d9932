"""Conversion of inline codes in segments to HTML.

A segment is HTML here and is exported as text with escaped tags. Tools that know HTML
return codes instead: elements that contain a tag, name it or refer to it. Such a code
is replaced by its tag. A code without that information is removed; the text inside it
is kept.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.xml import name_of

# Elements that contain their tag, in XLIFF 1.2.
_HOLDING = {"bpt", "ept", "it", "ph"}
# Tags by code type, from the attributes ctype (1.2) and subType (2.0).
_TAGS = {
    "bold": "b",
    "italic": "i",
    "link": "a",
    "lb": "br",
    "x-html-br": "br",
    "fmt:b": "b",
    "fmt:i": "i",
    "fmt:lb": "br",
    "fmt:sup": "sup",
    "fmt:sub": "sub",
}
_NAMED = re.compile(r"x-(?:html-)?(abbr|acronym|b|bdi|code|em|i|strong|sub|sup)", re.I)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.I)
_CHARACTERS = re.compile("[\t\n\r -\ud7ff\ue000-\U0010ffff]")


def text_of_1(container: Any) -> str:
    """Return the HTML of an XLIFF 1.2 ``source`` or ``target``."""
    return _Codes1().text(container)


class _Codes1:
    """The codes of one XLIFF 1.2 segment; an id links the two parts of a pair."""

    def __init__(self) -> None:
        self.open: dict[str, str] = {}

    def text(self, parent: Any) -> str:
        parts = [parent.text or ""]
        for node in parent:
            parts += [self._code(node), node.tail or ""]
        return "".join(parts)

    def _code(self, node: Any) -> str:
        name = name_of(node)
        if name in _HOLDING:
            return "".join(node.itertext()) or self._standalone(node)
        if name == "g":
            tag = _tag_of(node)
            inner = self.text(node)
            return f"<{tag}>{inner}</{tag}>" if tag else inner
        if name == "x":
            return self._standalone(node)
        if name == "bx":
            return self._opening(node)
        if name == "ex":
            closed = self.open.pop(_pair(node), "")
            return _literal(node) or (f"</{closed}>" if closed else "")
        return self.text(node)  # mrk, sub and unknown elements: keep the words

    def _standalone(self, node: Any) -> str:
        tag = _tag_of(node)
        return _literal(node) or ("<br>" if tag == "br" else "")

    def _opening(self, node: Any) -> str:
        tag = _tag_of(node)
        if tag:
            self.open[_pair(node)] = tag
        return _literal(node) or (f"<{tag}>" if tag else "")


def text_of_2(container: Any, data: Mapping[str, str]) -> str:
    """Return the HTML of an XLIFF 2.0 ``source`` or ``target``.

    *data* is the ``originalData`` of its unit, by code id.
    """
    return _Codes2(data).text(container)


class _Codes2:
    """The codes of one segment of XLIFF 2.0."""

    def __init__(self, data: Mapping[str, str]) -> None:
        self.data = data
        self.open: dict[str, str] = {}

    def text(self, parent: Any) -> str:
        parts = [parent.text or ""]
        for node in parent:
            parts += [self._code(node), node.tail or ""]
        return "".join(parts)

    def _code(self, node: Any) -> str:
        name = name_of(node)
        if name == "cp":
            return _character(node)
        tag = _tag_of(node)
        if name == "pc":
            before = self._original(node, "dataRefStart", f"<{tag}>" if tag else "")
            after = self._original(node, "dataRefEnd", f"</{tag}>" if tag else "")
            return before + self.text(node) + after
        if name == "ph":
            return self._original(node, "dataRef", "<br>" if tag == "br" else "")
        if name == "sc":
            self.open[node.get("id", "")] = tag
            return self._original(node, "dataRef", f"<{tag}>" if tag else "")
        if name == "ec":
            tag = self.open.pop(node.get("startRef", ""), tag)
            return self._original(node, "dataRef", f"</{tag}>" if tag else "")
        if name in {"sm", "em"}:
            return ""
        return self.text(node)  # mrk

    def _original(self, node: Any, attribute: str, default: str) -> str:
        return self.data.get(node.get(attribute, ""), default)


def original_data(unit: Any) -> dict[str, str]:
    """Return the original tags stored in an XLIFF 2.0 unit, by code id."""
    return {
        node.get("id", ""): _Codes2({}).text(node)
        for parent in unit
        if name_of(parent) == "originalData"
        for node in parent
    }


def _tag_of(node: Any) -> str:
    kind = node.get("ctype") or node.get("subType") or ""
    named = _NAMED.fullmatch(kind)
    return named[1].lower() if named else _TAGS.get(kind, "")


def _literal(node: Any) -> str:
    """Return the ``equiv-text`` of a code if it is a tag, or else ""."""
    text = node.get("equiv-text", "")
    return text if _TAG.fullmatch(text) else ""


def _pair(node: Any) -> str:
    return node.get("rid") or node.get("id") or ""


def _character(node: Any) -> str:
    code = node.get("hex", "")
    try:
        found = chr(int(code, 16))
    except (ValueError, OverflowError):
        found = ""
    if _CHARACTERS.fullmatch(found):
        return found
    raise FileError(
        _("The character U+%(code)s cannot be stored.") % {"code": code[:8].upper()},
        node.sourceline or 0,
    )
