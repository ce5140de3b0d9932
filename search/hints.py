"""What helps where nothing was found: searches that are known to find something.

Each costs a count of its own. How many there are depends on the query and the site's
languages, never on the archive.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from django.conf import settings

from search import query
from search.address import ALL_LANGUAGES, Asked
from search.facets.built_in import language_name
from search.languages.other_letters import in_other_letters
from search.query import And, Query, Word
from search.results import Search, total

# Of a longer query the reader sees best what to leave out.
MAX_WORDS = 5
# Readings in other letters that are tried; the likeliest come first.
MAX_READINGS = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """A search that finds *count* articles."""

    text: str
    url: str
    count: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Hints:
    """``missing`` are the words of the query that stand in no article. ``shorter``
    leave one of its parts out, ``letters`` write it in others, ``languages`` look
    elsewhere, and ``unfiltered`` does without filters; ``bare`` has neither the filters
    nor one of the parts, where nothing less would do."""

    missing: tuple[str, ...] = ()
    unfiltered: Hint | None = None
    letters: tuple[Hint, ...] = ()
    languages: tuple[Hint, ...] = ()
    shorter: tuple[Hint, ...] = ()
    bare: tuple[Hint, ...] = ()

    def __bool__(self) -> bool:
        lists = (self.letters, self.languages, self.shorter, self.bare)
        return bool(self.unfiltered or any(lists))


def hints_for(asked: Asked, read: Query) -> Hints:
    """What to try instead of *asked*, whose words were *read* so and found nothing."""
    if read.tree is None:
        return Hints()
    hints = Hints(
        missing=missing_words(asked, read),
        unfiltered=next(_found([(asked.text, _unfiltered(asked))]), None)
        if asked.is_filtered
        else None,
        letters=tuple(_found(_in_other_letters(asked, read))),
        languages=tuple(_in_other_languages(asked)),
        shorter=tuple(_found(_shorter(asked, read))),
    )
    if asked.is_filtered and not hints:
        return replace(hints, bare=tuple(_found(_shorter(_unfiltered(asked), read))))
    return hints


def missing_words(asked: Asked, read: Query) -> tuple[str, ...]:
    """The words and phrases of a query of several that no article has in the languages
    that are searched."""
    leaves = list(dict.fromkeys(read.words))
    if not 1 < len(leaves) <= MAX_WORDS:
        return ()
    texts = [query.describe(Query(leaf)) for leaf in leaves]
    return tuple(text for text in texts if not total(Search(text, asked.locales)))


def _found(searches: Iterable[tuple[str, Asked]]) -> Iterator[Hint]:
    """The *searches* that find anything."""
    for text, asked in searches:
        count = total(asked.search())
        if count:
            yield Hint(text, asked.address(), count)


def _unfiltered(asked: Asked) -> Asked:
    languages = (ALL_LANGUAGES,) if asked.is_everywhere else asked.languages
    return replace(asked.in_years(), filters={}, languages=languages)


def _shorter(asked: Asked, read: Query) -> Iterator[tuple[str, Asked]]:
    """The query without one of its parts, for each of them."""
    tree = read.tree
    if not isinstance(tree, And) or len(tree.nodes) > MAX_WORDS:
        return
    rest = [
        Query(And(tree.nodes[:place] + tree.nodes[place + 1 :]))
        for place in range(len(tree.nodes))
    ]
    for text in dict.fromkeys(query.describe(one) for one in rest if one):
        yield text, replace(asked, text=text, page=1)


def _in_other_letters(asked: Asked, read: Query) -> Iterator[tuple[str, Asked]]:
    """A query of plain words as it may have been meant on another keyboard."""
    nodes = read.tree.nodes if isinstance(read.tree, And) else (read.tree,)
    if not all(isinstance(node, Word) for node in nodes):
        return
    for text in islice(in_other_letters(asked.text.strip()), MAX_READINGS):
        yield text, replace(asked, text=text, page=1)


def _in_other_languages(asked: Asked) -> Iterator[Hint]:
    """The same in each language that was not searched."""
    for code, _name in settings.LANGUAGES:
        if code not in asked.locales:
            languages = () if code == asked.language else (code,)
            elsewhere = replace(asked, languages=languages, page=1)
            name = language_name(code)
            for hint in _found([(name, elsewhere)]):
                yield replace(hint, language=code)
