"""Rows that the parts of one search have read, kept until its page is complete.

The steps of a search read the same rows repeatedly: a loosened search those of the
strict one, suggestions those of the query. A step may also read the rows of several
later steps with one query.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_kept: ContextVar[dict[str, dict[Any, Any]] | None] = ContextVar("kept", default=None)


@contextmanager
def keeping_rows() -> Iterator[None]:
    """Keep rows within the context; an inner context keeps them in the outer one."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def kept(name: str) -> dict[Any, Any]:
    """Return the rows kept under *name*, by what was asked for.

    Outside :func:`keeping_rows` it is a new dict.
    """
    everything = _kept.get()
    return {} if everything is None else everything.setdefault(name, {})
