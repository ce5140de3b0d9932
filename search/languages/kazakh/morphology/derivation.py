"""Derivational endings, which stay in the stem and are evidence for it.

`тілсіз` is listed nowhere. Because `тіл` is listed, `тілсіз` is likely to be a word of
its own, and unlikely to be "you are a tongue". Each row has the ending, the parts of
speech before and after it, its cost as defined in `disambiguation`, and examples.

Source: the chapters on word formation in school grammars of Kazakh; the costs are
rounded by hand from how often each ending forms words in news.
"""

from functools import cache
from typing import NamedTuple

from .morphophonology import undone
from .phonology import CLASSES, HARMONIES, harmony, letter_class, shape


class Derivation(NamedTuple):
    """One derivational ending, in the notation of `phonology`."""

    template: str
    source: str
    target: str
    cost: float
    example: str


DERIVATIONS = (
    Derivation("LYK", "noun", "noun", 3.0, "бала-лық, мемлекет-тік, жаһан-дық"),
    Derivation("LY", "noun", "noun", 4.0, "үлгі-лі, табыс-ты, мазмұн-ды"),
    Derivation("сYз", "noun", "noun", 3.5, "тіл-сіз, қабілет-сіз"),
    Derivation("шY", "noun", "noun", 3.5, "ән-ші, қала-шы"),
    Derivation("шYл", "noun", "noun", 5.0, "ұйқы-шыл"),
    Derivation("LAс", "noun", "noun", 5.0, "қоғам-дас, сырт-тас"),
    Derivation("шA", "noun", "noun", 5.0, "қазақ-ша, кітап-ша"),
    Derivation("ушY", "verb", "noun", 3.0, "қатыс-ушы, жетеле-уші"),
    Derivation("(Y)с", "verb", "noun", 5.0, "кел-іс, айқа-с"),
    Derivation("(Y)м", "verb", "noun", 5.5, "біл-ім, тоқта-м"),
    Derivation("MA", "verb", "noun", 5.5, "жаз-ба, кес-пе"),
    Derivation("ҒYш", "verb", "noun", 5.0, "аш-қыш, тазала-ғыш"),
    Derivation("LA", "noun", "verb", 4.0, "жоспар-ла, тіл-де"),
    Derivation("LAн", "noun", "verb", 5.0, "әсер-лен, жігер-лен"),
    Derivation("LAндYр", "noun", "verb", 5.0, "газ-дандыр, жігер-лендір"),
    Derivation("т", "verb", "verb", 4.0, "оқы-т, қысқар-т"),
)


@cache
def _by_surface() -> dict[str, list[tuple[Derivation, str, frozenset[str]]]]:
    table: dict[str, list[tuple[Derivation, str, frozenset[str]]]] = {}
    for derivation in DERIVATIONS:
        for tone in HARMONIES:
            shapes: dict[str, set[str]] = {}
            for last in CLASSES:
                surface = shape(derivation.template, last, tone)
                shapes.setdefault(surface, set()).add(last)
            for surface, classes in shapes.items():
                row = (derivation, tone, frozenset(classes))
                table.setdefault(surface, []).append(row)
    return table


LONGEST = 6


def origins(stem: str, part_of_speech: str) -> list[tuple[str, str, float]]:
    """Return the (stem, part of speech, cost) from which `stem` may be derived."""
    found: list[tuple[str, str, float]] = []
    for length in range(1, min(LONGEST, len(stem) - 2) + 1):
        surface = stem[-length:]
        for derivation, tone, classes in _by_surface().get(surface, ()):
            if derivation.target != part_of_speech:
                continue
            for left in undone(stem[:-length], surface):
                if letter_class(left) in classes and harmony(left) in (tone, None):
                    found.append((left, derivation.source, derivation.cost))
    return found
