"""From a reader's words to a page of results."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.engines import default_engine
from search.excerpts import Piece, excerpt, marked
from search.meaning import Meaning, understand
from search.models import Entry
from search.query import Query, parse
from search.zones import COLUMN_NAMES

RESULTS_PER_PAGE = 10  # what fits on a screen or two


@dataclass(frozen=True, slots=True)
class Result:
    """An entry that was found, ready to be shown."""

    entry: Entry
    score: float
    title: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found for a query.

    ``is_loose`` says that no article has all the words, and that these have some.
    """

    query: Query
    total: int
    results: list[Result]
    is_loose: bool = False


def search_archive(
    text: str, *, locales: Iterable[str], offset: int = 0, limit: int = RESULTS_PER_PAGE
) -> Results:
    """Find *text* among the live articles of *locales*, best first."""
    locales = list(locales)
    query = parse(text)
    meaning = understand(query, locales)
    engine = default_engine()
    answer = engine.find(meaning, locales=locales, offset=offset, limit=limit)
    is_loose = not answer.total and len(meaning.all_of) > 1
    if is_loose:
        meaning = meaning.loosened()
        answer = engine.find(meaning, locales=locales, offset=offset, limit=limit)
    entries = Entry.objects.defer(*COLUMN_NAMES).in_bulk(
        [hit.entry_id for hit in answer.hits]
    )
    results = [
        _result(entries[hit.entry_id], hit.score, meaning)
        for hit in answer.hits
        if hit.entry_id in entries
    ]
    return Results(query, answer.total, results, is_loose and answer.total > 0)


def _result(entry: Entry, score: float, meaning: Meaning) -> Result:
    return Result(
        entry=entry,
        score=score,
        title=marked(entry.title, meaning, entry.locale),
        excerpt=excerpt(_running_text(entry), meaning, entry.locale),
    )


def _running_text(entry: Entry) -> str:
    """Lead and body as one text, a dot between parts that do not end a sentence."""
    lines = [line for line in f"{entry.lead}\n{entry.body}".splitlines() if line]
    ended = [f"{line} " if line[-1] in ".!?…:;»”" else f"{line} · " for line in lines]
    return "".join(ended).removesuffix(" ").removesuffix(" ·")
