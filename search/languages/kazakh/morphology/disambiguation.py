"""Disambiguation: the choice among the readings of a word.

The cost of a reading is the sum of the costs of its stem and endings, as negative
logarithms. Stems that are attested by many forms are cheap; endings that are rare in
their state are expensive.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from ..data import FOLDER
from . import lexicon
from .analysis import Reading, readings
from .derivation import origins
from .irregulars import FIXED, NUMBERS, STEM_OF, TIME

UNKNOWN_NOUN = 0.5
UNKNOWN_VERB = 0.18
"""Support of an unattested stem of two letters; verbs are a closed class."""
LETTER = 1.4
"""Cost of each further letter of an unknown stem: long stems contain endings."""
STRAIN = 1.5
"""Cost of an ending whose vowel disagrees with the stem's, as in loans."""
NEAR_TIE = 1.5
"""A second stem within this cost of the best is kept."""
DERIVED = 1.0
"""Cost of an unlisted derivation, in addition to the cost of its ending."""
MANY = 10.0
"""Support of an origin beyond this makes its derivations no likelier."""
SURNAME_COST = 4.0
"""Cost of an unknown stem that ends like a surname or a patronymic."""
SHORT = 3.0
"""Cost of an unknown noun of two letters: nearly all are in the lexicon."""
UNSEEN = 4.0
"""Cost of an ending that was never seen in its state."""
IMPOSSIBLE = 99.0
IRREGULAR = -3.0
"""Cost of an irregular form, as if some twenty forms attested it."""

_SURNAME = re.compile("..(?:[оеё]ва?|ұлы|қызы)$")

EndingCosts = Mapping[tuple[str, str], float]


class Analysis(NamedTuple):
    """One reading of a word with its cost: the lower, the likelier."""

    stem: str
    part_of_speech: str
    chain: tuple[str, ...]
    cost: float


@cache
def ending_costs() -> dict[tuple[str, str], float]:
    """Return (state, ending) → cost; the ending `STOP` is the end of the word."""
    path = FOLDER / "endings.tsv"
    body = path.read_text(encoding="utf-8").partition("\n\n")[2]
    rows = (line.split("\t") for line in body.splitlines())
    return {(state, ending): float(cost) for state, ending, cost in rows}


Support = Callable[[str, str], float]


def unknown_cost(stem: str, part_of_speech: str, support: Support) -> float:
    """Return the cost of an unattested stem.

    The stem is either derived from a stem that `support` knows, or each of its letters
    costs.
    """
    if part_of_speech == lexicon.VERB:
        cost = LETTER * (len(stem) - 1) - math.log(UNKNOWN_VERB)
    else:
        cost = LETTER * (len(stem) - 2) - math.log(UNKNOWN_NOUN)
        if _SURNAME.search(stem):
            cost = min(cost, SURNAME_COST)
        cost += SHORT * (len(stem) < 3)
    for origin, origin_part, derivation in origins(stem, part_of_speech):
        found = support(origin, origin_part)
        if found:
            cost = min(cost, derivation + DERIVED - math.log(min(found, MANY)))
    return cost


@lru_cache(maxsize=1 << 12)
def stem_cost(stem: str, part_of_speech: str) -> float:
    """Return the cost of assuming that `stem` is a stem."""
    found = lexicon.support(stem, part_of_speech)
    if found:
        return -math.log(found)
    return unknown_cost(stem, part_of_speech, lexicon.support)


def reading_cost(reading: Reading, costs: EndingCosts, stem: float) -> float:
    """Return the cost of `reading`, given the costs of its stem and of endings."""
    if reading.root == "time" and reading.stem not in TIME:
        return IMPOSSIBLE
    if reading.root == "number" and reading.stem not in NUMBERS:
        return IMPOSSIBLE
    total = IRREGULAR if reading.base else stem + STRAIN * reading.strained
    state = reading.base or reading.root
    for rule in reading.chain:
        total += costs.get((rule.source, rule.name), UNSEEN)
        state = rule.target
    return total + costs.get((state, "STOP"), UNSEEN)


def ranked(word: str) -> list[Analysis]:
    """Return the readings of `word` (normalised, Cyrillic), cheapest first.

    Only the cheapest reading of each stem is returned.
    """
    best: dict[tuple[str, str], Analysis] = {}
    for reading in readings(word):
        part = "verb" if reading.root == "verb" else "noun"
        stem = stem_cost(reading.stem, part)
        cost = reading_cost(reading, ending_costs(), stem)
        key = (reading.stem, part)
        if key not in best or cost < best[key].cost:
            names = tuple(rule.name for rule in reading.chain)
            best[key] = Analysis(reading.stem, part, names, cost)
    return sorted(best.values(), key=_order)


def _order(analysis: Analysis) -> tuple[float, bool, str]:
    """Return the sort key: of two unknown stems the one that ends in no г or ғ.

    ноутбугім may come from ноутбук or ноутбуг, which have the same cost.
    """
    return analysis.cost, analysis.stem[-1] in "гғ", analysis.stem


def cost(word: str) -> float:
    """Return the cost of the likeliest reading of `word` (normalised, Cyrillic)."""
    return IRREGULAR if word in FIXED or word in STEM_OF else ranked(word)[0].cost
