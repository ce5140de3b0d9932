"""TBX (ISO 30042), the exchange format of termbases, by translate-toolkit.

Written in the TBX-Basic dialect of 2008, which every tool reads. Read in that and in
that of 2019, whose elements have other names and which translate-toolkit does not know:
by lxml, then, that comes with it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree  # type: ignore[import-untyped]
from translate.storage.tbx import tbxfile

from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.terms.entries import Entry, TermText
from newsroom.translation.exchange.xml import refuse_hostile, refuse_unwritable
from newsroom.translation.models import Term

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ENTRIES = {"termEntry", "conceptEntry"}
_LANGUAGES = {"langSet", "langSec"}
_TERMS = {"tig", "ntig", "termSec"}
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


def write(entries: Iterable[Entry]) -> bytes:
    """Return *entries* as TBX-Basic. Raises FileError for text that no XML can hold."""
    store = tbxfile()
    root = store.document.getroot()
    root.set("type", "TBX-Basic")
    for entry in entries:
        unit = store.UnitClass(None)
        unit._store = store
        node = unit.xmlelement
        node.set("id", f"c-{entry.key}")
        if entry.subject_field:
            _add(node, "descrip", entry.subject_field, type="subjectField")
        if entry.note:
            _add(node, "note", entry.note)
        languages: dict[str, Any] = {}
        for term in entry.terms:
            if term.language not in languages:
                languages[term.language] = etree.SubElement(node, "langSet")
                languages[term.language].set(_LANGUAGE, term.language)
            _add_term(languages[term.language], term)
        store.addunit(unit)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_term(language: Any, term: TermText) -> None:
    group = etree.SubElement(language, "tig")
    _add(group, "term", term.text)
    written = _STATUS_WRITTEN[Term.Status(term.status)]
    _add(group, "termNote", written, type="administrativeStatus")
    if term.status == Term.Status.PROPOSED:
        _add(group, "termNote", _PROVISIONAL, type="processStatus")
    if term.note:
        _add(group, "note", term.note)


def _add(parent: Any, name: str, text: str, **attributes: str) -> None:
    refuse_unwritable(text)
    etree.SubElement(parent, name, attributes).text = text


def read(data: bytes) -> list[Entry]:
    """Return the concepts of a file. Raises FileError, with the line, for what is
    broken, hostile or no termbase."""
    refuse_hostile(data, may_name_dtd=True)
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    if _name(root) not in {"martif", "tbx"}:
        raise FileError(_("This is no TBX file."))
    return [_entry(node) for node in _named(root, _ENTRIES)]


def _entry(node: Any) -> Entry:
    terms = [
        _term(group, language)
        for language in _named(node, _LANGUAGES)
        for group in _named(language, _TERMS)
    ]
    return Entry(
        key=(node.get("id") or "").removeprefix("c-"),
        terms=tuple(term for term in terms if term.text),
        note=_own(node, "note") or _own(node, "descrip", "definition"),
        subject_field=_own(node, "descrip", "subjectField"),
        line=node.sourceline or 0,
    )


def _term(group: Any, language: Any) -> TermText:
    code = language.get(_LANGUAGE) or language.get("lang") or ""
    text = next((_text(node) for node in _named(group, {"term"})), "")
    status = _own(group, "termNote", "administrativeStatus").lower()
    is_provisional = _own(group, "termNote", "processStatus") == _PROVISIONAL
    found = _STATUS_READ.get(status, Term.Status.PROPOSED)
    if found == Term.Status.APPROVED and is_provisional:
        found = Term.Status.PROPOSED
    return TermText(
        language=code.replace("_", "-").partition("-")[0].lower(),
        text=text,
        status=found,
        note=_own(group, "note"),
        line=group.sourceline or 0,
    )


def _own(parent: Any, name: str, kind: str = "") -> str:
    """The text of the first element of that name, not of those in another scope."""
    for node in parent:
        if _name(node) in _LANGUAGES | _TERMS:
            continue
        if _name(node) == name and (not kind or node.get("type") == kind):
            return _text(node)
        if _name(node).endswith("Grp") and (found := _own(node, name, kind)):
            return found
    return ""


def _named(parent: Any, names: set[str]) -> Iterator[Any]:
    return (node for node in parent.iter() if _name(node) in names)


def _name(node: Any) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())
