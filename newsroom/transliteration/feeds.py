"""Conversion of an Atom feed to a script edition: its Kazakh texts, and its links.

Ids of articles do not change, since the article is the same in every script. The feed's
own id is the URL of its search page, which differs.
"""

from html import escape, unescape
from xml.etree import ElementTree

from newsroom.transliteration.editions import (
    LANGUAGE,
    ScriptEdition,
    in_edition,
    is_convertible,
)
from newsroom.transliteration.text import converted_text

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Elements whose text is converted.
_TEXTS = frozenset(f"{{{_ATOM}}}{name}" for name in ("title", "subtitle", "name"))
_SUMMARY, _ID, _LINK, _CATEGORY = (
    f"{{{_ATOM}}}{name}" for name in ("summary", "id", "link", "category")
)

# Otherwise, the writer generates a prefix for every element.
ElementTree.register_namespace("", _ATOM)


def convert_feed(xml: bytes, edition: ScriptEdition, host: str) -> bytes:
    """Return the feed in the edition's script.

    Absolute URLs belong to the site if they have *host*. A feed whose root is not in
    Kazakh is returned unchanged.
    """
    root = ElementTree.fromstring(xml)  # noqa: S314  (the site's own answer)
    if root.tag != f"{{{_ATOM}}}feed" or root.get(_LANG) != LANGUAGE:
        return xml
    _convert(root, edition, host, is_kazakh=True)
    written: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return written


def _convert(
    element: ElementTree.Element, edition: ScriptEdition, host: str, *, is_kazakh: bool
) -> None:
    lang = element.get(_LANG)
    if lang is not None:
        is_kazakh = is_convertible(lang)
        if is_kazakh:
            element.set(_LANG, edition.lang)
    if element.tag == _LINK:
        element.set("href", in_edition(element.get("href", ""), edition, host))
    elif element.tag == _ID:
        element.text = in_edition(element.text or "", edition, host)
    elif is_kazakh and element.tag in _TEXTS:
        element.text = converted_text(element.text or "", edition)
    elif is_kazakh and element.tag == _SUMMARY:
        # Text that is escaped as HTML.
        text = converted_text(unescape(element.text or ""), edition)
        element.text = escape(text)
    elif is_kazakh and element.tag == _CATEGORY:
        element.set("term", converted_text(element.get("term", ""), edition))
    for child in element:
        _convert(child, edition, host, is_kazakh=is_kazakh)
