"""What a document of the index holds, and how it is indexed."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from search.facets import registry
from search.models import Entry
from search.packing import unpack
from search.replica.cluster import Cluster
from search.values import facet_of
from search.zones import COLUMN_NAMES, FORMS

# The document that says how far the index has followed the log; it has no language,
# so that no search finds it.
CHECKPOINT = "checkpoint"
# The columns of an entry that its document is made of.
COLUMNS = (
    "pk",
    "key",
    "group",
    "locale",
    "published",
    "seq",
    "facet_values",
    "marks",
    *COLUMN_NAMES,
)
# Raised when documents say the same in another way, which the mapping does not show.
CONTENT_VERSION = 4
# The parts of a 63-bit number of a change, the lowest first. Elasticsearch sums in
# doubles, which are exact up to 2^53: sums of so short numbers are, for 2^32 documents.
SEQ_PARTS = ("seq_low", "seq_middle", "seq_high")
SEQ_PART_BITS = 21


def own_alias(index: str) -> str:
    """The alias that leads to the index of this very name, and that it is written
    through."""
    return f"{index}.own"


def index_body(cluster: Cluster) -> dict[str, Any]:
    """Settings and mappings of a new index."""
    return {
        "settings": {
            "number_of_shards": cluster.shards,
            "number_of_replicas": cluster.replicas,
            "refresh_interval": "1s",
            "translog.durability": "request",  # what is taken is on the disk
            # How long a deletion outlives the document: a request that was held up
            # may still bring an older state of it.
            "gc_deletes": "10m",
            # Pages of collapsed results, however deep, are asked for directly.
            "max_result_window": 2_000_000,
        },
        "mappings": mappings(),
    }


def version() -> str:
    """Return the version of documents: a hash of their fields, of how each is indexed
    and of what they are made of. An index of another version is rebuilt."""
    form = [_mappings(), COLUMNS, CONTENT_VERSION]
    return sha256(json.dumps(form, sort_keys=True).encode()).hexdigest()[:16]


def mappings() -> dict[str, Any]:
    """The fields of a document, and how each is indexed."""
    return {**_mappings(), "_meta": {"version": version()}}


def _mappings() -> dict[str, Any]:
    return {
        "dynamic": "strict",
        # Documents are made from entries: the index need not give them back.
        "_source": {"enabled": False},
        "properties": {
            "id": {"type": "long", "index": False},
            "group": {"type": "keyword"},
            "locale": {"type": "keyword"},
            "published": {"type": "long"},
            "seq": {"type": "long", "index": False},
            **{part: {"type": "integer", "index": False} for part in SEQ_PARTS},
            "exact": _text("positions", position_increment_gap=100),
            "folded": _text("positions", position_increment_gap=100),
            "stems": _text("docs"),
            "marks": _text("docs"),
            "facets": {
                "properties": {
                    # Keywords are counted by their place in a list, which is
                    # several times as fast as to look each number up.
                    facet: {"type": "keyword", "index": False}
                    for facet in registry.names()
                }
            },
            CHECKPOINT: {
                "type": "keyword",
                "index": False,
                "doc_values": False,
                "store": True,
            },
        },
    }


def _text(options: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "text",
        "analyzer": "whitespace",
        "norms": False,
        "index_options": options,
        **more,
    }


def keyword(number: int) -> str:
    """The number of a facet value in a form that is ordered like the numbers are."""
    return f"{number:010}"


def seq_parts(seq: int) -> dict[str, int]:
    """Return the parts of the number of a change by their fields' names."""
    mask = (1 << SEQ_PART_BITS) - 1
    return {
        name: (seq >> place * SEQ_PART_BITS) & mask
        for place, name in enumerate(SEQ_PARTS)
    }


def documents(keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The documents of the entries with these keys, by key, in one query."""
    rows = Entry.objects.filter(key__in=list(keys)).values_list(*COLUMNS)
    return {row[1]: document(row) for row in rows}


def document(row: tuple[Any, ...]) -> dict[str, Any]:
    """The document of an entry, given as its :data:`COLUMNS`. Its id is the key."""
    pk, _key, group, locale, published, seq, values, marks, *columns = row
    exact, stems, folded = (columns[place :: len(FORMS)] for place in range(len(FORMS)))
    facets: dict[str, list[str]] = {}
    for number in unpack(values):
        facets.setdefault(facet_of(number), []).append(keyword(number))
    return {
        "id": pk,
        "group": group,
        "locale": locale,
        "published": published,
        "seq": seq,
        **seq_parts(seq),
        "exact": exact,
        "folded": folded,
        "stems": " ".join(stems),
        "marks": marks,
        "facets": facets,
    }
