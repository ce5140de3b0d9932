"""TBX (ISO 30042), the exchange format of termbases.

Files are written as TBX-Basic of 2008 (version 2, ``martif``), which every tool reads.
Versions 2 and 3 are read, version 3 in both styles: data categories as attributes (DCA)
or as elements (DCT).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.languages import language_of
from newsroom.translation.exchange.terms.entries import TermEntry, TermText
from newsroom.translation.exchange.xml import LANGUAGE, add, name_of, parse, written
from newsroom.translation.models import Term

_ENTRIES = {"termEntry", "conceptEntry"}
_LANGUAGES = {"langSet", "langSec"}
_TERMS = {"tig", "ntig", "termSec"}
_DOCTYPE = '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">'
_CONSTRAINTS = "http://www.lisa.org/fileadmin/standards/tbx_basic/TBXBasicXCSV02.xcs"
_SOURCE = "newsroom-archive"
_PROVISIONAL = "provisionallyProcessed"
_STATUS_WRITTEN = {
    Term.Status.APPROVED: "preferredTerm-admn-sts",
    Term.Status.PROPOSED: "admittedTerm-admn-sts",
    Term.Status.DEPRECATED: "deprecatedTerm-admn-sts",
}
_STATUS_READ = {
    "preferredterm-admn-sts": Term.Status.APPROVED,
    "admittedterm-admn-sts": Term.Status.APPROVED,
    "deprecatedterm-admn-sts": Term.Status.DEPRECATED,
    "supersededterm-admn-sts": Term.Status.DEPRECATED,
}


def write(entries: Iterable[TermEntry]) -> bytes:
    """Return *entries* as TBX-Basic; raise FileError for text not allowed in XML."""
    root = etree.Element("martif", {"type": "TBX-Basic", LANGUAGE: "en"})
    header = add(root, "martifHeader")
    add(add(add(header, "fileDesc"), "sourceDesc"), "p", _SOURCE)
    add(add(header, "encodingDesc"), "p", _CONSTRAINTS, type="XCSURI")
    body = add(add(root, "text"), "body")
    for entry in entries:
        node = add(body, "termEntry", id=f"c-{entry.key}")
        if entry.subject_field:
            add(node, "descrip", entry.subject_field, type="subjectField")
        if entry.note:
            add(node, "note", entry.note)
        languages: dict[str, Any] = {}
        for term in entry.terms:
            if term.language not in languages:
                languages[term.language] = add(node, "langSet")
                languages[term.language].set(LANGUAGE, term.language)
            _add_term(languages[term.language], term)
    return written(root, _DOCTYPE)


def _add_term(language: Any, term: TermText) -> None:
    group = add(language, "tig")
    add(group, "term", term.text)
    status = _STATUS_WRITTEN[Term.Status(term.status)]
    add(group, "termNote", status, type="administrativeStatus")
    if term.status == Term.Status.PROPOSED:
        add(group, "termNote", _PROVISIONAL, type="processStatus")
    if term.note:
        add(group, "note", term.note)


def read(data: bytes) -> list[TermEntry]:
    """Return the concepts of a file.

    Raises FileError, with the line, for invalid or hostile files and for files that are
    not TBX.
    """
    root = parse(data, may_name_dtd=True)
    if name_of(root) not in {"martif", "tbx"}:
        raise FileError(_("This is not a TBX file."))
    return [_entry(node) for node in _named(root, _ENTRIES)]


def _entry(node: Any) -> TermEntry:
    terms = [
        _term(group, language)
        for language in _named(node, _LANGUAGES)
        for group in _named(language, _TERMS)
    ]
    return TermEntry(
        key=(node.get("id") or "").removeprefix("c-"),
        terms=tuple(term for term in terms if term.text),
        note=_own(node, "note") or _own(node, "descrip", "definition"),
        subject_field=_own(node, "descrip", "subjectField"),
        line=node.sourceline or 0,
    )


def _term(group: Any, language: Any) -> TermText:
    code = language.get(LANGUAGE) or language.get("lang") or ""
    text = next((_text(node) for node in _named(group, {"term"})), "")
    status = _own(group, "termNote", "administrativeStatus").lower()
    is_provisional = _own(group, "termNote", "processStatus") == _PROVISIONAL
    found = _STATUS_READ.get(status, Term.Status.PROPOSED)
    if found == Term.Status.APPROVED and is_provisional:
        found = Term.Status.PROPOSED
    return TermText(
        language=language_of(code),
        text=text,
        status=found,
        note=_own(group, "note"),
        line=group.sourceline or 0,
    )


def _own(parent: Any, name: str, kind: str = "") -> str:
    """Return the text of the first element of that name and type in this scope.

    Elements of nested languages and terms are skipped. In style DCT, the type is the
    element's name.
    """
    for node in parent:
        called = name_of(node)
        if called in _LANGUAGES | _TERMS:
            continue
        if called == name and (not kind or node.get("type") == kind):
            return _text(node)
        if kind and called == kind:
            return _text(node)
        if called.endswith("Grp") and (found := _own(node, name, kind)):
            return found
    return ""


def _named(parent: Any, names: set[str]) -> Iterator[Any]:
    """Yield the descendants with these names, without those nested in one another.

    Deliberately nested elements would otherwise be read once for each ancestor.
    """
    for node in parent:
        if name_of(node) in names:
            yield node
        else:
            yield from _named(node, names)


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())
