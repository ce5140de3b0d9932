"""XLIFF 1.2; versions 1.0 and 1.1 are read too."""

from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from newsroom.translation.exchange.files import Document, FileError, Unit
from newsroom.translation.exchange.inline import text_of_1
from newsroom.translation.exchange.languages import language_of
from newsroom.translation.exchange.unit_states import UnitState
from newsroom.translation.exchange.xliff_states import progress_1, written_1
from newsroom.translation.exchange.xml import SPACE, add, child, name_of, written

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"


def write(document: Document) -> bytes:
    """Return *document* as XLIFF 1.2, with its HTML as escaped text."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap={None: NAMESPACE})
    root.set("version", "1.2")
    file_node = add(
        root,
        "file",
        original=document.article,
        source_language=document.source_language,
        target_language=document.target_language,
        datatype="html",
    )
    body = add(file_node, "body")
    for unit in document.units:
        _add_unit(body, unit)
    return written(root)


def _add_unit(body: Any, unit: Unit) -> None:
    node = add(body, "trans-unit", id=unit.key)
    node.set(SPACE, "preserve")
    add(node, "source", unit.source)
    if unit.target:
        is_finished = unit.state > UnitState.UNFINISHED and not unit.is_machine_made
        # Some tools read only this attribute.
        node.set("approved", "yes" if is_finished else "no")
        state = written_1(unit.state, by_machine=unit.is_machine_made)
        add(node, "target", unit.target, **state)
    if unit.note:
        add(node, "note", unit.note).set("from", "developer")


def read(root: Any) -> Document:
    """Return the contents of an XLIFF tree.

    Several ``file`` elements of one article become one document. Raises FileError.
    """
    files = [node for node in root if name_of(node) == "file"]
    if name_of(root) != "xliff" or not files:
        raise FileError(_("This is not an XLIFF file."))
    first = files[0]
    articles = {node.get("original") for node in files}
    targets = {language_of(node.get("target-language") or "") for node in files}
    if len(articles) > 1 or len(targets) > 1:
        raise FileError(
            _("The file is of several articles or languages."), files[1].sourceline or 0
        )
    return Document(
        article=first.get("original") or "",
        source_language=language_of(first.get("source-language") or ""),
        target_language=targets.pop(),
        units=[
            _unit(node)
            for file_node in files
            for node in file_node.iter("{*}trans-unit")
        ],
    )


def _unit(node: Any) -> Unit:
    source, target = child(node, "source"), child(node, "target")
    text = "" if target is None else text_of_1(target)
    progress = None if target is None or not text.strip() else progress_1(node, target)
    return Unit(
        key=(node.get("id") or "").rpartition("\x04")[2],
        source="" if source is None else text_of_1(source),
        target=text,
        line=node.sourceline or 0,
        is_machine_made=progress is not None and progress.by_machine,
        state=progress.state if progress else UnitState.UNFINISHED,
    )
