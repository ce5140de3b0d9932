"""Consistency checks between the database and its engines, and repairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from elasticsearch import Elasticsearch

from search.batches import batches
from search.index import change_log
from search.index.fields import FIELD_END, FIELDS, VARIANTS
from search.models import Entry
from search.replica.schema import SEQ_PART_BITS, SEQ_PARTS, documents
from search.replica.writing import Action, IndexCheckpoint, checkpoint, write

# Entries compared at a time.
COMPARED_AT_ONCE = 5_000
# Entries repaired at a time: one or two bulk requests and a short transaction.
REPAIRED_AT_ONCE = 500
# How long the point in time is kept open between two pages.
KEEP_ALIVE = "2m"


@dataclass(slots=True)
class Differences:
    """The ids of missing, stale and orphaned documents."""

    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.orphans)

    def __str__(self) -> str:
        return (
            f"missing {len(self.missing)}, stale {len(self.stale)},"
            f" orphans {len(self.orphans)}"
        )


def compare_replica(client: Elasticsearch, index: str) -> Differences:
    """Compare the documents of *index* with the entries, by id and last change.

    Changes that are not synced yet count as differences.
    """
    indexed = dict(_seqs_in(client, index))
    differences = Differences()
    entries = Entry.objects.order_by("pk").values_list("key", "seq")
    for document_id, seq in entries.iterator(chunk_size=COMPARED_AT_ONCE):
        found = indexed.pop(document_id, None)
        if found is None:
            differences.missing.append(document_id)
        elif found != seq:
            differences.stale.append(document_id)
    differences.orphans = sorted(indexed)
    return differences


def _seqs_in(client: Elasticsearch, index: str) -> Iterator[tuple[str, int]]:
    """Yield (id, sequence number) of every document, from one point in time."""
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
                docvalue_fields=[{"field": "seq"}],
                track_total_hits=False,
                search_after=after,
            )
            hits = page["hits"]["hits"]
            if not hits:
                return
            yield from ((hit["_id"], hit["fields"]["seq"][0]) for hit in hits)
            after, pit = hits[-1]["sort"], page["pit_id"]
    finally:
        client.close_point_in_time(id=pit)


def repair_replica(client: Elasticsearch, index: str, found: Differences) -> int:
    """Write missing and stale documents and delete orphans.

    Returns the number of rejected documents. All documents get new sequence numbers,
    higher than any version written to the index outside the log.
    """
    refused = 0
    own_name = checkpoint(client, index).index
    differing = [*found.missing, *found.stale, *found.orphans]
    for document_ids in batches(differing, REPAIRED_AT_ONCE):
        seqs = _log_again(document_ids)
        present = documents(document_ids)
        actions = [
            Action(document_id, seqs[document_id], present.get(document_id))
            for document_id in document_ids
        ]
        refused += write(client, own_name, actions)
    return refused


@transaction.atomic
def _log_again(document_ids: Sequence[str]) -> dict[str, int]:
    """Log a change for each of *document_ids* without changing the entry.

    Returns the new sequence numbers by document id.
    """
    entries = Entry.objects.select_for_update().in_bulk(document_ids, field_name="key")
    seqs: dict[str, int] = {}
    for removed in (False, True):
        some = [one for one in document_ids if (one not in entries) is removed]
        seqs |= dict(zip(some, change_log.log(some, removed=removed), strict=True))
    for document_id, entry in entries.items():
        Entry.objects.filter(pk=entry.pk).update(seq=seqs[document_id])
    return seqs


def is_even(client: Elasticsearch, place: IndexCheckpoint) -> bool:
    """Return whether index and database agree as of the index's log position.

    The number of entries and the sum of their sequence numbers are compared. Entries
    that changed later, or were rejected, are left out on both sides. Sequence numbers
    are summed in parts (:data:`search.replica.schema.SEQ_PARTS`), which is exact for
    any size. The index must be refreshed before.
    """
    wanted, apart = _as_of(place.seq)
    found = client.search(
        index=place.index,
        size=0,
        track_total_hits=True,
        query={
            "bool": {
                "filter": [{"exists": {"field": "locale"}}],
                "must_not": [
                    {"ids": {"values": document_ids}}
                    for document_ids in batches(apart, COMPARED_AT_ONCE)
                ],
            }
        },
        aggs={part: {"sum": {"field": part}} for part in SEQ_PARTS},
    )
    sums = found["aggregations"]
    indexed = [int(sums[part]["value"]) for part in SEQ_PARTS]
    return [found["hits"]["total"]["value"], *indexed] == wanted


def _as_of(seq: int) -> tuple[list[int], list[str]]:
    """Return counts of the entries unchanged since *seq*, and the ids of the others.

    The counts are the number of entries and the sums of the parts of their sequence
    numbers. One statement reads all of it, so that it is consistent.
    """
    mask = (1 << SEQ_PART_BITS) - 1
    parts = [
        f"COALESCE(SUM((seq >> {place * SEQ_PART_BITS}) & {mask}), 0)"
        for place in range(len(SEQ_PARTS))
    ]
    nothing = ", 0" * (len(parts) + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT '', COUNT(*), {', '.join(parts)} FROM search_entry"
            " WHERE seq <= %s"
            " AND key NOT IN (SELECT key FROM search_rejecteddocument)"
            f" UNION ALL SELECT key{nothing} FROM search_change WHERE seq > %s"
            f" UNION ALL SELECT key{nothing} FROM search_rejecteddocument",
            [seq, seq],
        )
        rows = cursor.fetchall()
    counted = next(row[1:] for row in rows if not row[0])
    return [int(part) for part in counted], sorted({r[0] for r in rows if r[0]})


def compare_database() -> Differences:
    """Compare the tables of the database engine with the entries."""
    found = Differences(
        missing=_document_ids(
            "SELECT entry.key FROM search_entry entry LEFT JOIN search_facts facts"
            " ON facts.entry_id = entry.id WHERE facts.entry_id IS NULL"
        ),
        stale=_document_ids(
            "SELECT entry.key FROM search_entry entry JOIN search_facts facts"
            " ON facts.entry_id = entry.id WHERE facts.published <> entry.published"
            " OR facts.facet_values <> entry.facet_values"
            ' OR facts.group_key <> entry."group" OR facts.locale <> entry.locale'
        ),
        orphans=_document_ids(
            "SELECT CAST(facts.entry_id AS TEXT) FROM search_facts facts"
            " LEFT JOIN search_entry entry ON entry.id = facts.entry_id"
            " WHERE entry.id IS NULL"
        ),
    )
    if connection.vendor == "sqlite":  # which stores terms in a separate table
        found.missing += _document_ids(
            "SELECT key FROM search_entry"
            " WHERE id NOT IN (SELECT rowid FROM search_terms)"
        )
        found.orphans += _document_ids(
            "SELECT CAST(rowid AS TEXT) FROM search_terms"
            " WHERE rowid NOT IN (SELECT id FROM search_entry)"
        )
    return found


def _document_ids(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [document_id for (document_id,) in cursor.fetchall()]


@transaction.atomic
def rebuild_database() -> int:
    """Rebuild the index of the database engine from the entries.

    Returns the number of entries.
    """
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


_JOINED = ", ".join(
    f" || ' {FIELD_END} ' || ".join(f"{name}_{variant}" for name in FIELDS)
    for variant in VARIANTS
)
_REFILL_TERMS = (
    "INSERT INTO search_terms (rowid, exact, stems, folded, marks)"
    f" SELECT id, {_JOINED}, marks FROM search_entry"
)
_REFILL_FACTS = (
    "INSERT INTO search_facts (entry_id, locale, group_key, published, facet_values)"
    ' SELECT id, locale, "group", published, facet_values FROM search_entry'
)
