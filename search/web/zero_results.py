"""Suggestions for zero results: similar searches that are known to find something.

What their totals need is read by a few queries for all of them together. The number of
suggestions depends on the query and the site's languages, never on the size of the
archive.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice
from operator import and_, or_

from search import query
from search.facets.built_in import language_name
from search.languages.other_letters import in_other_letters
from search.languages.query_words import operator_called
from search.plan.plan import function_words_in
from search.query import And, Node, Or, Phrase, Query, Word
from search.results.languages import searched_languages
from search.results.search import Search, read_ahead_totals, total
from search.site_languages import site_languages
from search.web.params import ALL_LANGUAGES, SearchRequest

# In a longer query readers see best themselves what to leave out.
MAX_WORDS = 5
# What means something outside quotation marks: (a|b), -a, a*, a:b.
_OPERATORS = re.compile(r"(?<!\w)[-−–]|[()|*:]")
# Alternative readings in other scripts or keyboard layouts; the likeliest come first.
MAX_READINGS = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """A search that finds ``count`` articles."""

    text: str
    url: str
    count: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class ZeroResults:
    """Suggested searches.

    ``missing`` are the words of the query that occur in no article. ``unquoted`` has
    the words of the query's phrases, ``shorter`` omits one part of the query,
    ``letters`` converts it to other letters, ``languages`` searches in another
    language, and ``unfiltered`` drops the filters. ``bare`` drops the filters and one
    part; it is filled only if no other suggestion finds anything.
    """

    missing: tuple[str, ...] = ()
    unfiltered: Hint | None = None
    unquoted: Hint | None = None
    letters: tuple[Hint, ...] = ()
    languages: tuple[Hint, ...] = ()
    shorter: tuple[Hint, ...] = ()
    bare: tuple[Hint, ...] = ()

    def __bool__(self) -> bool:
        lists = (self.letters, self.languages, self.shorter, self.bare)
        return bool(self.unfiltered or self.unquoted or any(lists))


def zero_results_for(asked: SearchRequest, read: Query) -> ZeroResults:
    """Return suggestions for *asked*, which found nothing.

    *read* is the parsed query of *asked*.
    """
    if read.tree is None:
        return ZeroResults()
    words = _searches_of_words(asked, read)
    unfiltered = [(asked.text, _unfiltered(asked))] if asked.is_filtered else []
    unquoted = list(_unquoted(asked, read))
    letters = list(_in_other_letters(asked, read))
    languages = list(_elsewhere(asked))
    shorter = list(_shorter(asked, read))
    offered = (*unfiltered, *unquoted, *letters, *languages, *shorter)
    read_ahead_totals((*words.values(), *(one.search() for _text, one in offered)))
    zero_results = ZeroResults(
        missing=_without_results(words),
        unfiltered=next(_found(unfiltered), None),
        unquoted=next(_found(unquoted), None),
        letters=tuple(_found(letters)),
        languages=tuple(_in_other_languages(languages)),
        shorter=tuple(_found(shorter)),
    )
    if asked.is_filtered and not zero_results:
        bare = list(_shorter(_unfiltered(asked), read))
        read_ahead_totals(one.search() for _text, one in bare)
        return replace(zero_results, bare=tuple(_found(bare)))
    return zero_results


def missing_words(asked: SearchRequest, read: Query) -> tuple[str, ...]:
    """Return the words and phrases of the query that no article has.

    Only the searched languages count, and no function words. A query with one word, or
    more than :data:`MAX_WORDS`, gives an empty tuple.
    """
    searches = _searches_of_words(asked, read)
    read_ahead_totals(searches.values())
    return _without_results(searches)


def _without_results(searches: Mapping[str, Search]) -> tuple[str, ...]:
    return tuple(text for text, search in searches.items() if not total(search))


def _searches_of_words(asked: SearchRequest, read: Query) -> dict[str, Search]:
    """Return a search for each word or phrase of the query, by its text.

    Only whether it finds anything matters: one result is enough.
    """
    left_out = function_words_in(read.words)
    leaves = [leaf for leaf in dict.fromkeys(read.words) if leaf.text not in left_out]
    if not 1 < len(leaves) <= MAX_WORDS:
        return {}
    texts = [query.describe(Query(leaf)) for leaf in leaves]
    locales = searched_languages(read, asked.locales)
    return {text: Search(text, locales, few=1) for text in texts}


def _found(searches: Iterable[tuple[str, SearchRequest]]) -> Iterator[Hint]:
    """Yield a hint for each of *searches* that finds anything."""
    for text, asked in searches:
        count = total(asked.search())
        if count:
            yield Hint(text, asked.address(), count)


def _unfiltered(asked: SearchRequest) -> SearchRequest:
    languages = (ALL_LANGUAGES,) if asked.is_everywhere else asked.languages
    return replace(asked.in_years(), filters={}, languages=languages)


def _shorter(asked: SearchRequest, read: Query) -> Iterator[tuple[str, SearchRequest]]:
    """Yield the query without one of its parts, for each part."""
    tree = read.tree
    if not isinstance(tree, And) or len(tree.nodes) > MAX_WORDS:
        return
    # Without a function word a query is the same, and with no other it finds too much.
    left_out = function_words_in(tree.nodes)
    nodes = [
        node
        for node in tree.nodes
        if not isinstance(node, Word) or node.text not in left_out
    ]
    rest = [
        Query(And((*nodes[:place], *nodes[place + 1 :]))) for place in range(len(nodes))
    ]
    for text in dict.fromkeys(query.describe(one) for one in rest if one):
        yield text, replace(asked, text=text, page=1)


def _unquoted(asked: SearchRequest, read: Query) -> Iterator[tuple[str, SearchRequest]]:
    """Yield the query with the words of its phrases instead of the phrases, if any."""
    if read.tree is not None and (tree := _words_for_phrases(read.tree)) != read.tree:
        text = query.describe(Query(tree))
        yield text, replace(asked, text=text, page=1)


def _words_for_phrases(node: Node) -> Node:
    """Return *node* with its phrases, unless negated, replaced by their words."""
    if isinstance(node, Phrase):
        return reduce(and_, map(Word, _words_in(node)))
    if isinstance(node, And):
        return reduce(and_, map(_words_for_phrases, node.nodes))
    if isinstance(node, Or):
        return reduce(or_, map(_words_for_phrases, node.nodes))
    return node


def _words_in(phrase: Phrase) -> list[str]:
    """Return the words of *phrase*, none of which is read as an operator."""
    texts = _OPERATORS.sub(" ", phrase.text).split()
    return [text.lower() if operator_called(text) else text for text in texts]


def _in_other_letters(
    asked: SearchRequest, read: Query
) -> Iterator[tuple[str, SearchRequest]]:
    """Yield readings of a query of plain words in other keyboard layouts or scripts."""
    nodes = read.tree.nodes if isinstance(read.tree, And) else (read.tree,)
    if not all(isinstance(node, Word) for node in nodes):
        return
    for text in islice(in_other_letters(asked.text.strip()), MAX_READINGS):
        yield text, replace(asked, text=text, page=1)


def _in_other_languages(
    searches: Iterable[tuple[str, SearchRequest]],
) -> Iterator[Hint]:
    """Yield a hint for each of *searches*, by language, that finds anything."""
    for code, elsewhere in searches:
        for hint in _found([(language_name(code), elsewhere)]):
            yield replace(hint, language=code)


def _elsewhere(asked: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    """Yield each language that was not searched, and the search in it."""
    for code in site_languages():
        if code not in asked.locales:
            languages = () if code == asked.language else (code,)
            yield code, replace(asked, languages=languages, page=1)
