"""The query language in each interface language: operators and names of filters.

The names of facets in Kazakh, Russian and English are given where the facet is
registered (:mod:`search.facets`). The row of a further language gives them in
``filters``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

OPERATORS = ("or", "and", "not")
DATE_FILTERS = ("before", "after")


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryWords:
    """The words of the query language in one interface language.

    ``names`` are the names of this language in any language, for the filter
    ``language:``, in lower case. ``operators`` maps ``or``, ``and`` and ``not`` to a
    word in capitals; an operator that the grammar of the language cannot put before its
    operand is left out. ``filters`` maps ``before``, ``after`` and names of facets to
    words in lower case, the first of which is shown to readers.
    """

    names: tuple[str, ...] = ()
    operators: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    filters: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )


_words: dict[str, QueryWords] = {
    "kk": QueryWords(
        names=("kaz", "қазақша", "қазақ", "казахский", "kazakh"),
        operators={"or": "НЕМЕСЕ", "and": "ЖӘНЕ"},  # Kazakh negates after the word
        filters={"before": ("дейін",), "after": ("кейін",)},
    ),
    "ru": QueryWords(
        names=("rus", "орысша", "орыс", "русский", "russian"),
        operators={"or": "ИЛИ", "and": "И", "not": "НЕ"},
        filters={"before": ("до",), "after": ("после",)},
    ),
    "en": QueryWords(
        names=("eng", "ағылшынша", "ағылшын", "английский", "english"),
        operators={"or": "OR", "and": "AND", "not": "NOT"},
        filters={"before": ("before",), "after": ("after",)},
    ),
}
_operators: dict[str, str] = {}
_filters: dict[str, str] = {}
_languages: dict[str, str] = {}


def register(words: Mapping[str, QueryWords]) -> None:
    """Add *words*, language code → its words, or replace those of a language.

    Raises ValueError if a word is not in the required case, if an operator is unknown,
    or if a word already has another meaning. Nothing is then changed.
    """
    merged = _words | dict(words)
    tables = _read(merged)
    _words.update(words)
    for known, new in zip((_operators, _filters, _languages), tables, strict=True):
        known.clear()
        known.update(new)


def _read(
    words: Mapping[str, QueryWords],
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return the meanings of operators, of filters and of language names."""
    operators: dict[str, str] = {}
    filters: dict[str, str] = {}
    languages: dict[str, str] = {}
    for code, one in words.items():
        for operator, name in one.operators.items():
            if operator not in OPERATORS:
                raise ValueError(f"{code}: {operator!r} is no operator.")
            if not name.isalpha() or name != name.upper():
                raise ValueError(f"{code}: {name!r} is not a word in capitals.")
            _add(operators, name, operator)
        for filter_, names in one.filters.items():
            for name in names:
                if not name.isalpha() or name != name.lower():
                    raise ValueError(f"{code}: {name!r} is not a word in lower case.")
                _add(filters, name, filter_)
        for name in one.names:
            _add(languages, name.lower(), code)
    return operators, filters, languages


def _add(meanings: dict[str, str], name: str, meaning: str) -> None:
    if meanings.setdefault(name, meaning) != meaning:
        raise ValueError(f"{name!r} is both {meanings[name]!r} and {meaning!r}.")


def registered() -> Mapping[str, QueryWords]:
    """Return the words of every language by its code."""
    return MappingProxyType(_words)


def words_of(code: str) -> QueryWords | None:
    """Return the words of the language *code*, None if it has none."""
    return _words.get(code)


def operator_called(name: str) -> str:
    """Return "or", "and" or "not" for its name in any language, else ""."""
    return _operators.get(name, "")


def filter_called(name: str) -> str:
    """Return the filter with this name in the row of a language, else ""."""
    return _filters.get(name, "")


def language_called(name: str) -> str:
    """Return the code of the language with this name in any language, else ""."""
    return _languages.get(name, "")


def operator_names(operator: str) -> dict[str, str]:
    """Return the names of *operator* by language code."""
    return {
        code: one.operators[operator]
        for code, one in _words.items()
        if operator in one.operators
    }


def filter_names(name: str) -> dict[str, tuple[str, ...]]:
    """Return the names of a filter in the rows of languages, by language code."""
    return {
        code: one.filters[name] for code, one in _words.items() if name in one.filters
    }


register({})
