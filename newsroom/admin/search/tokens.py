"""Conversion of texts and queries to the tokens of the admin's search index.

A token is one letter for its type and a word: ``s`` a stem, ``f`` a folded stem, ``k``
the key of the word as it was typed. Tokens consist of letters and digits only, so that
no database splits one, drops it as a stop word or parses it as an operator of its query
language.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from search.languages import AnalysedTerm, QueryWord, analyse, word_keys

EVERY = "e"
"""A token that every text has; an empty query matches it."""
LONGEST_TEXT = 100_000
"""Maximum indexed characters of a field; a tsvector is limited to a megabyte."""
CACHED_WORDS = 1 << 14
"""Words whose keys are cached; titles and names repeat a few thousand words."""
LONGEST_TOKEN = 100
"""Maximum characters of a token; PostgreSQL refuses lexemes over 2,046 bytes."""


def indexed_tokens(text: str, languages: Sequence[str]) -> list[str]:
    """Return the tokens of *text*, analysed in each of *languages*.

    For each language the folded stems come first, in the order of the words, so that a
    phrase matches in any form. The parts of compounds and the stems follow.
    """
    text = text[:LONGEST_TEXT]
    tokens = [EVERY]
    for language in languages:
        terms = analyse(text, language)
        whole, parts = _taken_apart(terms)
        tokens += _of("f", (term.folded for term in whole))
        tokens += _of("f", (term.folded for term in parts))
        tokens += _of("s", (stem for term in terms for stem in term.stems))
        tokens.append(EVERY)
    return tokens


def typed_tokens(text: str, languages: Sequence[str]) -> list[str]:
    """Return the tokens by which a word of *text* is found while it is being typed."""
    readings = (analyse(text[:LONGEST_TEXT], language) for language in languages)
    words = {term.surface: None for terms in readings for term in terms}
    keys = (key_tokens(word, tuple(languages)) for word in words)
    return list(dict.fromkeys(token for tokens in keys for token in tokens))


@lru_cache(maxsize=CACHED_WORDS)
def key_tokens(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of a word or of a prefix, in each of *languages* that has one."""
    keys = ("".join(word_keys(word, language)) for language in languages)
    return tuple(dict.fromkeys(_of("k", keys)))


def form_tokens(word: QueryWord) -> list[str]:
    """Return the tokens of a word: a text with any form of it has one or more."""
    terms = [alternative.term for alternative in word.alternatives]
    stems = _of("s", (stem for term in terms for stem in term.stems))
    folded = _of("f", (term.folded for term in terms))
    return list(dict.fromkeys([*stems, *folded]))


def phrase_tokens(text: str, languages: Sequence[str]) -> list[list[str]]:
    """Return phrases of which a text has at least one if it has *text* in any forms."""
    readings = (_taken_apart(analyse(text, language))[0] for language in languages)
    phrases = (tuple(_of("f", (term.folded for term in whole))) for whole in readings)
    return [list(phrase) for phrase in dict.fromkeys(phrases) if phrase]


def _taken_apart(
    terms: Iterable[AnalysedTerm],
) -> tuple[list[AnalysedTerm], list[AnalysedTerm]]:
    """Return the words of a text, and separately the parts of its compounds."""
    whole: list[AnalysedTerm] = []
    parts: list[AnalysedTerm] = []
    end = 0
    for term in terms:
        if term.start >= end:
            whole.append(term)
            end = term.end
        else:
            parts.append(term)
    return whole, parts


def _of(kind: str, words: Iterable[str]) -> list[str]:
    """Return the tokens of *words*; a word without a letter or digit has none."""
    plain = ("".join(filter(str.isalnum, word)) for word in words)
    return [f"{kind}{word[:LONGEST_TOKEN]}" for word in plain if word]
