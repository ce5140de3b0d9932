"""Checks of quotation marks, tags, URLs and placeholders in a translation."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from newsroom.articles.word_diff import TAG
from newsroom.localisation import languages
from newsroom.translation.checks.findings import Finding, Level

_OPENING, _CLOSING = "«“„", "»”"
_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]*[»”“\"]")
_TAG = re.compile(r"<(/?)(\w+)((?:\s[^<>]*)?)>")
_ADDRESS = re.compile(
    r"https?://[^\s<>\"»”]*[^\s<>\"»”.,;:!?)]|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+\w"
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def check_quotes(source: str, translation: str, language: str) -> Iterator[Finding]:
    """Yield warnings for foreign, unbalanced or missing quotation marks."""
    wanted = languages.language(language).quotes
    text = TAG.sub("", translation)
    used = set(text) & set('«»“”„"')
    if wanted and used - set(wanted):
        yield Finding(
            "quotes-foreign",
            _("Quotation marks here are %(opening)s…%(closing)s.")
            % {"opening": wanted[0], "closing": wanted[1]},
        )
    if wanted and sum(map(text.count, wanted[0])) != sum(map(text.count, wanted[1])):
        yield Finding("quotes-open", _("A quotation is not closed, or not opened."))
    count = len(_QUOTED.findall(TAG.sub("", source)))
    if count > len(_QUOTED.findall(text)):
        yield Finding("quotes-lost", _("A quotation of the original is missing."))


def check_tags(source: str, translation: str) -> Iterator[Finding]:
    """Yield findings for missing and added inline tags of wagtail-localize."""
    wanted, found = _tags(source), _tags(translation)
    for tag in (wanted - found).elements():
        kind = _name(tag[0])
        yield Finding(
            "tag-lost",
            _("Markup of the original is missing: %(tag)s.") % {"tag": kind},
            Level.ERROR if tag[0] == "a" else Level.WARNING,
        )
    for tag in (found - wanted).elements():
        yield Finding(
            "tag-added",
            _("The original has no such markup: %(tag)s.") % {"tag": _name(tag[0])},
        )


def _name(tag: str) -> str:
    names = {
        "a": _("link"),
        "sup": _("superscript"),
        "sub": _("subscript"),
        "bdi": _("letters left as they are"),
    }
    return names.get(tag, tag)


def _tags(text: str) -> "Counter[tuple[str, str]]":
    return Counter(
        (match[2].lower(), match[3].strip())
        for match in _TAG.finditer(text)
        if not match[1]
    )


def check_addresses(source: str, translation: str) -> Iterator[Finding]:
    """Yield an error for each URL, e-mail address or placeholder that is missing."""
    wanted = Counter(_ADDRESS.findall(source)) + Counter(_PLACEHOLDER.findall(source))
    found = Counter(_ADDRESS.findall(translation)) + Counter(
        _PLACEHOLDER.findall(translation)
    )
    for address in (wanted - found).elements():
        yield Finding(
            "address-lost",
            _("This must stay as it is: %(text)s") % {"text": address},
            Level.ERROR,
        )
