"""Training: the lexicon's weights are learned from text without annotation.

Every word type of a corpus is shared among its readings in proportion to exp(-cost).
Stems and endings are counted, costs are computed from the counts, and this is repeated
a few times. Plain expectation-maximisation would end with every word as its own stem.
Three rules prevent that:

- a stem is supported by inflected forms only, never by itself;
- the shares of a word are computed from the counts of the other words;
- a stem that reads better as another stem with endings is discounted (болған is бол +
  ған), unless it has forms that no other stem explains (қаланың against қал + а).

The idea of weighting a stem by its independent forms comes from description length; see
Goldsmith, "Unsupervised learning of the morphology of a natural language", 2001.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple, TypeVar

from search.languages.kazakh.morphology import disambiguation
from search.languages.kazakh.morphology.analysis import Reading, readings

ROUNDS = 4
"""More rounds overfit: endings gather on the commonest stems."""
DOUBT = 20.0
"""Odds against a stem that reads as another stem with an ending."""
EVIDENCE = 2.0
"""Added to the logarithm of these odds for each form that no shorter stem explains."""
GAP = 4.0
"""The lead in cost over all shorter stems that such a form must have."""
SOLITARY = 0.1
"""Support of a stem in the comparison that decides whether it is independent."""
HEADWORD_NOUN, HEADWORD_VERB, HEADWORD_BOTH = 2.0, 4.0, 0.5
"""The number of forms that a dictionary headword is worth, by part of speech.

A noun that is also listed as a verb is often only the root of the verb.
"""
SURE = 12.0
"""The number of forms that a word of the hand-made vocabulary is worth."""
LENGTH = 0.4
"""Subtracted from the odds for each letter of endings beyond the second.

By chance, a word may look like қал + а, but hardly like бол + ған + дық + тан.
"""
BARE = 0.05
"""The share that an uninflected word counts for itself."""
FAINTEST = 0.01
"""Readings with a smaller share are not counted."""

Key = tuple[str, str]
"""A stem and its part of speech."""
Place = tuple[str, str]
"""A state and an ending."""
Counted = TypeVar("Counted")
Counts = defaultdict[Counted, float]


class Sources(NamedTuple):
    """Prior knowledge: the words of a dictionary and of a hand-made vocabulary."""

    nouns: frozenset[str]
    verbs: frozenset[str]
    sure: frozenset[Key]


class Scored(NamedTuple):
    """The cheapest reading of a word for one stem."""

    cost: float
    key: Key
    reading: Reading


def key_of(reading: Reading) -> Key:
    """Return the stem of `reading` and its part of speech, `verb` or `noun`.

    All parts of speech other than verbs count as `noun`.
    """
    part = "verb" if reading.root == "verb" else "noun"
    return reading.stem, part


class Estimate:
    """Support of stems and costs of endings, improved in rounds."""

    def __init__(self, sources: Sources, words: Iterable[str]) -> None:
        self.sources = sources
        self.words = sorted(set(words))
        self.readings = cache(readings)
        self.support: Counts[Key] = defaultdict(float)
        self.solidity: dict[Key, float] = {}
        self.endings: dict[Place, float] = {}
        self.own: dict[str, dict[Key, float]] = {}
        self._unlisted_support: dict[Key, float] = {}
        self._start()

    def _start(self) -> None:
        for word in self.words:
            keys = {key_of(reading) for reading in self.readings(word) if reading.chain}
            share = 1 / math.sqrt(len(keys)) if keys else 0.0
            self.own[word] = dict.fromkeys(keys, share)
            _add(self.support, self.own[word])

    def prior(self, key: Key) -> float:
        """Return the support of a stem from dictionaries, or else from its length."""
        stem, part = key
        if key in self.sources.sure:
            return SURE
        if part == "verb":
            if stem in self.sources.verbs:
                return HEADWORD_VERB
        elif stem in self.sources.nouns:
            return HEADWORD_BOTH if stem in self.sources.verbs else HEADWORD_NOUN
        return self._unlisted(key)

    def _unlisted(self, key: Key) -> float:
        if key not in self._unlisted_support:
            cost = disambiguation.unknown_cost(*key, self._listed_support)
            self._unlisted_support[key] = math.exp(-cost)
        return self._unlisted_support[key]

    def _listed_support(self, stem: str, part: str) -> float:
        """Return the support of a stem as an origin of others, 0 if unlisted."""
        key = (stem, part)
        listed = self.sources.verbs if part == "verb" else self.sources.nouns
        if key not in self.sources.sure and stem not in listed:
            return 0.0
        return self.mass(key)

    def mass(self, key: Key, own: float = 0.0) -> float:
        """Return the support of a stem without `own`, discounted if it is composed."""
        counted = max(0.0, self.support.get(key, 0.0) - own) + self.prior(key)
        solidity = 1.0 if key in self.sources.sure else self.solidity.get(key, 1.0)
        return counted * solidity + 1e-4 * math.exp(-len(key[0]))

    def scored(self, word: str, own: Mapping[Key, float]) -> list[Scored]:
        """Return the readings of `word`, cheapest first, one for each stem."""
        best: dict[Key, Scored] = {}
        for reading in self.readings(word):
            key = key_of(reading)
            cost = disambiguation.reading_cost(
                reading, self.endings, math.log(1 / self.mass(key, own.get(key, 0.0)))
            )
            if key not in best or cost < best[key].cost:
                best[key] = Scored(cost, key, reading)
        return sorted(best.values(), key=lambda row: (row.cost, row.key))

    def improve(self) -> None:
        """Run one round: share out the words, count, and compute new costs."""
        self._unlisted_support.clear()
        support: Counts[Key] = defaultdict(float)
        independent: Counts[Key] = defaultdict(float)
        endings: Counts[Place] = defaultdict(float)
        for word in self.words:
            rows = self.scored(word, self.own[word])
            least = rows[0].cost
            total = sum(math.exp(least - row.cost) for row in rows)
            shares: dict[Key, float] = {}
            for row in rows:
                share = math.exp(least - row.cost) / total
                if share < FAINTEST:
                    continue
                _count_endings(endings, row.reading, share)
                shares[row.key] = share if row.reading.chain else BARE * share
                if row.reading.chain:
                    independent[row.key] += share * _independence(row, rows)
            self.own[word] = shares
            _add(support, shares)
        self.support = support
        self._unlisted_support.clear()
        self._set_ending_costs(endings)
        self._set_solidity(independent)

    def _set_ending_costs(self, counts: Counts[Place]) -> None:
        totals: Counts[str] = defaultdict(float)
        for (state, _), count in counts.items():
            totals[state] += count
        self.endings = {
            key: -math.log((count + 0.5) / (totals[key[0]] + 20))
            for key, count in counts.items()
        }

    def _set_solidity(self, independent: Counts[Key]) -> None:
        keys = {key for key, count in self.support.items() if count > 0.3}
        keys |= {(stem, "noun") for stem in self.sources.nouns}
        keys |= {(stem, "verb") for stem in self.sources.verbs}
        solidity: dict[Key, float] = {}
        for key in sorted(keys):
            stem, part = key
            if len(stem) < 3:
                continue
            rows = self.scored(stem, self.own.get(stem, {}))
            costs = [
                row.cost - LENGTH * max(0, len(stem) - len(row.key[0]) - 2)
                for row in rows
                if _composes(row, stem, part)
            ]
            if costs:
                stop = self.endings.get((part, "STOP"), 0.7) if part == "noun" else 0.0
                odds = min(costs) - stop + math.log(SOLITARY)
                odds += EVIDENCE * independent.get(key, 0.0) - math.log(DOUBT)
                solidity[key] = 1 / (1 + math.exp(-max(-20.0, min(50.0, odds))))
        self.solidity = solidity


def _composes(row: Scored, stem: str, part: str) -> bool:
    """Return whether `row` reads `stem` as derived or inflected from another stem."""
    if row.key[0] == stem or not row.reading.chain:
        return False
    if part == "verb":
        return row.reading.chain[-1].target in ("reciprocal", "passive", "negative")
    return len(row.key[0]) < len(stem)


def _independence(row: Scored, rows: list[Scored]) -> float:
    """Return how certain it is that no shorter stem explains the word, from 0 to 1."""
    shorter = [other.cost for other in rows if len(other.key[0]) < len(row.key[0])]
    lead = min(shorter, default=99.0) - row.cost
    return 1 / (1 + math.exp(min(20.0, GAP - lead)))


def _add(counts: Counts[Key], shares: Mapping[Key, float]) -> None:
    for key, share in shares.items():
        counts[key] += share


def _count_endings(counts: Counts[Place], reading: Reading, share: float) -> None:
    state = reading.base or reading.root
    for rule in reading.chain:
        counts[rule.source, rule.name] += share
        state = rule.target
    counts[state, "STOP"] += share
