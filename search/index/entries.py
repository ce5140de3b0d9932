"""Writing index entries, in the transaction that changes the published content."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import transaction

from search.batches import batches
from search.index import change_log, filter_terms, term_statistics
from search.index.documents import IndexDocument
from search.index.facet_values import stored_value_ids, values_of
from search.index.fields import COLUMN_NAMES, FIELDS
from search.index.name_keys import name_keys
from search.languages import AnalysedTerm, analyse
from search.models import Entry
from search.packing import pack

# Indexed words of one field. That is seventy pages; longer texts are books, and
# PostgreSQL's tsvector is limited to one megabyte.
MAX_FIELD_WORDS = 20_000
# Characters of a term; longer ones are URLs. PostgreSQL and Elasticsearch would split
# or refuse longer terms (limits: 2,046 bytes and 255 characters).
MAX_TERM_LENGTH = 100

# Entries held in memory and written in one transaction.
BATCH_SIZE = 200


class FieldTerms(NamedTuple):
    """The terms of a text by variant, each in text order."""

    exact: list[str]
    stems: list[str]
    folded: list[str]


def cut(term: str) -> str:
    """Return the part of *term* that is indexed and looked up."""
    return term if len(term) <= MAX_TERM_LENGTH else term[:MAX_TERM_LENGTH]


def terms_by_variant(terms: Iterable[AnalysedTerm]) -> FieldTerms:
    """Return one list of terms for each stored variant."""
    terms = list(terms)
    return FieldTerms(
        exact=[cut(term.exact) for term in terms],
        stems=[cut(stem) for term in terms for stem in term.stems],
        folded=[cut(term.folded) for term in terms if term.folded],
    )


def put(record: IndexDocument) -> Entry:
    """Create or update the entry of *record*."""
    (entry,) = put_many([record])
    return entry


@transaction.atomic
def put_many(records: Sequence[IndexDocument]) -> list[Entry]:
    """Create or update the entries of *records* and return them in the same order.

    An unchanged entry is not saved, and no change is logged for it.
    """
    filed = [values_of(record) for record in records]
    value_ids = stored_value_ids(value for values in filed for value in values)
    known = Entry.objects.select_for_update().in_bulk(
        [record.key for record in records], field_name="key"
    )
    entries, written = [], []
    for record, its_values in zip(records, filed, strict=True):
        values = [value_ids[value.facet, value.key] for value in its_values]
        entry = known.get(record.key) or Entry(key=record.key)
        before = (
            term_statistics.counts_of(entry) if entry.pk else term_statistics.NOTHING
        )
        if _fill(entry, record, values):
            written.append((entry, before))
        entries.append(entry)
    sequence = change_log.log([entry.key for entry, _before in written])
    for (entry, _before), seq in zip(written, sequence, strict=True):
        entry.seq = seq
    _save([entry for entry, _before in written])
    term_statistics.record_deltas(
        (entry.key, before, term_statistics.counts_of(entry))
        for entry, before in written
    )
    return entries


def _fill(entry: Entry, record: IndexDocument, values: list[int]) -> bool:
    """Copy *record* into *entry*; return whether that changes anything."""
    wanted = {
        name: getattr(record, name)
        for name in IndexDocument.__slots__
        if name not in ("key", "values")
    }
    wanted["published"] = int(record.published_at.timestamp())
    wanted["facet_values"] = pack(sorted(set(values)))
    fields = {
        field: terms_by_variant(analyse(getattr(record, field), code)[:MAX_FIELD_WORDS])
        for field, code in _languages_of(record)
    }
    keys = name_keys(_names_in_all_languages(record))
    fields["names"].folded.extend(map(cut, keys[:MAX_FIELD_WORDS]))
    for field, by_variant in fields.items():
        for variant, terms in by_variant._asdict().items():
            wanted[f"{field}_{variant}"] = " ".join(terms)
    wanted["marks"] = " ".join(sorted(_marks(record.locale, values, fields)))
    changed = False
    for name, value in wanted.items():
        if not entry.pk or _plain(getattr(entry, name)) != value:
            setattr(entry, name, value)
            changed = True
    return changed


def _languages_of(record: IndexDocument) -> Iterator[tuple[str, str]]:
    """Yield each field with the language tag of its text.

    Names are those of entities, which are spelled as today.
    """
    for field in FIELDS:
        is_own = bool(record.tag) and field != "names"
        yield field, record.tag if is_own else record.locale


def _names_in_all_languages(record: IndexDocument) -> str:
    """Return the names of *record*, and what its entities are called elsewhere."""
    names = set(record.names.splitlines())
    labels = (set(value.labels.values()) for value in record.values)
    others = [label for found in labels if found & names for label in found - names]
    return "\n".join([record.names, *sorted(others)])


def _plain(value: object) -> object:
    """Convert a memoryview, which PostgreSQL's driver returns, to bytes."""
    return bytes(value) if isinstance(value, memoryview) else value


def _marks(locale: str, values: list[int], fields: dict[str, FieldTerms]) -> set[str]:
    found = {filter_terms.locale_mark(locale), *map(filter_terms.value_mark, values)}
    found |= filter_terms.title_marks(fields["title"].stems, fields["title"].folded)
    for field in ("title", "lead", "names"):
        found |= filter_terms.head_marks(fields[field].stems, fields[field].folded)
    return found


def _save(entries: list[Entry]) -> None:
    for entry in [entry for entry in entries if entry.pk]:
        entry.save()
    Entry.objects.bulk_create([entry for entry in entries if not entry.pk])


def remove(document_ids: Iterable[str]) -> int:
    """Delete the entries with these *document_ids*; return the number deleted."""
    removed = 0
    for batch in batches(sorted(set(document_ids)), BATCH_SIZE):
        removed += _remove(batch)
    return removed


@transaction.atomic
def _remove(document_ids: Sequence[str]) -> int:
    columns = ["key", "locale", "facet_values", *COLUMN_NAMES]
    entries = list(
        Entry.objects.select_for_update().filter(key__in=document_ids).only(*columns)
    )
    if not entries:
        return 0
    change_log.log([entry.key for entry in entries], removed=True)
    term_statistics.record_deltas(
        (entry.key, term_statistics.counts_of(entry), term_statistics.NOTHING)
        for entry in entries
    )
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return len(entries)


def document_ids() -> list[str]:
    """Return the document ids of all entries."""
    return list(Entry.objects.values_list("key", flat=True))
