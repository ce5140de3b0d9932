"""The search: from a typed query to a page of results."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from search import weights
from search.engines import BEST_FIRST, NEWEST_FIRST, Answer, Boost, FacetCounts, Request
from search.engines.choice import EngineUsed, ask, read_ahead
from search.engines.timing import one_search
from search.index.facet_values import chosen_value_ids
from search.index.filter_terms import locale_mark, value_mark
from search.index.term_statistics import counts_of_terms
from search.kept_rows import keeping_rows, kept
from search.plan import clauses
from search.plan.clauses import Clause
from search.plan.plan import QueryPlan, understand
from search.plan.reading_ahead import read_ahead as read_ahead_plans
from search.query import Query, parse
from search.ranking.ranker import Ranked, Ranker, terms_of
from search.results.languages import searched_languages
from search.results.result import OwnLanguage, Result, results_of

RESULTS_PER_PAGE = 10  # what fits on a screen or two


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
    higher. With ``may_loosen`` only some of the words are required if fewer articles
    than ``few`` have all. With ``as_typed`` no other names of what was typed are
    searched.
    """

    text: str
    locales: tuple[str, ...]
    language: str = ""
    selected: Mapping[str, Iterable[str]] = field(default_factory=dict)
    years: tuple[str, str] = ("", "")
    order: str = BEST_FIRST
    prefer_new: bool = True
    may_loosen: bool = True
    few: int = weights.FEW_HITS
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
    with keeping_rows(), one_search():
        return _find(search)


def _find(search: Search) -> Results:
    query = parse(search.text)
    _read_ahead_plans([(search, query)])
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
    if search.may_loosen and answer.total < search.few and plan.loose:
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
        results=results_of(ranked, plan, ranker, _own_language(search)),
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
    return find(_only_total(search)).total


def _only_total(search: Search) -> Search:
    return replace(search, order=NEWEST_FIRST, offset=0, limit=0, facets=())


def read_ahead_totals(searches: Iterable[Search]) -> None:
    """Read with at most five queries what :func:`total` needs for *searches*.

    Useful only while rows are kept (:mod:`search.kept_rows`).
    """
    read = [(one, parse(one.text)) for one in map(_only_total, searches)]
    _read_ahead_plans(read)
    prepared = []
    for one, query in read:
        search, plan = _understood(one, query)
        selected = _marks(search)
        if plan or selected:
            prepared.append((search, query, plan, selected))
    counts_of_terms(
        term
        for search, _query, plan, _selected in prepared
        for term in terms_of(plan, search.locales)
    )
    strict = [_request(*one, ()) for one in prepared]
    first, later = [*strict], []
    for (search, _query, plan, _selected), request in zip(
        prepared, strict, strict=True
    ):
        if search.may_loosen and plan.loose:
            ranker = Ranker(plan, search.locales, now=None)
            looser = _looser_requests(search, request, plan.loosened(), ranker)
            if ranker.has_unknown_word():
                first += looser
            else:
                later.append((search.few, request, looser))
    read_ahead(first)
    read_ahead(
        one
        for few, request, looser in later
        if ask(request)[0].total < few
        for one in looser
    )


def request_of(search: Search, query: Query) -> Request | None:
    """Return the request for the engine, None without words or filters."""
    search, plan = _understood(search, query)
    selected = _marks(search)
    if not plan and not selected:
        return None
    return _request(search, query, plan, selected, ())


def _read_ahead_plans(searches: Iterable[tuple[Search, Query]]) -> None:
    """Read with at most two queries what :func:`_understood` needs for *searches*."""
    read_ahead_plans(
        (query, searched_languages(query, search.locales), search.as_typed)
        for search, query in searches
    )


def _understood(search: Search, query: Query) -> tuple[Search, QueryPlan]:
    """Return *search* in the languages that *query* names, and the plan of both."""
    locales = searched_languages(query, search.locales)
    scripts = list(search.selected.get("script", ()))
    script = scripts[0] if len(scripts) == 1 else ""
    plans: dict[Any, QueryPlan] = kept("plans")
    asked = (query, locales, search.as_typed, script)
    if asked not in plans:
        plans[asked] = understand(
            query, locales, as_typed=search.as_typed, script=script
        )
    return replace(search, locales=locales), plans[asked]


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


def _own_language(search: Search) -> OwnLanguage:
    is_selected = bool(list(search.selected.get("language", ())))
    is_searched = search.language in search.locales
    return OwnLanguage(search.language, replaces=is_searched and not is_selected)


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
    answered: tuple[Answer, EngineUsed] | None = None
    for one in _looser_requests(search, request, plan, ranker):
        answered = ask(one)
        if answered[0].total >= weights.ENOUGH_HITS:
            break
    return answered if answered and answered[0].total > strict.total else None


def _looser_requests(
    search: Search, request: Request, plan: QueryPlan, ranker: Ranker
) -> list[Request]:
    """Return the requests to try in place of *request*, the strictest first."""
    telling = [part for part in plan.loose if not _is_common(part, ranker)]
    loose = tuple(telling or plan.loose)
    request = replace(
        request,
        clause=_in_languages(search, plan.required),
        loose=loose,
        boosts=ranker.boosts(everywhere=True),
    )
    is_question = len(plan.loose) >= weights.QUESTION_WORDS
    shares = weights.LOOSE_SHARES[-1:] if is_question else weights.LOOSE_SHARES
    numbers = dict.fromkeys(max(1, int(len(loose) * share)) for share in shares)
    return [replace(request, at_least=number) for number in numbers]


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
    if search.offset >= answer.total:  # the page is past the last one
        return []
    if _is_ranked(search):
        ranked = ranker.rank(list(dict.fromkeys((*first, *answer.ids))))
        # No other versions of the articles that are first.
        taken = {one.group for one in ranked if one.entry_id in first}
        ranked = [
            one for one in ranked if one.entry_id in first or one.group not in taken
        ]
        ranked.sort(key=lambda one: one.entry_id not in first)
        return ranked[search.offset : search.offset + search.limit]
    by_id = {one.entry_id: one for one in ranker.rank(answer.ids)}
    return [by_id[entry_id] for entry_id in answer.ids if entry_id in by_id]
