"""Synonyms across languages: names of entities, terms of the termbase.

Apps that own such names store them with :func:`put`; names that come with the code are
added by :func:`register`. A reader who types one of them finds articles that contain
another.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db import transaction

from search.characters import storable
from search.index.name_keys import parted, whole_key
from search.kept_rows import kept
from search.languages import analyse
from search.models import Synonym
from search.site_languages import site_languages

# Words of the longest term looked up in a query, and words of the query examined.
LONGEST_TERM = 5
MAX_QUERY_WORDS = 16
# The locale of the keys of names, which are the same in all languages.
ANY = ""
# Synonyms searched for besides the words typed.
MAX_WAYS = 16

# The words ``[start:end]`` of a query.
Window = tuple[int, int]
# Returns the names of groups: group → language code → names. A name is a tuple of the
# ways to write it; readers are shown the first.
Source = Callable[[], Mapping[str, Mapping[str, Iterable[tuple[str, ...]]]]]
_sources: list[Source] = []


@dataclass(frozen=True, slots=True)
class Way:
    """A synonym: its text and the sequences of folded terms that it may be.

    A compound may also be written as separate words.
    """

    text: str
    locale: str
    folded: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SynonymMatch:
    """A name or term found in the words ``[start:end]`` of a query."""

    start: int
    end: int
    ways: tuple[Way, ...]


@transaction.atomic
def put(
    group: str, texts: Mapping[str, Iterable[str]], *, are_names: bool = False
) -> None:
    """Replace the synonyms of *group* with these texts, by language code.

    All texts of a group are synonyms. If they *are_names*, each is also found by its
    key (see :mod:`search.index.name_keys`), in any spelling. A group
    with fewer than two rows is deleted.
    """
    rows = [
        Synonym(group=group, locale=locale, text=text[:300], folded=folded)
        for locale, named in texts.items()
        for text in map(storable, named)
        if (folded := fold(text, locale)) and len(folded) <= 300
    ]
    if are_names:
        keys = {key: row.text for row in rows if (key := whole_key(row.text))}
        rows += [
            Synonym(group=group, locale=ANY, text=text, folded=key)
            for key, text in keys.items()
            if len(key) <= 300
        ]
    Synonym.objects.filter(group=group).delete()
    if len(rows) > 1:
        Synonym.objects.bulk_create(rows)


def register(source: Source) -> None:
    """Add synonyms that come with the code: *source* is called once, when needed."""
    _sources.append(source)
    _built_in.cache_clear()


def fold(text: str, locale: str) -> str:
    """Return the folded terms of *text*, joined by spaces."""
    return " ".join(term.folded for term in analyse(text, locale) if term.folded)


def find(words: Sequence[str], locales: Sequence[str]) -> list[SynonymMatch]:
    """Return the names and terms among consecutive *words* of a query.

    The words may be of any language of the site, their synonyms are those in *locales*.
    Longer matches take precedence and matches do not overlap. Runs at most one query.
    """
    windows, own = _windows(words, locales)
    groups: dict[Window, set[str]] = {}
    rows = _rows_of_groups({folded for folded in windows if folded})
    stored = [(row.group, row.folded) for row in rows if row.folded in windows]
    built_in = _built_in()
    for group, folded in [*stored, *built_in.groups_in(windows)]:
        for window in windows[folded]:
            groups.setdefault(window, set()).add(group)
    if not groups:
        return []
    ways = _ways(rows, locales)
    for group in {group for found in groups.values() for group in found}:
        for way in built_in.ways.get(group, ()):
            if way.locale in locales:
                ways.setdefault(group, []).append(way)
    return _longest(groups, ways, own)


def _windows(
    words: Sequence[str], locales: Sequence[str]
) -> tuple[dict[str, set[Window]], dict[Window, set[str]]]:
    """Return the windows of *words* by folded text, and their texts in *locales*."""
    languages = dict.fromkeys((*locales, *site_languages()))
    windows: dict[str, set[Window]] = {}
    own: dict[Window, set[str]] = {}
    for start in range(min(len(words), MAX_QUERY_WORDS)):
        last = min(len(words), start + LONGEST_TERM)
        for end in range(start + 1, last + 1):
            text = " ".join(words[start:end])
            read = {locale: fold(text, locale) for locale in languages}
            own[start, end] = {read[locale] for locale in locales}
            for folded in {*read.values(), whole_key(text)}:
                windows.setdefault(folded, set()).add((start, end))
    return windows, own


@dataclass(frozen=True, slots=True)
class _BuiltIn:
    """The synonyms of all sources: groups by folded text, and ways by group."""

    groups: Mapping[str, set[str]]
    ways: Mapping[str, list[Way]]

    def groups_in(self, windows: Iterable[str]) -> list[tuple[str, str]]:
        """Return (group, folded text) of the groups that have one of the texts."""
        return [
            (group, folded)
            for folded in windows
            for group in sorted(self.groups.get(folded, ()))
        ]


@cache
def _built_in() -> _BuiltIn:
    groups: dict[str, set[str]] = {}
    ways: dict[str, list[Way]] = {}
    for source in _sources:
        for group, texts in source().items():
            # The first name of each language, then the second: see MAX_WAYS.
            ranked = [
                (rank, locale, name)
                for locale, named in texts.items()
                for rank, name in enumerate(named)
            ]
            for _rank, locale, name in sorted(ranked, key=lambda one: one[0]):
                written = {text: fold(text, locale) for text in name}
                ways.setdefault(group, []).append(_way(written, locale))
                for folded in written.values():
                    groups.setdefault(folded, set()).add(group)
    return _BuiltIn(groups, ways)


def _way(written: Mapping[str, str], locale: str) -> Way:
    """Return the way for one name: its spellings, the one shown first → folded text."""
    sequences = {*written.values(), *(fold(parted(text), locale) for text in written)}
    folded = frozenset(tuple(one.split()) for one in sequences)
    return Way(next(iter(written)), locale, folded)


def read_ahead(runs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> None:
    """Read with one query what :func:`find` needs for each of *runs*.

    A run is (words, locales). Useful only while rows are kept
    (:mod:`search.kept_rows`).
    """
    texts = {text for words, locales in runs for text in _windows(words, locales)[0]}
    _rows_of_groups(set(filter(None, texts)))


def _rows_of_groups(texts: set[str]) -> list[Synonym]:
    """Return the rows of all groups that have one of the folded *texts*, by key."""
    known: dict[str, list[Synonym]] = kept("synonyms")
    if missing := texts - known.keys():
        known.update((text, []) for text in missing)
        named = Synonym.objects.filter(folded__in=missing)
        rows = list(Synonym.objects.filter(group__in=named.values("group")))
        groups: dict[str, list[Synonym]] = {}
        for row in rows:
            groups.setdefault(row.group, []).append(row)
        for row in rows:
            if row.folded in missing:
                known[row.folded] += groups[row.group]
    found = {row.pk: row for text in texts for row in known[text]}
    return [found[pk] for pk in sorted(found)]


def _ways(rows: Iterable[Synonym], locales: Sequence[str]) -> dict[str, list[Way]]:
    ways: dict[str, list[Way]] = {}
    for row in rows:
        if row.locale in locales:
            way = _way({row.text: row.folded}, row.locale)
            ways.setdefault(row.group, []).append(way)
    return ways


def _longest(
    groups: dict[Window, set[str]],
    ways: dict[str, list[Way]],
    own: dict[Window, set[str]],
) -> list[SynonymMatch]:
    taken: set[int] = set()
    found = []
    built_in = _built_in().ways
    for start, end in sorted(
        groups, key=lambda window: (window[0] - window[1], window)
    ):
        if taken & set(range(start, end)):
            continue
        typed = {tuple(folded.split()) for folded in own[start, end]}
        others: dict[frozenset[tuple[str, ...]], Way] = {}
        # The newsroom's own names before those that come with the code.
        for group in sorted(groups[start, end], key=lambda one: (one in built_in, one)):
            for way in ways.get(group, ()):
                if typed.isdisjoint(way.folded):
                    others.setdefault(way.folded, way)
        if others:
            found.append(SynonymMatch(start, end, tuple(others.values())[:MAX_WAYS]))
            taken |= set(range(start, end))
    return sorted(found, key=lambda one: one.start)
