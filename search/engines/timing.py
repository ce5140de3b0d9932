"""The time that engines take for one search, however many requests it makes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from search.signals import answered


@dataclass(slots=True)
class EngineTime:
    """The seconds spent so far, and the engine that answered first."""

    seconds: float = 0.0
    engine: str = ""


_current: ContextVar[EngineTime | None] = ContextVar("engine time", default=None)


@contextmanager
def one_search() -> Iterator[EngineTime]:
    """Time all requests within the context as one search.

    At its end the signal ``answered`` is sent once, if an engine has answered. An inner
    context belongs to the search of the outer one.
    """
    current = _current.get()
    if current is not None:
        yield current
        return
    current = EngineTime()
    token = _current.set(current)
    try:
        yield current
    finally:
        _current.reset(token)
        if current.engine:
            answered.send_robust(
                sender=one_search, engine=current.engine, seconds=current.seconds
            )


@contextmanager
def timed() -> Iterator[EngineTime]:
    """Add the time within the context to that of the current search."""
    with one_search() as current:
        started = time.perf_counter()
        try:
            yield current
        finally:
            current.seconds += time.perf_counter() - started
