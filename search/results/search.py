"""The search: from a typed query to a page of results."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Case, Q, TextField, Value, When

from search import weights
from search.engines import BEST_FIRST, NEWEST_FIRST, Answer, Boost, FacetCounts, Request
from search.engines.choice import EngineUsed, ask
from search.index.facet_values import chosen_value_ids
from search.index.fields import COLUMN_NAMES
from search.index.filter_terms import locale_mark, value_mark
from search.kept_rows import keeping_rows
from search.models import Entry
from search.plan import clauses
from search.plan.clauses import Clause
from search.plan.leaves import ScoredTerm
from search.plan.plan import QueryPlan, understand
from search.query import Query, parse
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
from search.results.languages import searched_languages

RESULTS_PER_PAGE = 10  # what fits on a screen or two


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
class Results:
    """One page of results of a query.

    ``is_loose`` says that too few articles have all the words, so that these have only
    some of them; ``complete`` is the number of those that have all. ``engine`` is the
    name of the engine that answered. ``is_reduced`` says that it replaces the
    configured engine, which is unavailable. ``is_estimated`` says that the total is
    approximate.
    """

    query: Query
    total: int
    results: list[Result]
    is_loose: bool = False
    complete: int = 0
    plan: QueryPlan = field(default_factory=lambda: QueryPlan(clauses.NOTHING))
    facets: Mapping[str, FacetCounts] = field(default_factory=dict)
    engine: str = ""
    is_reduced: bool = False
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """The query, its filters and the requested part of the results.

    ``selected`` are keys of facet values by facet. ``years`` are the first and the last
    year of a span, if years are not selected one by one; an empty string is no bound.
    ``language`` is the reader's own. With ``prefer_new`` newer articles rank slightly
    higher. With ``may_loosen`` only some of the words are required if few articles have
    all. With ``as_typed`` no other names of what was typed are searched.
    """

    text: str
    locales: tuple[str, ...]
    language: str = ""
    selected: Mapping[str, Iterable[str]] = field(default_factory=dict)
    years: tuple[str, str] = ("", "")
    order: str = BEST_FIRST
    prefer_new: bool = True
    may_loosen: bool = True
    as_typed: bool = False
    offset: int = 0
    limit: int = RESULTS_PER_PAGE
    facets: tuple[str, ...] = ()
    facet_size: int = 20


def search_archive(
    text: str,
    *,
    locales: Iterable[str],
    offset: int = 0,
    limit: int = RESULTS_PER_PAGE,
) -> Results:
    """Search the live articles of *locales* for *text*, best first."""
    return find(Search(text, tuple(locales), offset=offset, limit=limit))


def find(search: Search) -> Results:
    """Run *search* and return a page of results.

    A search with neither searchable words nor filters finds nothing.
    """
    with keeping_rows():
        return _find(search)


def _find(search: Search) -> Results:
    query = parse(search.text)
    search, plan = _understood(search, query)
    selected = _marks(search)
    if not plan and not selected:
        return Results(query, 0, [], plan=plan)
    now = time.time() if search.prefer_new else None
    ranker = Ranker(plan, search.locales, now=now)
    boosts = ranker.boosts(everywhere=not _is_plain(plan))
    request = _request(search, query, plan, selected, boosts)
    answer, asked = ask(request)
    complete = answer
    is_loose = False
    if search.may_loosen and answer.total < weights.FEW_HITS and plan.loose:
        looser = plan.loosened()
        looser_ranker = ranker.loosened(looser)
        loosened = _loosened(search, request, answer, looser, looser_ranker)
        if loosened is not None:
            (answer, asked), is_loose = loosened, True
            plan, ranker = looser, looser_ranker
    first = complete.ids if is_loose else ()
    ranked = _ranked(search, answer, ranker, first)
    return Results(
        query=query,
        total=answer.total,
        results=_shown(search, ranked, plan, ranker),
        is_loose=is_loose,
        complete=complete.total,
        plan=plan,
        facets=answer.facets,
        engine=asked.name,
        is_reduced=asked.is_reduced,
        is_estimated=answer.is_estimated,
    )


def total(search: Search) -> int:
    """Return the total that :func:`find` gives, without loading articles."""
    return find(replace(search, order=NEWEST_FIRST, offset=0, limit=0, facets=())).total


def request_of(search: Search, query: Query) -> Request | None:
    """Return the request for the engine, None without words or filters."""
    search, plan = _understood(search, query)
    selected = _marks(search)
    if not plan and not selected:
        return None
    return _request(search, query, plan, selected, ())


def _understood(search: Search, query: Query) -> tuple[Search, QueryPlan]:
    """Return *search* in the languages that *query* names, and the plan of both."""
    locales = searched_languages(query, search.locales)
    scripts = list(search.selected.get("script", ()))
    script = scripts[0] if len(scripts) == 1 else ""
    plan = understand(query, locales, as_typed=search.as_typed, script=script)
    return replace(search, locales=locales), plan


def _marks(search: Search) -> dict[str, frozenset[str]]:
    """Return filter terms of the selected values; unknown values match no entry."""
    # A span of years is a set of values: its counts leave out the selection like any
    # other facet.
    value_ids = chosen_value_ids(search.selected, search.years)
    return {
        facet: frozenset(map(value_mark, found)) or frozenset(["-"])
        for facet, found in value_ids.items()
    }


def _request(
    search: Search,
    read: Query,
    plan: QueryPlan,
    selected: Mapping[str, frozenset[str]],
    boosts: tuple[Boost, ...],
) -> Request:
    query = clauses.EVERYTHING if read.tree is None else plan.clause
    one_language = len(search.locales) == 1 or len(selected.get("language", ())) == 1
    ranked = _is_ranked(search)
    return Request(
        clause=_in_languages(search, query),
        selected=selected,
        boosts=boosts,
        order=search.order,
        collapse=not one_language,
        offset=0 if ranked else search.offset,
        limit=weights.CANDIDATES if ranked else search.limit,
        facets=search.facets,
        facet_size=search.facet_size,
    )


def _in_languages(search: Search, clause: Clause) -> Clause:
    """Restrict *clause* to the languages that are searched."""
    languages = clauses.FlagMatch(frozenset(map(locale_mark, search.locales)))
    return clauses.both(clause, languages)


def _is_ranked(search: Search) -> bool:
    """Return whether the page is among the results that the ranker orders."""
    end = search.offset + search.limit
    return search.order == BEST_FIRST and end <= weights.CANDIDATES


def _is_plain(plan: QueryPlan) -> bool:
    """Return whether every entry found has every word of the query."""
    words = all(isinstance(clause, clauses.TermMatch) for clause in plan.loose)
    others = clauses.both(plan.required, *plan.phrases)
    return words and not any(clauses.texts(others))


def _loosened(
    search: Search,
    request: Request,
    strict: Answer,
    plan: QueryPlan,
    ranker: Ranker,
) -> tuple[Answer, EngineUsed] | None:
    """Retry with only some of the optional words required.

    First, half of the words are required, then one; a question goes straight to one.
    Words that are common in the archive are ignored. Returns (answer, engine), or None
    if that finds no more than *strict*.
    """
    telling = [part for part in plan.loose if not _is_common(part, ranker)]
    loose = tuple(telling or plan.loose)
    request = replace(
        request,
        clause=_in_languages(search, plan.required),
        loose=loose,
        boosts=ranker.boosts(everywhere=True),
    )
    answered: tuple[Answer, EngineUsed] | None = None
    tried: set[int] = set()
    is_question = len(plan.loose) >= weights.QUESTION_WORDS
    for share in weights.LOOSE_SHARES[-1:] if is_question else weights.LOOSE_SHARES:
        at_least = max(1, int(len(loose) * share))
        if at_least in tried:
            continue
        tried.add(at_least)
        answered = ask(replace(request, at_least=at_least))
        if answered[0].total >= weights.ENOUGH_HITS:
            break
    return answered if answered and answered[0].total > strict.total else None


def _is_common(part: Clause, ranker: Ranker) -> bool:
    """Return whether *part*, a word or its synonyms, is too frequent to matter."""
    if isinstance(part, clauses.AnyOf):
        return any(_is_common(one, ranker) for one in part.clauses)
    return isinstance(part, clauses.TermMatch) and ranker.is_common(part)


def _ranked(
    search: Search, answer: Answer, ranker: Ranker, first: Sequence[int]
) -> Sequence[Ranked]:
    """Return the entries of the page, in order.

    In the ranker's order the entries *first*, which have all words, precede all others.
    """
    if _is_ranked(search):
        ids = _without_twins(list(dict.fromkeys((*first, *answer.ids))), first)
        ranked = ranker.rank(ids)
        ranked.sort(key=lambda one: one.entry_id not in first)
        return ranked[search.offset : search.offset + search.limit]
    by_id = {one.entry_id: one for one in ranker.rank(answer.ids)}
    return [by_id[entry_id] for entry_id in answer.ids if entry_id in by_id]


def _without_twins(ids: list[int], first: Sequence[int]) -> list[int]:
    """Return *ids* without other versions of the articles that are *first*."""
    if not first:
        return ids
    groups = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "group"))
    taken = {groups.get(pk) for pk in first}
    return [pk for pk in ids if pk in first or groups.get(pk) not in taken]


def _shown(
    search: Search, ranked: Sequence[Ranked], plan: QueryPlan, ranker: Ranker
) -> list[Result]:
    groups: dict[str, list[Entry]] = {}
    rows = {}
    pks = [one.entry_id for one in ranked]
    for entry in _with_versions(pks, search.language) if pks else ():
        groups.setdefault(entry.group, []).append(entry)
        rows[entry.pk] = entry
    entries = {pk: rows[pk] for pk in pks if pk in rows}
    own = _in_own_language(search, ranked, entries, groups, ranker)
    results = []
    for one in ranked:
        if one.entry_id in entries:
            entry = entries[one.entry_id]
            better = own.get(one.entry_id)
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
    entries = list(rows.order_by("locale"))
    for entry in entries:
        entry.body = entry.text  # type: ignore[attr-defined]
    return entries


def _in_own_language(
    search: Search,
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
        if one.entry_id in entries and entries[one.entry_id].locale != search.language
        for sibling in groups.get(entries[one.entry_id].group, ())
        if sibling.locale == search.language and sibling.locale in search.locales
    }
    if not wanted or list(search.selected.get("language", ())):
        return {}
    found = {one.entry_id: one for one in ranker.rank(list(wanted.values()))}
    rows = {entry.pk: entry for some in groups.values() for entry in some}
    by_id = {one.entry_id: one for one in ranked}
    return {
        entry_id: (replace(found[own], score=by_id[entry_id].score), rows[own])
        for entry_id, own in wanted.items()
        if own in found and sum(found[own].found) >= sum(by_id[entry_id].found)
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
