"""The results of a page: entries with excerpts, names and language versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Case, Q, TextField, Value, When

from search.index.fields import COLUMN_NAMES
from search.models import Entry
from search.plan.leaves import ScoredTerm
from search.plan.plan import QueryPlan
from search.ranking.ranker import Ranked, Ranker
from search.results.excerpts import (
    ExcerptPiece,
    excerpt,
    is_shown,
    marked,
    names_beyond,
    running_text,
)
from search.results.language_versions import LanguageVersion


@dataclass(frozen=True, slots=True)
class Result:
    """An entry that was found, ready to be displayed.

    ``versions`` are all its language versions, including itself. ``through`` are the
    synonyms by which the entry was found, if it does not contain the reader's own
    words. ``names`` are the names of its entities that have words of the query which
    its text does not have.
    """

    entry: Entry
    score: float
    title: list[ExcerptPiece]
    excerpt: list[ExcerptPiece]
    versions: tuple[LanguageVersion, ...] = ()
    through: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnLanguage:
    """The reader's own language.

    With ``replaces``, versions in it are shown instead of entries in other languages.
    """

    code: str
    replaces: bool


def results_of(
    ranked: Sequence[Ranked], plan: QueryPlan, ranker: Ranker, own: OwnLanguage
) -> list[Result]:
    """Return the *ranked* entries as results, in their order.

    At most two queries. Entries that no longer exist are left out.
    """
    groups: dict[str, list[Entry]] = {}
    rows = {}
    pks = [one.entry_id for one in ranked]
    for entry in _with_versions(pks, own.code) if pks else ():
        groups.setdefault(entry.group, []).append(entry)
        rows[entry.pk] = entry
    entries = {pk: rows[pk] for pk in pks if pk in rows}
    replaced = _in_own_language(own, ranked, entries, groups, ranker)
    results = []
    for one in ranked:
        if one.entry_id in entries:
            entry = entries[one.entry_id]
            better = replaced.get(one.entry_id)
            if better is not None:
                one, entry = better
            versions = groups.get(entry.group, [])
            results.append(_result(entry, one, versions, plan))
    return results


def _with_versions(pks: list[int], language: str) -> list[Entry]:
    """Return the entries with these primary keys and their versions, by locale.

    Only those that may be shown have a text: the entries, and versions in *language*.
    """
    is_shown = Q(pk__in=pks) | Q(locale=language)
    rows = Entry.objects.filter(
        group__in=Entry.objects.filter(pk__in=pks).values("group")
    )
    rows = rows.defer(*COLUMN_NAMES, "marks", "body").annotate(
        text=Case(When(is_shown, then="body"), default=Value("", TextField()))
    )
    entries: list[Entry] = []
    for entry in rows.order_by("locale"):
        entry.body = entry.text
        entries.append(entry)
    return entries


def _in_own_language(
    own: OwnLanguage,
    ranked: Sequence[Ranked],
    entries: Mapping[int, Entry],
    groups: Mapping[str, list[Entry]],
    ranker: Ranker,
) -> dict[int, tuple[Ranked, Entry]]:
    """Return the versions in the reader's language to show instead of entries.

    An entry in another language is replaced if the version matches as many leaves of
    the query. Returns (ranked, entry) by the primary key of the replaced entry.
    """
    wanted = {
        one.entry_id: sibling.pk
        for one in ranked
        if one.entry_id in entries and entries[one.entry_id].locale != own.code
        for sibling in groups.get(entries[one.entry_id].group, ())
        if sibling.locale == own.code
    }
    if not wanted or not own.replaces:
        return {}
    found = {one.entry_id: one for one in ranker.rank(list(wanted.values()))}
    rows = {entry.pk: entry for some in groups.values() for entry in some}
    by_id = {one.entry_id: one for one in ranked}
    return {
        entry_id: (replace(found[pk], score=by_id[entry_id].score), rows[pk])
        for entry_id, pk in wanted.items()
        if pk in found and sum(found[pk].found) >= sum(by_id[entry_id].found)
    }


def _result(
    entry: Entry, ranked: Ranked, versions: list[Entry], plan: QueryPlan
) -> Result:
    leaves = [
        leaf for leaf, found in zip(plan.leaves, ranked.found, strict=True) if found
    ]
    text = running_text(entry.lead, entry.body)
    whole = f"{entry.title}\n{text}"
    return Result(
        entry=entry,
        score=ranked.score,
        title=marked(entry.title, leaves, entry.written_in),
        excerpt=excerpt(text, leaves, entry.written_in),
        names=names_beyond(entry, whole, leaves),
        versions=tuple(map(LanguageVersion.of, versions)),
        through=_through(entry, ranked, whole, plan.leaves),
    )


def _through(
    entry: Entry, ranked: Ranked, text: str, leaves: Sequence[ScoredTerm]
) -> tuple[str, ...]:
    """Return the synonyms that *entry* has where readers do not see their own words."""
    others = [
        leaf
        for leaf, is_found in zip(leaves, ranked.found, strict=True)
        if is_found and leaf.through
    ]
    seen = {
        number: ranked.found[number] and is_shown(leaves[number], entry, text)
        for number in {number for leaf in others for number in leaf.instead_of}
    }
    return tuple(
        leaf.through
        for leaf in others
        if not all(seen[number] for number in leaf.instead_of)
    )
