"""Factories of records, with defaults for all untested fields."""

from datetime import UTC, datetime
from typing import Any

from search.index import entries, term_statistics
from search.index.documents import IndexDocument, Value
from search.models import Entry

LONG_AGO = datetime(2015, 6, 1, 12, tzinfo=UTC)


def record(
    key: str, title: str = "", locale: str = "kk", **fields: Any
) -> IndexDocument:
    """Return a record in a group of its own, unless *fields* say otherwise."""
    return IndexDocument(
        **{
            "key": f"{key}:{locale}",
            "group": key,
            "locale": locale,
            "url": f"/{locale}/{key}/",
            "title": title,
            "lead": "",
            "body": "",
            "names": "",
            "published_at": LONG_AGO,
            **fields,
        }
    )


def put(*records: IndexDocument) -> list[Entry]:
    """Write records as entries, and count their words at once."""
    written = entries.put_many(records)
    term_statistics.apply_all_deltas()
    return written


def place(key: str, **labels: str) -> Value:
    """Return a place with its names by language."""
    return Value("place", key, labels)
