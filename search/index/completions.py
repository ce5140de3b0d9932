"""Completions of a few typed letters: names, headlines, words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.db import connection

from search.batches import batches
from search.facets import registry
from search.facets.registry import Shown
from search.languages import word_keys
from search.models import Completion, Entry, FacetValue, TermStatistic

NAME, TITLE, WORD = "name", "title", "word"
# A headline is found by the beginning of any of its first words.
TITLE_WORDS = 8
# Rarer words are as likely to be misspelt as meant.
MIN_WORD_ENTRIES = 3
# As many as fit under a search box on a phone.
OFFERED = {NAME: 4, TITLE: 3, WORD: 3}
MAX_TYPED = 100
# The columns that hold the first one, two and three characters of the key.
BEGINNINGS = ("first", "first_two", "first_three")
COLUMNS = (
    "owner",
    "kind",
    "locale",
    "folded",
    *BEGINNINGS,
    "text",
    "target",
    "weight",
)

_Row = tuple[str, str, str, str, str, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion under the search box. ``target`` is a URL or ``facet:key``."""

    kind: str
    text: str
    locale: str
    target: str


def suggestions(typed: str, *, locales: Iterable[str]) -> list[Suggestion]:
    """Return suggestions for *typed*, in any script: names, headlines, words.

    Runs one query, with an index look-up for each kind and language; the cost does not
    grow with the archive.
    """
    locales = list(locales)
    keys = {key for locale in locales if (key := beginning(typed[:MAX_TYPED], locale))}
    rows = _look_up(locales, sorted(keys)) if keys else []
    rows.sort(key=lambda row: beginning(row[1], row[2]) not in keys)  # whole names
    found: dict[tuple[str, str], Suggestion] = {}
    left = dict(OFFERED)
    for kind, text, locale, target in rows:
        name = (kind, target or text)
        if name not in found and left[kind]:
            found[name] = Suggestion(kind, text, locale, target)
            left[kind] -= 1
    return sorted(found.values(), key=lambda one: list(OFFERED).index(one.kind))


def _look_up(locales: list[str], keys: list[str]) -> list[tuple[str, str, str, str]]:
    """Return (kind, text, locale, target) of completions that start with one of *keys*.

    One query returns the best of each kind, language and key, highest weight first, and
    the names that are one of *keys* and nothing more.
    """
    parts, parameters = [], []
    for kind, limit in OFFERED.items():
        conditions = [_begins(key) for key in keys]
        if kind == NAME:
            conditions += [("folded = %s", [key]) for key in keys]
        for locale in locales:
            for condition, values in conditions:
                parts.append(
                    "SELECT * FROM (SELECT kind, text, locale, target, weight"
                    " FROM search_completion WHERE kind = %s AND locale = %s"
                    f" AND {condition} ORDER BY weight DESC LIMIT {limit * 2}) AS part"
                )
                parameters += [kind, locale, *values]
    sql = " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, text, locale, target FROM ({sql}) AS found"
            " ORDER BY weight DESC, text",
            parameters,
        )
        return list(cursor.fetchall())


def _begins(key: str) -> tuple[str, list[str]]:
    """Return the SQL condition for keys that start with *key*, and its parameters."""
    if len(key) <= len(BEGINNINGS):
        return f"{BEGINNINGS[len(key) - 1]} = %s", [key]
    end = key[:-1] + chr(ord(key[-1]) + 1)
    return "folded >= %s AND folded < %s", [key, end]


def beginning(text: str, locale: str) -> str:
    """Return the folded key that completions of *text* start with."""
    return " ".join(word_keys(text, locale))[:100]


def refresh_values(pks: Iterable[int]) -> None:
    """Update the completions of the facet values with these primary keys.

    Their weight is the number of entries with the value. Values without entries lose
    their completions.
    """
    wanted = FacetValue.objects.filter(
        pk__in=list(pks), facet__in=registry.shown_in(Shown.SUGGESTIONS)
    )
    rows: list[_Row] = []
    values = list(wanted)
    for value in values:
        if value.entries > 0:
            for locale, label in value.labels.items():
                rows += _rows(
                    owner=f"value:{value.pk}",
                    kind=NAME,
                    locale=locale,
                    text=label,
                    target=f"{value.facet}:{value.key}",
                    weight=value.entries,
                )
    _replace([f"value:{value.pk}" for value in values], rows)


def refresh_entries(keys: Iterable[str]) -> None:
    """Update the headline completions of these entries, newest first."""
    keys = list(keys)
    entries = Entry.objects.filter(key__in=keys)
    rows: list[_Row] = []
    for key, locale, tag, title, url, published in entries.values_list(
        "key", "locale", "tag", "title", "url", "published"
    ):
        rows += _rows(
            owner=f"entry:{key}",
            kind=TITLE,
            locale=locale,
            tag=tag,
            text=title,
            target=url,
            weight=published,
        )
    _replace([f"entry:{key}" for key in keys], rows)


def refresh_stems(stems: Iterable[tuple[str, str]]) -> None:
    """Update the completions of these stems, given as (locale, stem).

    Only stems in at least :data:`MIN_WORD_ENTRIES` entries are offered. Weights are bit
    lengths of the counts, so that most publications change none.
    """
    stems = set(stems)
    owned = {f"stem:{locale}:{stem}": (locale, stem) for locale, stem in stems}
    present = dict(
        Completion.objects.filter(owner__in=owned).values_list("owner", "weight")
    )
    terms = TermStatistic.objects.filter(
        kind="stem", text__in={stem for _locale, stem in stems}
    )
    rows: list[_Row] = []
    stale = []
    for term in terms:
        owner = f"stem:{term.locale}:{term.text}"
        weight = term.entries.bit_length() if term.entries >= MIN_WORD_ENTRIES else 0
        if owner not in owned or weight == present.get(owner, 0):
            continue
        stale.append(owner)
        shown = term.shown or term.text
        if weight and not any(map(str.isdigit, shown)):
            rows += _rows(
                owner=owner, kind=WORD, locale=term.locale, text=shown, weight=weight
            )[:1]
    _replace(stale, rows)


def _rows(
    *,
    owner: str,
    kind: str,
    locale: str,
    text: str,
    weight: int,
    target: str = "",
    tag: str = "",
) -> list[_Row]:
    """Return a row for each word that a typed text may start at.

    ``tag`` is the language tag of *text*, if it says more than *locale*. The columns
    are in the order of :data:`COLUMNS`.
    """
    words = word_keys(text, tag or locale)[:TITLE_WORDS]
    keys = dict.fromkeys(" ".join(words[start:])[:100] for start in range(len(words)))
    return [
        (
            owner,
            kind,
            locale,
            key,
            key[:1],
            key[:2],
            key[:3],
            text[:300],
            target,
            weight,
        )
        for key in keys
    ]


def _replace(owners: list[str], rows: list[_Row]) -> None:
    """Replace the completions of *owners* with *rows*.

    Rows are inserted without model instances because a full load makes millions.
    """
    for some in batches(owners, 500):
        Completion.objects.filter(owner__in=some).delete()
    place = f"({', '.join(['%s'] * len(COLUMNS))})"
    with connection.cursor() as cursor:
        for part in batches(rows, 500):
            cursor.execute(
                f"INSERT INTO search_completion ({', '.join(COLUMNS)})"
                f" VALUES {', '.join([place] * len(part))}",
                list(chain.from_iterable(part)),
            )
