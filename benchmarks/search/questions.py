"""Queries with words drawn from the measured archive, reproducible.

- ``rare``: a word that occurs in one article of a thousand, or fewer;
- ``pairs``: two words of one article, of any frequency;
- ``common``: a word that occurs in more than one article of ten;
- ``phrases``: two or three adjacent words of an article.
"""

import random
import re

from search.index.term_statistics import ENTRIES, STEM, TOTAL
from search.languages.kazakh import stems
from search.models import Entry, TermStatistic

LANGUAGE = "kk"
A_KIND = 60
# Number of articles from which words are drawn.
SAMPLED = 400
RARE_SHARE, COMMON_SHARE = 0.001, 0.1
# Shorter words are mostly particles and initials.
SHORTEST = 4

_WORD = re.compile(r"[^\W\d_]+")


def questions(seed: int = 1, count: int = A_KIND) -> dict[str, list[str]]:
    """Return *count* queries of each kind, or as many as the archive has.

    A kind without queries is left out. Words are in the form that occurs in the text.
    """
    chance = random.Random(seed)
    articles = _articles(chance, SAMPLED)
    shares = _shares({word for text in articles for word in _words(text)})
    rare = sorted(word for word, share in shares.items() if share <= RARE_SHARE)
    common = sorted(word for word, share in shares.items() if share > COMMON_SHARE)
    drawn = {
        "rare": chance.sample(rare, min(count, len(rare))),
        "pairs": [" ".join(_pair(chance, text)) for text in articles[:count]],
        "common": chance.sample(common, min(count, len(common))),
        "phrases": [_phrase(chance, text) for text in articles[-count:]],
    }
    return {kind: texts for kind, texts in drawn.items() if texts}


def rare_words() -> list[str]:
    """Return the queries of the kind ``rare``."""
    return questions()["rare"]


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if len(word) >= SHORTEST]


def _shares(words: set[str]) -> dict[str, float]:
    """Return the share of articles with any form of each word.

    The share is that of the word's most frequent stem.
    """
    counts = TermStatistic.objects.filter(locale=LANGUAGE)
    total = counts.get(kind=TOTAL, text=ENTRIES).entries
    known = dict(counts.filter(kind=STEM).values_list("text", "entries"))
    return {
        word: max(known.get(stem, 0) for stem in stems(word)) / total for word in words
    }


def _articles(chance: random.Random, count: int) -> list[str]:
    keys = Entry.objects.filter(locale=LANGUAGE).order_by("pk")
    known = list(keys.values_list("pk", flat=True))
    numbers = chance.sample(known, min(count, len(known)))
    bodies = dict(Entry.objects.filter(pk__in=numbers).values_list("pk", "body"))
    return [bodies[number] for number in numbers]


def _pair(chance: random.Random, text: str) -> list[str]:
    return chance.sample(sorted(set(_words(text))), 2)


def _phrase(chance: random.Random, text: str) -> str:
    lines = [line.split() for line in text.splitlines()]
    length = chance.choice([2, 3])
    runs = [
        line[start : start + length]
        for line in lines
        for start in range(len(line) - length + 1)
        if all(map(_WORD.fullmatch, line[start : start + length]))
    ]
    return '"{}"'.format(" ".join(chance.choice(runs)))
