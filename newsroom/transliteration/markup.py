"""Conversion of a page's HTML to an edition's script; all other bytes are kept.

The page is parsed tag by tag, in the form in which templates and the cleaned HTML of
articles write it. The following are changed: Kazakh text that readers see, attributes
with such text, URLs of Kazakh pages that a reader can follow, ``lang``, ``dir``.

The following are not changed: elements in another language or with ``translate="no"``,
``<bdi>`` (the writers' mark for letters that must not be converted), code, scripts,
styles, user input, and table cells, items, headings, captions and paragraphs that
consist of single letters (:mod:`newsroom.transliteration.single_letters`). Neither are
letters that a text is about, unmarked texts in Russian
(:mod:`newsroom.transliteration.kept_words`), and ``<link>``: the canonical URL and
the URLs of other editions are already correct there.
"""

import re
from html import escape, unescape
from typing import NamedTuple

from newsroom.transliteration.editions import (
    LANGUAGE,
    ScriptEdition,
    in_edition,
    is_convertible,
)
from newsroom.transliteration.kept_words import is_russian
from newsroom.transliteration.single_letters import is_letters, text_of
from newsroom.transliteration.text import converted, converted_text

_TAG = re.compile(
    r"<!--.*?-->|<![^>]*>"
    r"|</(?P<closed>[a-zA-Z][^\s/>]*)[^>]*>"
    r"|<(?P<opened>[a-zA-Z][^\s/>]*)"
    r"""(?P<attributes>(?:[^"'>]++|"[^"]*+"|'[^']*+')*+)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?P<space>\s*)(?P<name>[^\s"'>/=]+)"""
    r"""(?:(?P<equals>\s*=\s*)(?P<value>"[^"]*"|'[^']*'|[^\s"'>=<`]+))?"""
)
_ROOT = re.compile(r"""<html\s[^>]*?\blang\s*=\s*["']?(?P<lang>[\w-]*)""", re.I)
_WORTH_READING = re.compile(r"lang|translate|href|action|data-|[^\x00-\x7f]|&#", re.I)
"""Matches in every tag that may have an attribute to read; others are skipped."""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TEXT_ATTRIBUTES = _names(
    "alt title placeholder label aria-label aria-description aria-roledescription "
    "aria-placeholder aria-valuetext"
)
_ADDRESSES = {"a": "href", "area": "href", "form": "action"}
_BUTTONS = frozenset({"submit", "button", "reset"})
_DESCRIBING = re.compile(
    "description|(?:og|twitter):(?:title|description|site_name|image:alt)"
    "|article:(?:section|tag)|application-name",
    re.IGNORECASE,
)
"""Names of ``<meta>`` elements whose content is text for readers."""

_NOT_TEXT = _names(
    "script style template textarea bdi code pre kbd samp var math iframe noembed "
    "noframes xmp wagtail-userbar"
)
_RAW = {
    name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE)
    for name in _names("script style textarea iframe noembed noframes xmp")
}
"""Elements whose content is no markup, with the pattern of their end tag."""
_VOID = _names("area base br col embed hr img input link meta source track wbr")
_INLINE = _names(
    "a abbr b bdi big cite data del dfn em font i ins mark q s small span strong sub "
    "sup time tt u wbr"
)
"""Inline elements: a word can continue across their tags."""
_REPEATED = _names("dd dt li option p td th tr")
"""Elements that the next start tag of the same name closes implicitly."""
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


class _ElementState(NamedTuple):
    """State inside an element: is its text Kazakh, and may it be changed?"""

    name: str
    is_kazakh: bool
    is_open: bool
    is_text: bool

    @property
    def is_converted(self) -> bool:
        return self.is_kazakh and self.is_open and self.is_text


def convert_page(html: str, edition: ScriptEdition, host: str = "") -> str:
    """Return *html* in the edition's script.

    Absolute URLs belong to the site if they have *host*. A page whose root element is
    not in Kazakh is returned unchanged.
    """
    root = _ROOT.search(html)
    if not root or root["lang"].lower() != LANGUAGE:
        return html
    return _Page(edition, host).convert(html)


class _Page:
    """State of the conversion of one page."""

    def __init__(self, edition: ScriptEdition, host: str) -> None:
        self.edition = edition
        self.host = host
        self.written: list[str] = []
        # Indexes of the text pieces that one word may span: `<a>Әкімдік</a>тің`.
        self.joined: list[int] = []
        outside = _ElementState("", is_kazakh=False, is_open=True, is_text=True)
        self.elements = [outside]

    def convert(self, html: str) -> str:
        position = 0
        while tag := _TAG.search(html, position):
            self._text(html[position : tag.start()])
            position = tag.end()
            name = (tag["opened"] or tag["closed"] or "").lower()
            if name and name not in _INLINE:
                self._finish_text()
            if tag["opened"]:
                self._open(tag, name)
                if name in _RAW:
                    end = _RAW[name].search(html, position)
                    rest = end.start() if end else len(html)
                    self.written.append(html[position:rest])
                    position = rest
            else:
                self._close(name)
                self.written.append(tag[0])
        self._text(html[position:])
        self._finish_text()
        return "".join(self.written)

    def _text(self, text: str) -> None:
        if not text:
            return
        if not self.elements[-1].is_converted or text.isspace():
            self._finish_text()
        else:
            before = self.written[self.joined[-1]] if self.joined else ""
            if not (before[-1:].isalpha() and text[0].isalpha()):
                self._finish_text()
            self.joined.append(len(self.written))
        self.written.append(text)

    def _finish_text(self) -> None:
        """Convert the text pieces collected since the last conversion."""
        if not self.joined:
            return
        texts = [self.written[place] for place in self.joined]
        plain = [unescape(text) if "&" in text else text for text in texts]
        for place, before, after in zip(
            self.joined, plain, converted(plain, self.edition), strict=True
        ):
            if after != before:
                self.written[place] = escape(after, quote=False)
        self.joined.clear()

    def _open(self, tag: re.Match[str], name: str) -> None:
        outer = self.elements[-1]
        if outer.name == name and name in _REPEATED:
            self.elements.pop()
            outer = self.elements[-1]
        attributes = tag["attributes"]
        element = _ElementState(
            name,
            outer.is_kazakh,
            outer.is_open,
            outer.is_text and name not in _NOT_TEXT,
        )
        text = text_of(name, tag.string, tag.end())
        if text and (is_letters(text) or is_russian(text)):
            element = element._replace(is_text=False)
        if name == "html" or _WORTH_READING.search(attributes):
            values = {
                match["name"].lower(): _value(match)
                for match in _ATTRIBUTE.finditer(attributes)
            }
            element = _with(element, values)
            changed = self._attributes(element, values, attributes)
            self.written.append(f"<{tag['opened']}{changed}>")
        else:
            self.written.append(tag[0])
        if name not in _VOID and not attributes.endswith("/"):
            self.elements.append(element)

    def _close(self, name: str) -> None:
        for place in range(len(self.elements) - 1, 0, -1):
            if self.elements[place].name == name:
                del self.elements[place:]
                return

    def _attributes(
        self, element: _ElementState, values: dict[str, str], attributes: str
    ) -> str:
        """Return the attributes of a tag, with the necessary changes."""
        if not element.is_open or element.name == "link":
            return attributes
        changes = self._changes(element, values)
        changes = {
            name: value for name, value in changes.items() if values.get(name) != value
        }
        if not changes:
            return attributes

        def replace(match: re.Match[str]) -> str:
            value = changes.pop(match["name"].lower(), None)
            if value is None:
                return match[0]
            return f'{match["space"]}{match["name"]}="{escape(value)}"'

        changed = _ATTRIBUTE.sub(replace, attributes)
        added = "".join(f' {name}="{value}"' for name, value in changes.items())
        return added + changed

    def _changes(
        self, element: _ElementState, values: dict[str, str]
    ) -> dict[str, str]:
        """Return the attributes whose value the edition changes or adds."""
        changes = {}
        for name, value in values.items():
            if _is_address(element.name, name) or name.startswith("data-"):
                changes[name] = in_edition(value, self.edition, self.host)
            is_read = element.is_kazakh and _is_text(element.name, name, values)
            if is_read and not is_letters(value) and not is_russian(value):
                changes[name] = converted_text(value, self.edition)
        if values.get("hreflang") == LANGUAGE:
            changes["hreflang"] = self.edition.lang
        return changes | self._direction(element, values)

    def _direction(
        self, element: _ElementState, values: dict[str, str]
    ) -> dict[str, str]:
        if element.is_kazakh and element.name == "html":
            return {"lang": self.edition.lang, "dir": self.edition.direction}
        lang = values.get("lang")
        if lang is None:
            return {}
        if element.is_kazakh:
            own = {"lang": self.edition.lang, "dir": self.edition.direction}
            return {name: value for name, value in own.items() if name in values}
        runs_back = lang.partition("-")[0].lower() in _RIGHT_TO_LEFT
        if self.edition.is_rtl and not runs_back and "dir" not in values:
            return {"dir": "ltr"}
        return {}


def _with(element: _ElementState, values: dict[str, str]) -> _ElementState:
    """Return *element* updated by its own ``lang`` and ``translate`` attributes."""
    if (lang := values.get("lang")) is not None:
        element = element._replace(is_kazakh=is_convertible(lang))
    if (translate := values.get("translate")) is not None:
        element = element._replace(is_open=translate.lower() != "no")
    return element


def _value(match: re.Match[str]) -> str:
    value = match["value"] or ""
    return unescape(value[1:-1] if value[:1] in "\"'" else value)


def _is_address(element: str, attribute: str) -> bool:
    return attribute == "formaction" or _ADDRESSES.get(element) == attribute


def _is_text(element: str, attribute: str, values: dict[str, str]) -> bool:
    if attribute in _TEXT_ATTRIBUTES:
        return True
    if attribute.startswith("data-"):
        return attribute.endswith("-label")
    if element == "meta" and attribute == "content":
        name = values.get("name") or values.get("property") or ""
        return _DESCRIBING.fullmatch(name) is not None
    is_button = element == "input" and values.get("type", "").lower() in _BUTTONS
    return is_button and attribute == "value"
