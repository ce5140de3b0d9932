"""Role of each HTML element when a document is split into blocks."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum


class ElementRole(Enum):
    PARAGRAPH = "paragraph"  # its text becomes a paragraph
    HEADING = "heading"
    LIST = "list"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    CAPTION = "caption"  # of a table
    ASIDE = "aside"  # a fact box, if it has a heading
    EDGE = "edge"  # ends a paragraph; its content is split further
    BREAK = "break"
    INLINE = "inline"  # kept in a paragraph
    PICTURE = "picture"  # reported: the clipboard contains no file
    EMBED = "embed"  # a link to it, if it has a URL; else reported
    REPORTED = "reported"  # left out, and reported
    SILENT = "silent"  # left out silently: readers do not see it


ELEMENT_ROLES: dict[str, ElementRole] = {
    **dict.fromkeys(
        ("p", "pre", "address", "dt", "dd", "figcaption"), ElementRole.PARAGRAPH
    ),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), ElementRole.HEADING),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), ElementRole.LIST),
    "li": ElementRole.ITEM,
    **dict.fromkeys(("blockquote",), ElementRole.QUOTE),
    "table": ElementRole.TABLE,
    "tr": ElementRole.ROW,
    **dict.fromkeys(("td", "th"), ElementRole.CELL),
    "caption": ElementRole.CAPTION,
    "aside": ElementRole.ASIDE,
    **dict.fromkeys(
        [
            "article",
            "body",
            "center",
            "details",
            "dialog",
            "div",
            "dl",
            "fieldset",
            "figure",
            "footer",
            "form",
            "header",
            "hgroup",
            "hr",
            "legend",
            "main",
            "nav",
            "section",
            "summary",
            "tbody",
            "tfoot",
            "thead",
        ],
        ElementRole.EDGE,
    ),
    "br": ElementRole.BREAK,
    **dict.fromkeys(
        ["a", "b", "strong", "i", "em", "bdi", "sub", "sup"], ElementRole.INLINE
    ),
    "img": ElementRole.PICTURE,
    **dict.fromkeys(("iframe", "embed"), ElementRole.EMBED),
    **dict.fromkeys(
        [
            "applet",
            "audio",
            "button",
            "canvas",
            "input",
            "math",
            "meter",
            "object",
            "progress",
            "select",
            "svg",
            "textarea",
            "video",
        ],
        ElementRole.REPORTED,
    ),
    **dict.fromkeys(
        [
            "area",
            "base",
            "colgroup",
            "head",
            "link",
            "map",
            "meta",
            "noembed",
            "noframes",
            "noscript",
            "param",
            "plaintext",
            "script",
            "source",
            "style",
            "template",
            "title",
            "track",
            "xml",
            "xmp",
        ],
        ElementRole.SILENT,
    ),
}

_HEADING_CLASS = re.compile(r"\b(?:MsoTitle|MsoSubtitle|MsoHeading\w*)\b")
_LIST_CLASS = re.compile(r"\bMsoListParagraph")
_QUOTE_CLASS = re.compile(r"\bMso(?:Intense)?Quote\b")
_DECLARATION = re.compile(r"\s*([\w-]+)\s*:\s*([^;]*)")
_BOLD = re.compile(r"bold|bolder|[6-9]00")
_RAISED = {"super": "sup", "sub": "sub"}
_LENGTH = re.compile(r"(-?(?:\d{1,6}(?:\.\d{1,6})?|\.\d{1,6}))(?:%|pt|px|em)")
# The inline tag that is stored for an element.
_EMPHASIS = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("i", "em"), "i"),
    **{tag: tag for tag in ("bdi", "sub", "sup")},
}


@dataclass
class OpenElement:
    """An element whose end tag has not been read yet."""

    tag: str
    role: ElementRole | None
    emphasis: Counter[str]
    link: str
    is_silent: bool


def role_of(
    tag: str, attributes: dict[str, str], style: dict[str, str]
) -> ElementRole | None:
    """Return the role of an element, or None if only its content matters.

    Word writes headings, lists and quotations as paragraphs with a class.
    """
    names = attributes.get("class") or ""
    if tag == "p":
        if _LIST_CLASS.match(names) or style.get("mso-list", "").startswith("l"):
            return ElementRole.ITEM
        if _HEADING_CLASS.search(names) or "mso-outline-level" in style:
            return ElementRole.HEADING
        if _QUOTE_CLASS.search(names):
            return ElementRole.QUOTE
    if attributes.get("role") == "heading":
        return ElementRole.HEADING
    return ELEMENT_ROLES.get(tag)


def is_tracking_pixel(attributes: dict[str, str]) -> bool:
    """Return whether a picture has a width or height of at most one pixel."""
    sizes = {attributes.get("width"), attributes.get("height")}
    return not sizes.isdisjoint({"0", "1"})


def is_struck(tag: str, style: dict[str, str]) -> bool:
    """Return whether an element is struck through."""
    lines = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    return tag in {"s", "strike", "del"} or "line-through" in lines


def declarations(style: str) -> dict[str, str]:
    """Return the declarations of a ``style`` attribute, in lower case."""
    found = (_DECLARATION.match(one) for one in style.lower().split(";"))
    return {match[1]: match[2].strip() for match in found if match}


def emphasis(tag: str, style: dict[str, str]) -> dict[str, bool]:
    """Return the inline tags that an element turns on (True) or off (False).

    Google Docs wraps everything in ``<b style="font-weight:normal">``, and writes
    emphasis as styles of spans.
    """
    changes = {_EMPHASIS[tag]: True} if tag in _EMPHASIS else {}
    if weight := style.get("font-weight"):
        changes["b"] = bool(_BOLD.match(weight))
    if slant := style.get("font-style"):
        changes["i"] = slant in {"italic", "oblique"}
    if raised := _raised(style):
        changes[raised] = True
    return changes


def _raised(style: dict[str, str]) -> str:
    """Return the tag for text that a style raises or lowers, or ""."""
    align = style.get("vertical-align", "")
    if align in _RAISED:
        return _RAISED[align]
    length = _LENGTH.match(style.get("mso-text-raise") or align)
    shift = float(length[1]) if length else 0
    if not shift:
        return ""
    return "sub" if shift < 0 else "sup"
