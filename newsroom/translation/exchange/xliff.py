"""XLIFF 1.2 and 2.0, by translate-toolkit.

It is an optional dependency (requirements-exchange.txt): its licence is not the
archive's. Whoever imports this module must be ready for ImportError.
"""

from typing import Any

from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from newsroom.translation.exchange.files import Document, FileError, Unit
from newsroom.translation.exchange.xml import refuse_hostile, refuse_unwritable

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def write(document: Document, version: str) -> bytes:
    """Return *document* as XLIFF of *version*, "1.2" or "2.0". Raises FileError for
    text that no XML can hold."""
    store = _new(document, version)
    for unit in document.units:
        refuse_unwritable(unit.source, unit.target)
        made = _added(store, unit.source, document.article)
        made.setid(unit.key)
        made.xmlelement.set(_SPACE, "preserve")
        if unit.target:
            made.settarget(unit.target)
        if unit.note:
            made.addnote(unit.note, origin="developer")
        if version == "1.2" and unit.target:
            made.marktranslated()
            if unit.is_machine_made:
                made.markfuzzy()
    return bytes(store)


def _added(store: Any, source: str, article: str) -> Any:
    if isinstance(store, xlifffile):
        return store.addsourceunit(source, article, createifmissing=True)
    return store.addsourceunit(source)


def _new(document: Document, version: str) -> Any:
    languages = {
        "sourcelanguage": document.source_language,
        "targetlanguage": document.target_language,
    }
    store: Any
    if version == "2.0":
        store = Xliff2File(**languages)
        file_node = next(store.document.getroot().iter("{*}file"))
        file_node.set("original", document.article)
        return store
    store = xlifffile(**languages)
    store.getfilenode("NoName").set("original", document.article)
    return store


def read(data: bytes) -> Document:
    """Return what *data* holds. Raises FileError, with the line, for what is broken or
    hostile."""
    refuse_hostile(data)
    root = fromstring(data)
    version = root.get("version", "")
    try:
        store = (Xliff2File if version.startswith("2") else xlifffile).parsestring(data)
        tree = store.document.getroot()
        file_node = next(tree.iter("{*}file"))
    except Exception as error:
        raise FileError(_("This is no XLIFF file.")) from error
    if version.startswith("2"):
        languages = tree.get("srcLang"), tree.get("trgLang")
    else:
        languages = file_node.get("source-language"), file_node.get("target-language")
    return Document(
        article=file_node.get("original") or "",
        source_language=languages[0] or "",
        target_language=languages[1] or "",
        units=[_unit(unit) for unit in store.units if not unit.isheader()],
    )


def _unit(unit: Any) -> Unit:
    key = unit.getid().rpartition("\x04")[2]
    return Unit(
        key=key,
        source=str(unit.source or ""),
        target=str(unit.target or ""),
        line=unit.xmlelement.sourceline or 0,
    )
