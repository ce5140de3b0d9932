"""The fields of a document in the index, and how they are indexed."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from search.facets import registry
from search.index.facet_values import facet_of
from search.index.fields import COLUMN_NAMES, VARIANTS
from search.models import Entry
from search.packing import unpack
from search.replica.cluster import Cluster

# The id of the document that stores the log position of the index. It has no language,
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
# Increase this when the contents of documents change in a way that the mapping does not
# show.
CONTENT_VERSION = 4
# The parts of a 63-bit sequence number, the lowest first. Elasticsearch sums in
# doubles, which are exact up to 2^53. Sums of 21-bit parts are therefore exact for up
# to 2^32 documents.
SEQ_PARTS = ("seq_low", "seq_middle", "seq_high")
SEQ_PART_BITS = 21


def own_alias(index: str) -> str:
    """Return the alias that points to this index only, and is used for writing."""
    return f"{index}.own"


def index_body(cluster: Cluster) -> dict[str, Any]:
    """Return the settings and mappings of a new index."""
    return {
        "settings": {
            "number_of_shards": cluster.shards,
            "number_of_replicas": cluster.replicas,
            "refresh_interval": "1s",
            "translog.durability": "request",  # what is accepted is on the disk
            # How long a deletion is remembered: a delayed request may still bring an
            # older state of the document.
            "gc_deletes": "10m",
            # Pages of collapsed results are requested directly, at any depth.
            "max_result_window": 2_000_000,
        },
        "mappings": mappings(),
    }


def version() -> str:
    """Return the version of documents; an index of another version is rebuilt.

    The version is a hash of their fields, how each is indexed, and what they are made
    of.
    """
    form = [_mappings(), COLUMNS, CONTENT_VERSION]
    return sha256(json.dumps(form, sort_keys=True).encode()).hexdigest()[:16]


def mappings() -> dict[str, Any]:
    """Return the mapping: the fields of a document and how each is indexed."""
    return {**_mappings(), "_meta": {"version": version()}}


def _mappings() -> dict[str, Any]:
    return {
        "dynamic": "strict",
        # Documents are made from entries, so the index need not return them.
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
                    # Keywords are counted by ordinals, which is several times as fast
                    # as looking up each number.
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


def keyword(value_id: int) -> str:
    """Return the id of a facet value as text that sorts like the ids."""
    return f"{value_id:010}"


def seq_parts(seq: int) -> dict[str, int]:
    """Return the parts of a sequence number by field name."""
    mask = (1 << SEQ_PART_BITS) - 1
    return {
        name: (seq >> place * SEQ_PART_BITS) & mask
        for place, name in enumerate(SEQ_PARTS)
    }


def documents(document_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the documents of the entries with these ids, by id. One query."""
    rows = Entry.objects.filter(key__in=list(document_ids)).values_list(*COLUMNS)
    return {row[1]: document(row) for row in rows}


def document(row: tuple[Any, ...]) -> dict[str, Any]:
    """Return the document of an entry, given as its :data:`COLUMNS`.

    The id of the document is the key of the entry, not a part of the result.
    """
    pk, _key, group, locale, published, seq, values, marks, *columns = row
    exact, stems, folded = (
        columns[place :: len(VARIANTS)] for place in range(len(VARIANTS))
    )
    facets: dict[str, list[str]] = {}
    for value_id in unpack(values):
        facets.setdefault(facet_of(value_id), []).append(keyword(value_id))
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
