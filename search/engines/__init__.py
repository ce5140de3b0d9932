"""Search engines behind one contract.

An engine is handed what a query means (:class:`search.meaning.Meaning`) and answers
with the keys of entries, best first. It knows the terms of entries and nothing of
pages, templates or languages.
"""

from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found. Scores compare within one answer only."""

    entry_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """``total`` counts all hits, ``hits`` holds the slice that was asked for."""

    total: int
    hits: list[Hit]


class Engine(Protocol):
    def find(
        self, meaning: Meaning, *, locales: list[str], offset: int, limit: int
    ) -> Answer:
        """Return the hits in *locales* from *offset*, at most *limit*, best first.

        Equal scores are in the order of publication, newest first.
        """
        ...


def default_engine() -> Engine:
    """The engine of the database that this site runs on."""
    if connection.vendor == "sqlite":
        from search.engines.sqlite import SQLiteEngine

        return SQLiteEngine()
    raise ImproperlyConfigured(
        f"There is no search engine for {connection.vendor} yet: "
        "set DATABASE_URL to an SQLite file, or leave it out."
    )
