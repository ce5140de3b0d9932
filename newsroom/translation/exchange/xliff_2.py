"""XLIFF 2.0, which is also the core of 2.1 and 2.2."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from newsroom.translation.exchange.files import Document, FileError, Unit
from newsroom.translation.exchange.inline import original_data, text_of_2
from newsroom.translation.exchange.languages import language_of
from newsroom.translation.exchange.unit_states import UnitProgress, UnitState
from newsroom.translation.exchange.xliff_states import (
    has_states,
    progress_2,
    written_2,
)
from newsroom.translation.exchange.xml import (
    SPACE,
    add,
    child,
    children,
    name_of,
    written,
)

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"


def write(document: Document) -> bytes:
    """Return *document* as XLIFF 2.0, with its HTML as escaped text."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap={None: NAMESPACE})
    root.set("version", "2.0")
    root.set("srcLang", document.source_language)
    root.set("trgLang", document.target_language)
    file_node = add(root, "file", id="f1", original=document.article)
    for unit in document.units:
        _add_unit(file_node, unit)
    return written(root)


def _add_unit(file_node: Any, unit: Unit) -> None:
    node = add(file_node, "unit", id=unit.key)
    if unit.note:
        add(add(node, "notes"), "note", unit.note, category="developer")
    state = written_2(
        unit.state, by_machine=unit.is_machine_made, has_text=bool(unit.target)
    )
    segment = add(node, "segment", **state)
    add(segment, "source", unit.source).set(SPACE, "preserve")
    if unit.target:
        add(segment, "target", unit.target).set(SPACE, "preserve")


def read(root: Any) -> Document:
    """Return the contents of an XLIFF tree.

    Several ``file`` elements of one article become one document. Raises FileError.
    """
    files = [node for node in root if name_of(node) == "file"]
    if name_of(root) != "xliff" or not files:
        raise FileError(_("This is not an XLIFF file."))
    if len({node.get("original") for node in files}) > 1:
        raise FileError(
            _("The file is of several articles or languages."), files[1].sourceline or 0
        )
    is_told = has_states(root)
    return Document(
        article=files[0].get("original") or "",
        source_language=language_of(root.get("srcLang") or ""),
        target_language=language_of(root.get("trgLang") or ""),
        units=[
            _unit(node, is_told=is_told)
            for file_node in files
            for node in file_node.iter("{*}unit")
        ],
    )


def _unit(node: Any, *, is_told: bool) -> Unit:
    data = original_data(node)
    parts = children(node, "segment", "ignorable")
    segments = [part for part in parts if name_of(part) == "segment"]
    done = [part for part in segments if _has_words(part, "target")]
    progress = UnitProgress(UnitState.UNFINISHED)
    if done:
        progress = progress_2(done, is_told=is_told)
    if any(part not in done and _has_words(part, "source") for part in segments):
        progress = progress._replace(state=UnitState.UNFINISHED)
    return Unit(
        key=node.get("id") or "",
        source="".join(_text(part, "source", data) for part in parts),
        target=_target(parts, data) if done else _typed(parts, data),
        line=node.sourceline or 0,
        is_machine_made=progress.by_machine,
        state=progress.state,
    )


def _has_words(segment: Any, name: str) -> bool:
    node = child(segment, name)
    return node is not None and bool("".join(node.itertext()).strip() or len(node))


def _target(parts: Sequence[Any], data: Mapping[str, str]) -> str:
    """Return the targets of a unit, joined in their own order.

    An ``ignorable`` part between segments without a target is the same in both
    languages.
    """
    numbered = enumerate(parts, start=1)
    ordered = sorted(numbered, key=lambda one: _place(one[0], one[1], len(parts)))
    return "".join(
        _text(part, "target", data)
        if child(part, "target") is not None or name_of(part) == "segment"
        else _text(part, "source", data)
        for _number, part in ordered
    )


def _typed(parts: Sequence[Any], data: Mapping[str, str]) -> str:
    """Return joined targets without words: white space added by a tool or a person."""
    return "".join(_text(part, "target", data) for part in parts)


def _place(number: int, part: Any, count: int) -> tuple[int, int]:
    """Return the sort key of a part: its ``order`` if valid, or its position.

    Both count from 1.
    """
    target = child(part, "target")
    order = "" if target is None else target.get("order", "").strip()
    is_known = order.isascii() and order.isdecimal() and 1 <= int(order[:9]) <= count
    return (int(order[:9]) if is_known else number), number


def _text(part: Any, name: str, data: Mapping[str, str]) -> str:
    node = child(part, name)
    return "" if node is None else text_of_2(node, data)
