"""What can be done in the background: named kinds, each a function for one item."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Params = Mapping[str, Any]


class ItemFailedError(Exception):
    """An item cannot be done; the message says why, to whoever started the job."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an item: a sentence, and where to look at it."""

    message: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """``do(user, job's params, item's params)`` does one item, in a transaction of its
    own; it raises ItemFailedError where that cannot be.

    What takes long and writes nothing, such as asking another server, is for
    ``prepare``: it has the same arguments, and its result is the last one of ``do``.
    """

    name: str
    label: str | Promise
    do: Callable[..., Outcome]
    prepare: Callable[[Any, Params, Params], Any] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> Kind:
    """Return the kind of this name. Raises KeyError for one that is not known."""
    return _kinds[name]


def label_of(name: str) -> str | Promise:
    return _kinds[name].label if name in _kinds else name
