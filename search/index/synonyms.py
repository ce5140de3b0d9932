"""Synonyms across languages: names of entities, terms of the termbase.

Apps that own such names register them with :func:`put`. A reader who types one of them
finds articles that contain another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from search.characters import storable
from search.index.name_keys import parted, site_languages, whole_key
from search.languages import analyse
from search.models import Synonym

# Words of the longest term looked up in a query, and words of the query examined.
LONGEST_TERM = 5
MAX_QUERY_WORDS = 16
# The locale of the keys of names, which are the same in all languages.
ANY = ""
# Synonyms searched for besides the words typed.
MAX_WAYS = 8

# The words ``[start:end]`` of a query.
Window = tuple[int, int]


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


def group_names(prefix: str) -> set[str]:
    """Return the groups whose names begin with *prefix*."""
    rows = Synonym.objects.filter(group__startswith=prefix)
    return set(rows.values_list("group", flat=True))


def fold(text: str, locale: str) -> str:
    """Return the folded terms of *text*, joined by spaces."""
    return " ".join(term.folded for term in analyse(text, locale) if term.folded)


def find(words: Sequence[str], locales: Sequence[str]) -> list[SynonymMatch]:
    """Return the names and terms among consecutive *words* of a query.

    The words may be of any language of the site, their synonyms are those in *locales*.
    Longer matches take precedence and matches do not overlap. Runs at most two queries.
    """
    languages = dict.fromkeys((*locales, *site_languages()))
    windows: dict[str, set[Window]] = {}
    own: dict[Window, set[str]] = {}
    for start in range(min(len(words), MAX_QUERY_WORDS)):
        last = min(len(words), start + LONGEST_TERM)
        for end in range(start + 1, last + 1):
            text = " ".join(words[start:end])
            own[start, end] = {fold(text, locale) for locale in locales}
            read = {fold(text, locale) for locale in languages}
            for folded in (*read, whole_key(text)):
                windows.setdefault(folded, set()).add((start, end))
    groups: dict[Window, set[str]] = {}
    known = Synonym.objects.filter(folded__in=list(filter(None, windows)))
    for group, folded in known.values_list("group", "folded"):
        for window in windows[folded]:
            groups.setdefault(window, set()).add(group)
    if not groups:
        return []
    ways = _ways({group for found in groups.values() for group in found}, locales)
    return _longest(groups, ways, own)


def _ways(groups: set[str], locales: Sequence[str]) -> dict[str, list[Way]]:
    ways: dict[str, list[Way]] = {}
    rows = Synonym.objects.filter(group__in=groups, locale__in=locales)
    for row in rows.order_by("pk"):
        sequences = {row.folded, fold(parted(row.text), row.locale)}
        folded = frozenset(tuple(one.split()) for one in sequences)
        way = Way(row.text, row.locale, folded)
        ways.setdefault(row.group, []).append(way)
    return ways


def _longest(
    groups: dict[Window, set[str]],
    ways: dict[str, list[Way]],
    own: dict[Window, set[str]],
) -> list[SynonymMatch]:
    taken: set[int] = set()
    found = []
    for start, end in sorted(
        groups, key=lambda window: (window[0] - window[1], window)
    ):
        if taken & set(range(start, end)):
            continue
        typed = {tuple(folded.split()) for folded in own[start, end]}
        others: dict[frozenset[tuple[str, ...]], Way] = {}
        for group in sorted(groups[start, end]):
            for way in ways.get(group, ()):
                if typed.isdisjoint(way.folded):
                    others.setdefault(way.folded, way)
        if others:
            found.append(SynonymMatch(start, end, tuple(others.values())[:MAX_WAYS]))
            taken |= set(range(start, end))
    return sorted(found, key=lambda one: one.start)
