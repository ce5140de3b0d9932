"""Words that say nothing about what a text is about: в, of, туралы, қандай.

Each language lists its prepositions, postpositions, conjunctions, articles, particles
and question words. A query does not require them, and they are not marked. Frequent
words with a meaning of their own (болу, сказать, new) are not listed: leaving those out
finds fewer answers.
"""

from collections.abc import Sequence
from functools import lru_cache

from .analysis import analyse
from .registry import language, subtag


def function_words(texts: Sequence[str], languages: Sequence[str]) -> list[bool]:
    """Return for each of *texts*, the words of a query, whether it is a function word.

    A function word of any of *languages* counts, whichever language is searched: a
    reader may type a question in one language on pages of another. There are three
    exceptions. An abbreviation in capitals is none (WHO). A word that another of
    *languages* has in its lexicon keeps that meaning if all other words are in this
    lexicon, too («орман от», forest fire). A query that has only function words has
    none.
    """
    found = [_in_any(text, tuple(languages)) for text in texts]
    is_shouted = all(text.isupper() for text in texts)
    for place, text in enumerate(texts):
        if text.isupper() and len(text) > 1 and not is_shouted:
            found[place] = False
    content = [
        text for text, is_function in zip(texts, found, strict=True) if not is_function
    ]
    if not content:
        return [False] * len(texts)
    lexical = [
        code
        for code in languages
        if language(code).has_lexicon and all(_knows(code, text) for text in content)
    ]
    return [
        is_function and not any(_means(code, text) for code in lexical)
        for text, is_function in zip(texts, found, strict=True)
    ]


@lru_cache(maxsize=1 << 12)
def _in_any(text: str, languages: tuple[str, ...]) -> bool:
    return any(_in(text, code) for code in languages)


def _in(text: str, code: str) -> bool:
    known = language(subtag(code))
    terms = analyse(text, code)
    return bool(terms) and all(
        known.is_function_word(term.exact, term.stems) for term in terms
    )


def _knows(code: str, text: str) -> bool:
    known = language(code)
    return all(known.has_word(term.exact, term.stems) for term in analyse(text, code))


def _means(code: str, text: str) -> bool:
    """Return whether *text* is a word of the lexicon of *code*, no function word."""
    return not _in(text, code) and _knows(code, text)
