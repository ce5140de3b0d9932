"""Which of the grammar's readings of a word is meant.

A reading costs what its stem and its endings cost, as negative logarithms: stems that
many forms attest are cheap, endings that are rare in their place are dear.
"""

import math
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from . import lexicon
from .analysis import Reading, readings
from .derivation import origins
from .irregulars import NUMBERS, TIME

UNKNOWN_NOUN = 0.5
UNKNOWN_VERB = 0.18
"""Support of a stem of two letters that nothing attests; verbs are a closed class."""
LETTER = 1.4
"""What each further letter of an unknown stem costs: long ones hide endings."""
STRAIN = 1.5
"""Cost of an ending whose vowel disagrees with the stem's, as in loans."""
NEAR_TIE = 1.5
"""A second stem within this cost of the best is kept."""
DERIVED = 1.0
"""Cost of an unlisted derivation beside what its ending costs."""
MANY = 10.0
"""Support of an origin beyond this makes its derivations no likelier."""
UNSEEN = 4.0
"""Cost of an ending that was never seen in its place."""
IMPOSSIBLE = 99.0
IRREGULAR = -3.0
"""Cost of an irregular form, as if some twenty forms attested it."""

EndingCosts = Mapping[tuple[str, str], float]


class Analysis(NamedTuple):
    """One reading of a word with its cost: the lower, the likelier."""

    stem: str
    part_of_speech: str
    chain: tuple[str, ...]
    cost: float


@cache
def ending_costs() -> dict[tuple[str, str], float]:
    """(state, ending) → cost; the ending `STOP` is the word's end."""
    path = files(__package__).joinpath("data", "endings.tsv")
    body = path.read_text(encoding="utf-8").partition("\n\n")[2]
    rows = (line.split("\t") for line in body.splitlines())
    return {(state, ending): float(cost) for state, ending, cost in rows}


Support = Callable[[str, str], float]


def unknown_cost(stem: str, part_of_speech: str, support: Support) -> float:
    """What it costs to suppose a stem that nothing attests.

    Either it is made from a stem that `support` knows, or each of its letters costs.
    """
    if part_of_speech == lexicon.VERB:
        cost = LETTER * (len(stem) - 1) - math.log(UNKNOWN_VERB)
    else:
        cost = LETTER * (len(stem) - 2) - math.log(UNKNOWN_NOUN)
    for origin, origin_part, derivation in origins(stem, part_of_speech):
        found = support(origin, origin_part)
        if found:
            cost = min(cost, derivation + DERIVED - math.log(min(found, MANY)))
    return cost


@lru_cache(maxsize=1 << 12)
def stem_cost(stem: str, part_of_speech: str) -> float:
    """What it costs to suppose that `stem` is a stem."""
    found = lexicon.support(stem, part_of_speech)
    if found:
        return -math.log(found)
    return unknown_cost(stem, part_of_speech, lexicon.support)


def reading_cost(reading: Reading, costs: EndingCosts, stem: float) -> float:
    """What `reading` costs if its stem costs `stem` and endings cost `costs`."""
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
    """The readings of `word` (normal, Cyrillic), cheapest first, one for each stem."""
    best: dict[tuple[str, str], Analysis] = {}
    for reading in readings(word):
        part = "verb" if reading.root == "verb" else "noun"
        stem = stem_cost(reading.stem, part)
        cost = reading_cost(reading, ending_costs(), stem)
        key = (reading.stem, part)
        if key not in best or cost < best[key].cost:
            names = tuple(rule.name for rule in reading.chain)
            best[key] = Analysis(reading.stem, part, names, cost)
    return sorted(best.values(), key=lambda analysis: (analysis.cost, analysis.stem))
