"""Figures with their bars, and the registry of the rows that measure them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .data import Data


@dataclass(frozen=True, slots=True)
class Figure:
    """A count out of `total`, shown as a share, with its lower or upper bar."""

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
        """Whether the figure is within its bars."""
        enough = self.least is None or self.value >= self.least
        return enough and (self.most is None or self.value <= self.most)

    @property
    def bar(self) -> str:
        """The bars, formatted: ``≥ 90.0%``."""
        bars = (("≥", self.least), ("≤", self.most))
        return ", ".join(
            f"{sign} {self.written(bar)}" for sign, bar in bars if bar is not None
        )

    def written(self, value: float) -> str:
        """Format *value*, the figure or one of its bars, as a percentage."""
        return f"{value:.1%}"

    def __str__(self) -> str:
        return f"{self.written(self.value)} of {self.total}"


class Count(Figure):
    """A figure that is shown as a count, with bars that are counts."""

    @property
    def value(self) -> float:
        return self.count

    def written(self, value: float) -> str:
        """Format *value*, the figure or one of its bars, as an integer."""
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
