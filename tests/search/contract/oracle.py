"""Expected results of an engine, computed slowly from the entries."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from search.engines import (
    BEST_FIRST,
    NEWEST_FIRST,
    OLDEST_FIRST,
    Answer,
    FacetCounts,
    Request,
)
from search.index.facet_values import facet_of
from search.index.fields import FIELDS
from search.models import Entry
from search.plan.clauses import (
    AllOf,
    AnyOf,
    Clause,
    DateRange,
    FlagMatch,
    NoneOf,
    PhraseMatch,
    PrefixMatch,
    TermMatch,
)


class Oracle:
    """Reads every entry for every request."""

    name = "oracle"

    def __init__(self) -> None:
        self.entries = [_Words(entry) for entry in Entry.objects.order_by("pk")]

    def search(self, request: Request) -> Answer:
        found = self._found(request)
        shown = _collapsed(found) if request.collapse else [e for _place, e in found]
        return Answer(
            total=len(shown),
            ids=tuple(e.pk for e in shown[request.offset :][: request.limit]),
            facets={facet: self._counts(request, facet) for facet in request.facets},
        )

    def every(self, request: Request) -> Iterator[int]:
        found = self._found(replace(request, order=NEWEST_FIRST))
        return iter([entry.pk for _place_of, entry in found])

    def _found(self, request: Request, but: str = "") -> list:
        selected = [
            FlagMatch(marks)
            for facet, marks in request.selected.items()
            if facet != but
        ]
        found = [
            (_place(request, entry), entry)
            for entry in self.entries
            if has(entry, AllOf((request.clause, *selected)))
            and sum(has(entry, part) for part in request.loose) >= request.at_least
        ]
        return sorted(found, key=lambda pair: pair[0])

    def _counts(self, request: Request, facet: str) -> FacetCounts:
        groups: dict[int, set[str]] = {}
        for _place_of, entry in self._found(request, but=facet):
            for number in entry.values:
                if facet_of(number) == facet:
                    name = entry.group if request.collapse else str(entry.pk)
                    groups.setdefault(number, set()).add(name)
        counts = Counter({number: len(found) for number, found in groups.items()})
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return FacetCounts(tuple(ordered[: request.facet_size]), len(ordered))


class _Words:
    def __init__(self, entry: Entry) -> None:
        self.pk, self.group, self.published = entry.pk, entry.group, entry.published
        self.values = entry.value_ids
        self.marks = set(entry.marks.split())
        self.fields = {
            variant: [getattr(entry, f"{field}_{variant}").split() for field in FIELDS]
            for variant in ("exact", "stems", "folded")
        }
        self.words = {
            variant: {word for field in fields for word in field}
            for variant, fields in self.fields.items()
        }


def has(entry: _Words, clause: Clause) -> bool:
    """Return whether the entry has what the clause asks for."""
    match clause:
        case TermMatch():
            return (
                bool(clause.stems & entry.words["stems"])
                or bool(clause.folded & entry.words["folded"])
                or _begins(entry.words["exact"], clause.relatives)
                or (bool(clause.parts) and all(has(entry, p) for p in clause.parts))
            )
        case PhraseMatch():
            return any(
                list(words) == field[start : start + len(words)]
                for words in clause.sequences
                for field in entry.fields[clause.variant]
                for start in range(len(field))
            )
        case PrefixMatch():
            return _begins(entry.words["exact"], clause.exact) or _begins(
                entry.words["folded"], clause.folded
            )
        case FlagMatch():
            return bool(clause.marks & entry.marks)
        case DateRange():
            return (clause.start is None or entry.published >= clause.start) and (
                clause.end is None or entry.published < clause.end
            )
        case AllOf():
            return all(has(entry, part) for part in clause.clauses)
        case AnyOf():
            return any(has(entry, part) for part in clause.clauses)
        case NoneOf():
            return not has(entry, clause.clause)
    raise TypeError(clause)


def _begins(words: Iterable[str], beginnings: Iterable[str]) -> bool:
    return any(word.startswith(start) for start in beginnings for word in words)


def _place(request: Request, entry: _Words) -> tuple[int, int, int]:
    score = 0
    if request.order == BEST_FIRST:
        score = sum(b.weight for b in request.boosts if has(entry, b.clause))
    sign = 1 if request.order == OLDEST_FIRST else -1
    return (-score, sign * entry.published, entry.pk)


def _collapsed(found: list) -> list[_Words]:
    first: dict[str, _Words] = {}
    for _place_of, entry in found:
        first.setdefault(entry.group, entry)
    return list(first.values())
