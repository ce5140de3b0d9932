"""All readings of a word that the grammar allows.

A word is read from its end. In each state, the endings that lead to the state are
stripped if they agree with the rest of the word in harmony and onset, until a stem
remains.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from .irregulars import BASES
from .morphophonology import can_be_root, lengthened, restored, undone, unvoiced
from .nominal_rules import NOMINAL_FINAL, NOMINAL_RULES
from .phonology import (
    BACK,
    CLASSES,
    FRONT,
    HARMONIES,
    SYLLABIC,
    harmony,
    letter_class,
    shape,
)
from .rules import Rule
from .verbal_rules import BASES as BASES_OF_VERBS
from .verbal_rules import VERBAL_FINAL, VERBAL_RULES

RULES: tuple[Rule, ...] = (*NOMINAL_RULES, *VERBAL_RULES)
FINAL = NOMINAL_FINAL | VERBAL_FINAL
ROOTS = {"noun": "noun", "verb": "verb", "time": "noun", "number": "noun"}
"""The states in which a word may start, and the part of speech of each."""


_PATRONYMIC = re.compile("[аәеоөұүыіиу].+(?:ұлы|қызы)$")
"""A patronymic, whose case follows its possessive: Нұрланұлын, Нұрланұлына."""
VERB_STEMS = frozenset(BASES_OF_VERBS.split())
"""The states in which a verb's last consonant is voiced before a vowel."""


class Reading(NamedTuple):
    """One reading of a word: its stem, the stem's state, and its endings in order."""

    stem: str
    root: str
    chain: tuple[Rule, ...]
    strained: int
    """The number of endings whose vowels disagree with the stem's harmony."""
    base: str = ""
    """The state of an irregular form that the endings follow, if there is one."""


class _Ending(NamedTuple):
    surface: str
    rule: Rule
    tones: frozenset[str]
    classes: frozenset[str]
    melted: str
    """The letter that was merged into the ending (й, ы or і), to be restored."""


@cache
def _endings() -> dict[str, dict[str, tuple[_Ending, ...]]]:
    """Return target state → surface → the endings of that shape which lead there."""
    table: dict[str, dict[str, tuple[_Ending, ...]]] = {}
    for rule in RULES:
        seen: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
        for tone in HARMONIES:
            for last in CLASSES:
                surface = shape(rule.template, last, tone)
                for melted, spelt in _spellings(surface, last, tone):
                    tones, classes = seen.setdefault((spelt, melted), (set(), set()))
                    tones.add(tone)
                    classes.add(last)
        shapes = table.setdefault(rule.target, {})
        for (spelt, melted), (tones, classes) in seen.items():
            ending = _Ending(spelt, rule, frozenset(tones), frozenset(classes), melted)
            shapes[spelt] = (*shapes.get(spelt, ()), ending)
    last_ones = table[WORD_END] = {}
    for state in sorted(FINAL & table.keys()):
        for spelt, endings in table[state].items():
            last_ones[spelt] = (*last_ones.get(spelt, ()), *endings)
    return table


def _spellings(surface: str, last: str, tone: str) -> Iterator[tuple[str, str]]:
    """Yield (letter to restore, surface): unchanged and merged with the stem."""
    narrow = "ы" if tone == BACK else "і"
    yield "", surface
    if last == "glide" and surface[0] == "а":
        yield "й", "я" + surface[1:]
    elif last == "glide" and surface[0] == "у":
        yield "й", "ю" + surface[1:]
    elif last == "vowel" and surface[0] == "й":
        yield narrow, "и" + surface[1:]
    elif last == "vowel" and surface[0] == "у":
        yield narrow, surface


LONGEST = 7
"""Letters of the longest ending."""
WORD_END = ""
"""The state of a whole word: any of `FINAL`, with the endings of all of these."""
NARROW_OR_WIDE = frozenset("ыіуаеүұ")
"""First letters of endings before which a stem may have lost its last vowel."""


def readings(word: str) -> list[Reading]:
    """Return all readings of `word` (lower case, Cyrillic), including the bare stem."""
    found: list[Reading] = []
    for state in sorted(FINAL):
        _stop(Reading(word, state, (), 0), "", found)
    _strip(Reading(word, WORD_END, (), 0), found)
    return found or [Reading(word, "noun", (), 0)]


def _stop(rest: Reading, ending: str, found: list[Reading]) -> None:
    """Add the readings in which the rest of a word, before `ending`, is a stem."""
    form, state, chain, strained, _ = rest
    base = BASES.get((form, state))
    if base:
        found.append(Reading(*base, chain, strained, state))
    if state == "possessed-third" and _PATRONYMIC.search(form):
        found.append(Reading(form, "noun", chain, strained))
    if state not in ROOTS or SYLLABIC.isdisjoint(form):
        return
    if state == "verb" and not can_be_root(form):
        return
    found.append(rest)
    if state == "noun" and ending:
        for stem, lost in restored(form):
            found.append(Reading(stem, state, chain, strained + lost))
    if ending and ending[0] in NARROW_OR_WIDE:
        tone = harmony(form) or (BACK if ending[0] in "ыауұ" else FRONT)
        for stem in lengthened(form, tone):
            if state != "verb" or stem[-1] != "ь":
                found.append(Reading(stem, state, chain, strained))


def _strip(rest: Reading, found: list[Reading]) -> None:
    """Strip every ending that fits from the rest of a word, recursively."""
    form, state, chain, strained, _ = rest
    table = _endings().get(state)
    if table is None:
        return
    for length in range(1, min(LONGEST, len(form) - 1) + 1):
        for ending in table.get(form[-length:], ()):
            rule = ending.rule
            written = form[:-length] + ending.melted
            for left in undone(written, ending.surface):
                if letter_class(left) not in ending.classes:
                    continue
                of_verb = left == written and rule.source in VERB_STEMS
                if of_verb and unvoiced(left, ending.surface):
                    continue
                heard = harmony(left)
                strain = int(heard is not None and heard not in ending.tones)
                before = Reading(left, rule.source, (rule, *chain), strained + strain)
                _stop(before, ending.surface, found)
                _strip(before, found)
