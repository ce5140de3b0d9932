"""Similar articles: articles about the same subject as another."""

import math
from collections import Counter
from collections.abc import Mapping

from search import weights
from search.engines import NEWEST_FIRST, Request
from search.engines.choice import ask
from search.index.facet_values import facet_of, pk_of
from search.index.fields import COLUMN_NAMES, FIELDS
from search.index.filter_terms import head_marks, locale_mark, value_mark
from search.index.term_statistics import statistics
from search.models import Entry, FacetValue
from search.plan import clauses
from search.plan.clauses import FlagMatch

# The most significant words of an article: enough to identify its subject.
WORDS = 12
# A word of only one article, or of a fifth of all, says nothing about similar ones.
MIN_ENTRIES = 2
# Words and names that another article must share; a single one may be chance.
SHARED = 2
# Facets that say what an article is about.
ABOUT = ("topic", "person", "place", "organisation")
# Names are picked by an editor: each counts like a word that occurs this often.
NAME_COUNT = 25
# Entries to be found by the rarest words and names: as many as are worth comparing.
# More common ones are not searched for but count when entries are compared.
LOOKED_AT = 2_000
# The newest of the entries found, which are compared.
COMPARED = 200


def more_like(
    entry: Entry, *, limit: int = 4, values: Mapping[int, FacetValue] | None = None
) -> list[Entry]:
    """Return entries in the language of *entry* about the same subject, nearest first.

    Other versions of *entry* are left out. Similar entries have its most significant
    words in the title, lead or names, or share its facet values; rarer words and values
    count more. *values* are the facet values of *entry* by primary key, if known. Runs
    three queries, regardless of the size of the archive, and one for the values.
    """
    telling = _telling_marks(entry, values)
    asked = _rarest(telling)
    if not asked:
        return []
    language = FlagMatch(frozenset([locale_mark(entry.locale)]))
    answer, _asked = ask(
        Request(
            clause=clauses.both(FlagMatch(asked), language),
            order=NEWEST_FIRST,
            limit=COMPARED,
        )
    )
    others = Entry.objects.filter(pk__in=answer.ids).exclude(group=entry.group)
    scored = []
    for other in others.defer(*COLUMN_NAMES, "body"):
        shared = telling.keys() & other.marks.split()
        if len(shared) >= SHARED:
            score = sum(telling[mark][0] for mark in shared)
            scored.append((-score, -other.published, other.pk, other))
    return [other for *_order, other in sorted(scored)[:limit]]


def _telling_marks(
    entry: Entry, values: Mapping[int, FacetValue] | None = None
) -> dict[str, tuple[float, int]]:
    """Return the filter terms that identify the subject of *entry*.

    Maps each to (weight, number of entries that have it).
    """
    counts: Counter[str] = Counter()
    for field in FIELDS:
        weight = round(weights.FIELD_WEIGHTS[field])
        for stem in getattr(entry, f"{field}_stems").split():
            if len(stem) > 2 and not stem.isdigit():
                counts[stem] += weight
    known = statistics([entry.locale], list(counts), [])
    common = max(known.entries * weights.COMMON_SHARE, MIN_ENTRIES)
    stems = {
        stem: (_weight(count, known.stems[stem], known.entries), known.stems[stem])
        for stem, count in counts.items()
        if MIN_ENTRIES <= known.stems[stem] <= common
    }
    best = sorted(stems, key=lambda stem: (-stems[stem][0], stem))[:WORDS]
    marks = {mark: stems[stem] for stem in best for mark in head_marks([stem], ())}
    for value_id, entries in _names(entry, values).items():
        value = _weight(NAME_COUNT, entries, known.entries)
        marks[value_mark(value_id)] = (value, entries)
    return marks


def _names(
    entry: Entry, values: Mapping[int, FacetValue] | None = None
) -> dict[int, int]:
    """Return the number of entries with each name of *entry*, by facet value id."""
    value_ids = [
        value_id for value_id in entry.value_ids if facet_of(value_id) in ABOUT
    ]
    if values is None:
        values = FacetValue.objects.in_bulk(map(pk_of, value_ids))
    entries = {pk: value.entries for pk, value in values.items()}
    return {value_id: max(1, entries.get(pk_of(value_id), 0)) for value_id in value_ids}


def _weight(count: int, entries: int, total: int) -> float:
    """Return the weight of a term: frequent here and rare elsewhere is highest."""
    return math.sqrt(count) * math.log2(1 + max(total, 1) / entries)


def _rarest(telling: Mapping[str, tuple[float, int]]) -> frozenset[str]:
    """Return the rarest filter terms that together lead to LOOKED_AT entries.

    At least one is returned.
    """
    asked: set[str] = set()
    reached = 0
    for mark in sorted(telling, key=lambda mark: (telling[mark][1], mark)):
        reached += telling[mark][1]
        if asked and reached > LOOKED_AT:
            break
        asked.add(mark)
    return frozenset(asked)
