"""Single words in a Latin alphabet, without a text that shows which alphabet it is."""

from collections.abc import Iterator

from search.languages import analyse_query
from search.languages.kazakh.scripts import convert

from .data import Data, asked_stems, frequent_first, written_stems
from .rows import Figure, row

ALPHABETS = {
    "Latn": (0.99, 0.98),
    "Latn-2018": (0.98, 0.98),
    "Latn-2019": (0.97, 0.98),
    "Latn-2017": (0.985, 0.98),
    "Latn-2007": (0.96, 0.98),
}
"""Alphabet → the least share in the rows `latin word` and `latin query`."""


@row("latin word", "One Latin word alone, converted and read back")
def latin_word(data: Data) -> Iterator[Figure]:
    """Yield the share of words that are the same after conversion to Latin and back."""
    words = list(data.counts)
    for alphabet, (least, _bar) in ALPHABETS.items():
        latin = {word: convert(word, alphabet, source="Cyrl") for word in words}
        back = {word: convert(latin[word], "Cyrl") for word in words}
        wrong = frequent_first((w for w in words if back[w] != w), data.counts)
        errors = tuple(f"{word} → {latin[word]} → {back[word]}" for word in wrong)
        right = len(words) - len(wrong)
        yield Figure(alphabet, right, len(words), least=least, errors=errors)


@row("latin query", "A query of one Latin word meets the Cyrillic word's stem")
def latin_query(data: Data) -> Iterator[Figure]:
    """Yield the shares of Latin words that are found and of misread English words."""
    words = list(data.counts)
    for alphabet, (_bar, least) in ALPHABETS.items():
        latin = {word: convert(word, alphabet, source="Cyrl") for word in words}
        missed = frequent_first(
            (w for w in words if not asked_stems(latin[w]) & written_stems(w)),
            data.counts,
        )
        errors = tuple(f"{latin[word]} ({word})" for word in missed)
        met = len(words) - len(missed)
        yield Figure(alphabet, met, len(words), least=least, errors=errors)
    taken = [word for word in data.english if _is_taken_for_kazakh(word)]
    yield Figure(
        "English words taken for Kazakh",
        len(taken),
        len(data.english),
        most=0.095,
        errors=tuple(taken),
    )


def _is_taken_for_kazakh(word: str) -> bool:
    """Return whether a query reads an English word as a Kazakh one, in Cyrillic."""
    (asked,) = analyse_query(word, ("kk",))
    return any(way.term.exact != word for way in asked.alternatives)
