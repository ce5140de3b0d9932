"""The registry of facets, with all that the search needs to know of each facet.

An app registers its facets when it is loaded (``AppConfig.ready``); the search itself
registers language, year and month (:mod:`search.facets.built_in`). URL parameters,
filters, lists, suggestions, feeds, the query language and the mapping of Elasticsearch
are derived from the registry.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

# The low bits of a value's id that hold the code of its facet.
CODE_BITS = 4
CODE_MASK = (1 << CODE_BITS) - 1
# Names that fit `FacetValue.facet` and can be used as URL path segment and parameter.
_NAME = re.compile("[a-z]{1,20}")
# The other parameters of the search page.
RESERVED = frozenset({"q", "language", "order", "from", "to", "facet", "sort", "page"})


class Shown(StrEnum):
    """A place where facets, or their values, are shown."""

    FILTERS = "filters beside the results"
    BROWSING = "lists for a reader without a question"
    HITS = "names above a result"
    TOGETHER = "names that are counted on the page of another name"
    SUGGESTIONS = "names that are suggested while typing"
    FEED_AUTHORS = "authors of a feed's entry"
    FEED_CATEGORIES = "categories of a feed's entry"


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """A property of entries.

    ``code`` (0 to 15) is part of the stored ids of the facet's values: it must never be
    changed or given to another facet. ``one`` stands before a value, ``many`` above a
    list, ``all_of_them`` (with ``%(count)s``) on a link to the whole list.
    ``query_names`` are the names in the query language by interface language, the first
    of each for display. ``shown`` gives the facet's position in each place where it is
    shown. Values of an ``is_named`` facet have names and are listed alphabetically; for
    other facets ``label`` makes the name of a value from its key. ``size`` is the
    number of values that a list of filters shows. The values of an ``is_dated`` facet
    are ordered by key.
    """

    name: str
    code: int
    one: "StrPromise"
    many: "StrPromise"
    all_of_them: "StrPromise"
    query_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: Mapping[Shown, int] = field(default_factory=dict)
    is_named: bool = True
    is_dated: bool = False
    size: int = 8
    label: Callable[[str], str] | None = None


_facets: dict[str, Facet] = {}
_by_code: dict[int, str] = {}
_by_query_name: dict[str, str] = {}


def register(*facets: Facet) -> None:
    """Register *facets*.

    Raises ImproperlyConfigured if a name, a code or a name in the query language is
    invalid or already registered.
    """
    for one in facets:
        _check(one)
        _facets[one.name] = one
        _by_code[one.code] = one.name
        _by_query_name.update(dict.fromkeys(_query_names(one), one.name))


def _check(new: Facet) -> None:
    is_own = new.name == "language"
    if not _NAME.fullmatch(new.name) or (new.name in RESERVED and not is_own):
        raise ImproperlyConfigured(f"{new.name!r} cannot be the name of a facet.")
    if not 0 <= new.code <= CODE_MASK:
        raise ImproperlyConfigured(f"The code of {new.name!r} is not 0 to {CODE_MASK}.")
    if new.name in _facets:
        raise ImproperlyConfigured(f"The facet {new.name!r} is registered twice.")
    if new.code in _by_code:
        taken = _by_code[new.code]
        raise ImproperlyConfigured(f"{taken!r} and {new.name!r} have one code.")
    for name in _query_names(new) & _by_query_name.keys():
        taken = _by_query_name[name]
        raise ImproperlyConfigured(f"{taken!r} and {new.name!r} are both {name!r}.")


def _query_names(facet: Facet) -> set[str]:
    return {name for names in facet.query_names.values() for name in names}


def get(name: str) -> Facet:
    """Return the facet with this name. Raise ValueError if there is none."""
    try:
        return _facets[name]
    except KeyError:
        raise ValueError(f"{name!r} is not one of {', '.join(names())}") from None


def find(name: str) -> Facet | None:
    """Return the facet with this name, None if there is none."""
    return _facets.get(name)


def names() -> tuple[str, ...]:
    """Return the names of all facets, ordered by code."""
    ordered = sorted(_facets.values(), key=lambda facet: facet.code)
    return tuple(facet.name for facet in ordered)


def named() -> tuple[str, ...]:
    """Return the names of the facets whose values have names."""
    return tuple(name for name in names() if _facets[name].is_named)


def shown_in(place: Shown) -> tuple[str, ...]:
    """Return the names of the facets shown in *place*, in order."""
    shown = [facet for facet in _facets.values() if place in facet.shown]
    ordered = sorted(shown, key=lambda facet: facet.shown[place])
    return tuple(facet.name for facet in ordered)


def by_code(code: int) -> str:
    """Return the name of the facet with this code. Raise LookupError if none has it."""
    return _by_code[code]


def by_query_name(name: str) -> str:
    """Return the facet called *name* in the query language, else an empty string."""
    return _by_query_name.get(name, "")
