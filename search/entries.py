"""Writing entries: called in the transaction that changes what readers see."""

from collections.abc import Iterable

from django.db import transaction

from search.languages import analyse
from search.models import Entry
from search.records import Record
from search.zones import ZONE_WEIGHTS


def terms_by_form(text: str, locale: str) -> dict[str, list[str]]:
    """Return the terms of *text* in *locale*, as one list for each form."""
    terms = analyse(text, locale)
    return {
        "exact": [term.exact for term in terms],
        "stems": [stem for term in terms for stem in term.stems],
        "folded": [term.folded for term in terms],
    }


@transaction.atomic
def put(record: Record) -> Entry:
    """Write *record* as its entry, in place of what the entry held before."""
    values = {name: getattr(record, name) for name in Record.__slots__ if name != "key"}
    try:
        entry = Entry.objects.get(key=record.key)
    except Entry.DoesNotExist:
        entry = Entry(key=record.key)
    for name, value in values.items():
        setattr(entry, name, value)
    for zone in ZONE_WEIGHTS:
        entry.set_terms(zone, terms_by_form(getattr(record, zone), record.locale))
    entry.save()
    return entry


def remove(keys: Iterable[str]) -> int:
    """Take the entries of *keys* out of the archive; return how many there were."""
    deleted, _ = Entry.objects.filter(key__in=list(keys)).delete()
    return deleted


def keys() -> list[str]:
    """The keys of all entries."""
    return list(Entry.objects.values_list("key", flat=True))
