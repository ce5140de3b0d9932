"""The registry of rows: what each measures, and its bars."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .data import Data


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of `total`, as a share, and the least or the most that it may be."""

    label: str
    count: int
    total: int
    least: float | None = None
    most: float | None = None
    errors: tuple[str, ...] = ()
    """Errors that lower the figure, the most frequent first."""

    @property
    def value(self) -> float:
        return self.count / self.total if self.total else 0.0

    @property
    def holds(self) -> bool:
        """Whether the figure keeps within its bars."""
        enough = self.least is None or self.value >= self.least
        return enough and (self.most is None or self.value <= self.most)

    @property
    def bar(self) -> str:
        """The bars as text."""
        bars = (("≥", self.least), ("≤", self.most))
        return ", ".join(
            f"{sign} {self.written(bar)}" for sign, bar in bars if bar is not None
        )

    def written(self, value: float) -> str:
        """Return a value of this figure as text."""
        return f"{value:.1%}"

    def __str__(self) -> str:
        return f"{self.written(self.value)} of {self.total}"


class Count(Figure):
    """A figure that is given as a number, and so are its bars."""

    @property
    def value(self) -> float:
        return self.count

    def written(self, value: float) -> str:
        """Return a value of this figure as text."""
        return f"{value:.0f}"


Measure = Callable[[Data], Iterator[Figure]]


class Row(NamedTuple):
    """One row of the table: a name for the command line, a title, its function."""

    name: str
    title: str
    measure: Measure


ROWS: dict[str, Row] = {}


def row(name: str, title: str) -> Callable[[Measure], Measure]:
    """Register the decorated function as the row `name`, in the order of the table."""

    def register(measure: Measure) -> Measure:
        if name in ROWS:
            raise ValueError(f"There are two rows {name!r}.")
        ROWS[name] = Row(name, title, measure)
        return measure

    return register
