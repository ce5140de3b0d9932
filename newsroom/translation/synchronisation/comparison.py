"""Comparison of the facts of a source with those that a translation was made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from newsroom.articles.models import ArticlePage
from newsroom.translation.synchronisation.facts import Facts, synchronised_names


class FactKind(StrEnum):
    """The kind of a changed fact.

    ``VALUE`` is the value of a field or of a part of a block. The others belong to rich
    text (links, formatting), tables (size, options) and sequences of blocks.
    """

    VALUE = "value"
    LINKS = "links"
    FORMATTING = "formatting"
    SIZE = "size"
    OPTIONS = "options"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FactChange:
    """A changed fact.

    ``path`` is the wagtail-localize path of the value; ``field_path`` is the same path
    with block types instead of ids.
    """

    kind: FactKind
    path: str
    field_path: str
    old: Any = None
    new: Any = None


def changed_facts(
    old: Facts | None, new: Facts, *, is_synchronised: bool
) -> list[FactChange]:
    """Return the differences in the order of the article; none if *old* is None.

    Added and removed blocks with text are skipped, because the comparison of segments
    reports them. If the translation *is_synchronised*, fields that are copied
    immediately are skipped too.
    """
    if old is None:
        return []
    left_out = set(synchronised_names(ArticlePage)) if is_synchronised else set()
    names = _Names(old, new)
    return [
        change
        for path, value in new.items()
        if path in old and path not in left_out and old[path] != value
        for change in _changes(path, names(path), old[path], value)
    ]


class _Names:
    """A function that replaces the ids of blocks in a path by their types."""

    def __init__(self, *facts: Facts) -> None:
        self.kinds = {
            entry[0]: entry[1]
            for known in facts
            for value in known.values()
            if _is_sequence(value)
            for entry in value
        }

    def __call__(self, path: str) -> str:
        return ".".join(self.kinds.get(part, part) for part in path.split("."))


def _is_sequence(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(entry, list) and len(entry) == 3 for entry in value
    )


def _changes(path: str, name: str, old: Any, new: Any) -> Iterator[FactChange]:
    if "." not in path and path != "body":
        if old or new:
            yield FactChange(FactKind.VALUE, path, name, old, new)
    elif _is_sequence(old) and _is_sequence(new) and (old or new):
        yield from _order(path, name, old, new)
    elif isinstance(new, dict) and isinstance(old, dict) and "links" in new:
        if len(old["links"]) == len(new["links"]) and old["links"] != new["links"]:
            yield FactChange(FactKind.LINKS, path, name, old["links"], new["links"])
        has_as_many = old["strings"] == new["strings"]
        if has_as_many and old["template"] != new["template"]:
            yield FactChange(FactKind.FORMATTING, path, name)
    elif isinstance(new, dict) and isinstance(old, dict) and "cells" in new:
        if old["options"] != new["options"]:
            yield FactChange(FactKind.OPTIONS, path, name)
        if old["cells"] == new["cells"] and old["size"] != new["size"]:
            yield FactChange(FactKind.SIZE, path, name, old["size"], new["size"])
    elif old or new:
        yield FactChange(FactKind.VALUE, path, name, old, new)


def _order(
    path: str, name: str, old: list[list[Any]], new: list[list[Any]]
) -> Iterator[FactChange]:
    before, after = [entry[0] for entry in old], [entry[0] for entry in new]
    for identity, kind, has_words in new:
        if identity not in before and not has_words:
            yield FactChange(FactKind.ADDED, f"{path}.{identity}", f"{name}.{kind}")
    for identity, kind, has_words in old:
        if identity not in after and not has_words:
            yield FactChange(FactKind.REMOVED, f"{path}.{identity}", f"{name}.{kind}")
    common = set(before) & set(after)
    if [i for i in before if i in common] != [i for i in after if i in common]:
        yield FactChange(FactKind.MOVED, path, name)
