"""Generated articles similar to those of a news archive, reproducible in any number.

Sentences are real: Kazakh news and encyclopaedia texts, and sentence pairs of Kazakh
and English government news, recombined. Some are drawn more often than others, so that
rare words stay rare. Names of people and places are invented. Article *n* of a seed is
the same in an archive of any size.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

from search.index.documents import IndexDocument, Value

Item = TypeVar("Item")

# (number of values, maximum per article) of each facet.
FACETS = {
    "section": (12, 1),
    "kind": (8, 1),
    "place": (300, 2),
    "person": (3_000, 3),
    "topic": (500, 3),
    "organisation": (400, 2),
    "source": (30, 1),
    "author": (60, 1),
}
# Facets whose values are named in the text, and so in the field of names.
NAMED = ("place", "person", "organisation")
# Share of published articles that also have an English version.
TRANSLATED = 0.15
START, DAYS = datetime(2006, 1, 1, tzinfo=UTC), 20 * 365
# Minimum length of a sentence, and maximum length of a headline, in words.
SHORTEST, HEADLINE = 5, 9

_BEFORE_CLOSING = re.compile(r"\s+([,.!?:;»)”…])")
_AFTER_OPENING = re.compile(r"([«(“])\s+")
_LATIN = re.compile("[A-Za-z]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_SYLLABLE_PAIRS = (
    "а/a бек/bek гүл/gul дәу/dau ер/yer жан/zhan кө/ko лек/lek мұ/mu нұр/nur "
    "қай/qai рат/rat сәу/sau тал/tal ұ/u шың/shyng ық/yq зей/zei өт/ot пар/par"
)
_SYLLABLES = [tuple(pair.split("/")) for pair in _SYLLABLE_PAIRS.split()]


@dataclass(frozen=True, slots=True)
class Size:
    """The minimum and maximum number of sentences of an article."""

    least: int
    most: int


FULL, SHORT = Size(14, 30), Size(3, 5)


class Articles:
    """The sentences of *folder*, and the articles generated from them."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        chance = random.Random(seed)
        self.seed = seed
        self.sentences = list(dict.fromkeys(_kazakh(folder)))
        self.pairs = list(dict.fromkeys(_pairs(folder)))
        chance.shuffle(self.sentences)
        chance.shuffle(self.pairs)
        self.values = {
            facet: [_value(facet, number) for number in range(count)]
            for facet, (count, _most) in FACETS.items()
        }

    def records(self, count: int, size: Size = FULL) -> Iterator[IndexDocument]:
        """Yield *count* records; the language versions of an article are adjacent."""
        return islice(self._all(size), count)

    def _all(self, size: Size) -> Iterator[IndexDocument]:
        number = 0
        while True:
            yield from self.article(number, size)
            number += 1

    def article(self, number: int, size: Size = FULL) -> list[IndexDocument]:
        """Return the language versions of article *number*."""
        chance = random.Random(f"{self.seed}:{number}")
        values = self._values(chance)
        published = START + timedelta(
            days=chance.randrange(DAYS), seconds=chance.randrange(86_400)
        )
        count = chance.randint(size.least, size.most)
        if chance.random() < TRANSLATED:
            drawn = [_skewed(chance, self.pairs) for _ in range(count)]
            texts = {"kk": [k for k, _ in drawn], "en": [e for _, e in drawn]}
        else:
            texts = {"kk": [_skewed(chance, self.sentences) for _ in range(count)]}
        return [
            _record(number, locale, sentences, values, published)
            for locale, sentences in texts.items()
        ]

    def _values(self, chance: random.Random) -> tuple[Value, ...]:
        chosen: dict[tuple[str, str], Value] = {}
        for facet, (_count, most) in FACETS.items():
            for _ in range(chance.randint(1, most)):
                value = _skewed(chance, self.values[facet])
                chosen[facet, value.key] = value
        return tuple(chosen.values())


def _skewed(chance: random.Random, items: Sequence[Item]) -> Item:
    """Return a random item; the first items are much more frequent.

    The last items are drawn half as often as the mean.
    """
    return items[int(len(items) * chance.random() ** 2)]


def _record(
    number: int,
    locale: str,
    sentences: list[str],
    values: tuple[Value, ...],
    published: datetime,
) -> IndexDocument:
    names = [value.labels[locale] for value in values if value.facet in NAMED]
    first, lead, *body = sentences
    return IndexDocument(
        key=f"article:{number}:{locale}",
        group=f"article:{number}",
        locale=locale,
        url=f"/{locale}/articles/{number}/",
        title=" ".join(first.split()[:HEADLINE]).rstrip(".,:;"),
        lead=lead,
        body="\n".join([*body, f"{', '.join(names)}."]),
        names="\n".join(names),
        published_at=published,
        values=values,
    )


def _value(facet: str, number: int) -> Value:
    """Return a value with a name of two words."""
    chance = random.Random(f"{facet}:{number}")
    parts = [chance.choices(_SYLLABLES, k=chance.choice([2, 3])) for _ in range(2)]
    kazakh, english = (
        " ".join("".join(pair[side] for pair in part).capitalize() for part in parts)
        for side in (0, 1)
    )
    labels = {"kk": kazakh, "ru": kazakh, "en": english}
    return Value(facet, f"{facet}-{number}", labels)


def _kazakh(folder: Path) -> Iterator[str]:
    lines = (folder / "news-sentences.txt").read_text(encoding="utf-8").splitlines()
    yield from filter(_is_sentence, map(_joined, lines))
    for line in (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines():
        text = " ".join(json.loads(line)["text"].split())
        yield from filter(_is_sentence, _SENTENCE_END.split(text))


def _pairs(folder: Path) -> Iterator[tuple[str, str]]:
    text = (folder / "economy_gov_kz.kk-en.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        kazakh, english = (_joined(side).capitalize() for side in line.split("\t")[:2])
        if _is_sentence(kazakh) and len(english.split()) >= SHORTEST:
            yield kazakh, english


def _joined(tokens: str) -> str:
    """Return space-separated tokens as a sentence."""
    return _AFTER_OPENING.sub(r"\1", _BEFORE_CLOSING.sub(r"\1", tokens)).strip()


def _is_sentence(text: str) -> bool:
    """Return whether a text is long enough and not mainly in Latin letters.

    Such texts in Kazakh news are URLs or titles.
    """
    latin = len(_LATIN.findall(text))
    return len(text.split()) >= SHORTEST and latin < len(text) / 4
