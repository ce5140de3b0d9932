"""TMX 1.4, the exchange format of translation memories."""

import re
from collections.abc import Iterable
from html import escape
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from newsroom.sanitising.cleaning import SEGMENT_TAGS
from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.languages import language_of
from newsroom.translation.exchange.memory.pairs import Pair
from newsroom.translation.exchange.xml import (
    LANGUAGE,
    add,
    child,
    children,
    name_of,
    parse,
    written,
)

# The header's data type for HTML texts, such as segments.
_HTML = "html"
_TOOL = "newsroom-archive"
_DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
# Elements that contain tags of another format. Inside, ``sub`` contains words, for
# example of a footnote, which are not part of the sentence.
_CODES = {"bpt", "ept", "ph", "it", "ut", "x"}
# Codes that separate words: line break, tab.
_BREAK = re.compile(r"\b(?:br\d*|par|line|tab|lb|w:br|w:tab)\b", re.I)
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(sorted(SEGMENT_TAGS))})\s*/?>", re.I)
# OmegaT replaces the tags of a file by these and writes them as text: <f0>, </f0>,
# <br1/>.
_OMEGAT_TAG = re.compile(r"</?[a-z]{1,4}\d{1,6}/?>", re.I)
# Maximum per unit: the number of pairs grows with its square.
MAX_LANGUAGES = 20


def write(pairs: Iterable[Pair]) -> bytes:
    """Return *pairs* as TMX; raise FileError for text that XML cannot contain."""
    root = etree.Element("tmx", version="1.4")
    header = {
        "creationtool": _TOOL,
        "creationtoolversion": "1",
        "segtype": "block",
        "o-tmf": _TOOL,
        "adminlang": "en",
        "srclang": "*all*",
        "datatype": _HTML,
    }
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    for pair in pairs:
        unit = add(body, "tu", srclang=pair.source_language)
        for code, text in (
            (pair.source_language, pair.source),
            (pair.target_language, pair.target),
        ):
            variant = etree.SubElement(unit, "tuv", {LANGUAGE: code})
            add(variant, "seg", text)
    return written(root, _DOCTYPE)


def read(data: bytes) -> list[Pair]:
    """Return every pair of languages of every unit.

    Texts are escaped if the file does not declare HTML. Inline codes are removed,
    except those that contain a tag allowed in segments. Raises FileError, with the
    line, for invalid or hostile files.
    """
    root = parse(data, may_name_dtd=True)
    header, body = child(root, "header"), child(root, "body")
    if name_of(root) != "tmx" or header is None or body is None:
        raise FileError(_("This is not a TMX file."))
    is_html = header.get("datatype", "").lower() == _HTML
    is_own = header.get("creationtool") == _TOOL
    pairs = []
    for unit in children(body, "tu"):
        variants = children(unit, "tuv")
        line = unit.sourceline or 0
        if len(variants) > MAX_LANGUAGES:
            raise FileError(
                _("A unit has more than %(limit)d languages.")
                % {"limit": MAX_LANGUAGES},
                line,
            )
        sides = [_side(node, is_html=is_html, is_own=is_own) for node in variants]
        for (here, source), (there, target) in combinations(sides, 2):
            if here and there and here != there and source and target:
                pairs.append(Pair(here, source, there, target, line))
    return pairs


def _side(node: Any, *, is_html: bool, is_own: bool) -> tuple[str, str]:
    code = language_of(node.get(LANGUAGE) or node.get("lang") or "")
    segment = child(node, "seg")
    if segment is None:
        return code, ""
    if is_own:
        return code, "".join(segment.itertext())
    text = _words(segment, is_html=is_html)
    return code, text


def _words(segment: Any, *, is_html: bool) -> str:
    """Return the text of another tool's segment as HTML."""

    def read_text(text: str | None) -> str:
        text = _OMEGAT_TAG.sub("", text or "")
        return text if is_html else escape(text, quote=False)

    def read_node(parent: Any) -> str:
        parts = [read_text(parent.text)]
        for node in parent:
            if name_of(node) in _CODES:
                parts.append(_code(node, is_html=is_html))
            else:
                parts.append(read_node(node))  # hi and unknown elements around words
            parts.append(read_text(node.tail))
        return "".join(parts)

    found = read_node(segment)
    if len(segment) or found != (segment.text or ""):
        found = re.sub(" {2,}", " ", found)
    return found.strip()


def _code(node: Any, *, is_html: bool) -> str:
    code = "".join(node.itertext()).strip()
    if is_html and _INLINE_TAG.fullmatch(code):
        return code
    stands_alone = name_of(node) in {"ph", "ut", "x"}
    return " " if stands_alone and _BREAK.search(code) else ""
