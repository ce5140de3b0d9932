"""Registry of the kinds of background jobs, each with a function for one item."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from newsroom.access.users import User

Params = Mapping[str, Any]


class ItemFailedError(Exception):
    """Error for an item that cannot be processed, with a message to the job's owner."""


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """The result of an item: a sentence, and the URL of a page that shows it."""

    message: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of job: its name, its label and the function that processes one item.

    ``do(user, job's params, item's params)`` processes one item in a transaction of its
    own. It raises ItemFailedError if that is impossible.

    ``prepare`` is for slow work that writes nothing, such as a request to another
    server. It has the same arguments and runs before the transaction; its result is
    passed to ``do`` as the last argument.
    """

    name: str
    label: str | Promise
    do: Callable[..., ItemOutcome]
    prepare: Callable[[User, Params, Params], Any] | None = None


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> JobKind:
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> JobKind:
    """Return the kind of this name. Raises KeyError if it is not registered."""
    return _kinds[name]


def label_of(name: str) -> str | Promise:
    return _kinds[name].label if name in _kinds else name
