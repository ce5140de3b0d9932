"""Unfinished work that is held by an account, and can be handed to a colleague.

Each app registers its kinds of work when it is loaded. Finished work is none: articles
keep their authors, comments their names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from newsroom.access.users import User


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of work.

    Attributes:
        name: Identifies the kind in the audit log.
        label: What a person reads, in the plural.
        find: Returns what an account holds.
        title: Returns the name of one piece of work.
        may_take: Whether an account may take over one piece of work.
        hand_over: Gives pieces of work to an account; called in a transaction.
        order: The position in lists.
    """

    name: str
    label: str | Promise
    find: Callable[[User], Sequence[Any]]
    title: Callable[[Any], str]
    may_take: Callable[[User, Any], bool]
    hand_over: Callable[[Sequence[Any], User, User], object]
    order: int = 0


_kinds: list[Holding] = []


def register(kind: Holding) -> None:
    _kinds.append(kind)


def kinds_of_work() -> list[Holding]:
    return sorted(_kinds, key=lambda kind: (kind.order, kind.name))
