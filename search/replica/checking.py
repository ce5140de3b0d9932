"""Comparing the database with its engines, entry by entry, and mending what differs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from elasticsearch import Elasticsearch

from search.models import Entry
from search.replica.schema import documents
from search.replica.writing import Action, write

# Entries compared at a time.
COMPARED_AT_ONCE = 5_000
# How long the view of the index is kept open between two pages of it.
KEEP_ALIVE = "2m"


@dataclass(slots=True)
class Differences:
    """What an index lacks, holds in an old form, and holds though it is gone: keys."""

    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    ghosts: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.ghosts)

    def __str__(self) -> str:
        return (
            f"missing {len(self.missing)}, stale {len(self.stale)},"
            f" ghosts {len(self.ghosts)}"
        )


def compare_replica(client: Elasticsearch, index: str) -> Differences:
    """Compare the documents of *index* with the entries, by key and last change.

    Changes that the worker has not carried yet count as differences.
    """
    held = dict(_held(client, index))
    differences = Differences()
    entries = Entry.objects.order_by("pk").values_list("key", "seq")
    for key, seq in entries.iterator(chunk_size=COMPARED_AT_ONCE):
        found = held.pop(key, None)
        if found is None:
            differences.missing.append(key)
        elif found != seq:
            differences.stale.append(key)
    differences.ghosts = sorted(held)
    return differences


def _held(client: Elasticsearch, index: str) -> Iterator[tuple[str, int]]:
    """(key, number of its last change) of every document, from one point in time."""
    client.indices.refresh(index=index)
    pit = client.open_point_in_time(index=index, keep_alive=KEEP_ALIVE)["id"]
    after = None
    try:
        while True:
            page = client.search(
                pit={"id": pit, "keep_alive": KEEP_ALIVE},
                size=COMPARED_AT_ONCE,
                query={"exists": {"field": "locale"}},
                sort=[{"_shard_doc": "asc"}],
                source_includes=["key", "seq"],
                track_total_hits=False,
                search_after=after,
            )
            hits = page["hits"]["hits"]
            if not hits:
                return
            yield from ((hit["_source"]["key"], hit["_source"]["seq"]) for hit in hits)
            after, pit = hits[-1]["sort"], page["pit_id"]
    finally:
        client.close_point_in_time(id=pit)


def repair_replica(client: Elasticsearch, index: str, found: Differences) -> None:
    """Write what is missing or stale, and delete ghosts, as of now."""
    for keys in _batches([*found.missing, *found.stale, *found.ghosts]):
        present = documents(keys)
        newest = client.mget(index=index, ids=keys, source_includes=["seq"])["docs"]
        held = {doc["_id"]: doc.get("_source", {}).get("seq", 1) for doc in newest}
        write(
            client,
            index,
            (
                Action(
                    key,
                    present[key]["seq"] if key in present else held[key],
                    present.get(key),
                )
                for key in keys
            ),
        )


def _batches(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]


def compare_database() -> Differences:
    """Compare the narrow table that the database's engine reads with the entries."""
    return Differences(
        missing=_keys(
            "SELECT entry.key FROM search_entry entry LEFT JOIN search_facts facts"
            " ON facts.entry_id = entry.id WHERE facts.entry_id IS NULL"
        ),
        stale=_keys(
            "SELECT entry.key FROM search_entry entry JOIN search_facts facts"
            " ON facts.entry_id = entry.id WHERE facts.published <> entry.published"
            " OR facts.facet_values <> entry.facet_values"
            ' OR facts.group_key <> entry."group" OR facts.locale <> entry.locale'
        ),
        ghosts=_keys(
            "SELECT CAST(facts.entry_id AS TEXT) FROM search_facts facts"
            " LEFT JOIN search_entry entry ON entry.id = facts.entry_id"
            " WHERE entry.id IS NULL"
        ),
    )


def _keys(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [key for (key,) in cursor.fetchall()]


@transaction.atomic
def rebuild_database() -> int:
    """Make the index of the database's own engine anew from the entries; return how
    many there are."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_facts")
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO search_terms (search_terms) VALUES ('delete-all')"
            )
            cursor.execute(_REFILL_TERMS)
            cursor.execute(_REFILL_FACTS)
        else:
            cursor.execute("UPDATE search_entry SET marks = marks")
    return Entry.objects.count()


_COLUMNS = ("title", "lead", "names", "body")
_JOINED = ", ".join(
    " || ' ¶ ' || ".join(f"{zone}_{form}" for zone in _COLUMNS)
    for form in ("exact", "stems", "folded")
)
_REFILL_TERMS = (
    "INSERT INTO search_terms (rowid, exact, stems, folded, marks)"
    f" SELECT id, {_JOINED}, marks FROM search_entry"
)
_REFILL_FACTS = (
    "INSERT INTO search_facts (entry_id, locale, group_key, published, facet_values)"
    ' SELECT id, locale, "group", published, facet_values FROM search_entry'
)
