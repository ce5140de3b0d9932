"""The lexicon: the stems of Kazakh, and how well each is attested.

Two sorted files have the same format: `support.tsv` from counts in news text, and
`headwords.tsv` from a dictionary, under that dictionary's licence. A line is a stem and
two weights, as a noun (or any other part of speech except verbs) and as a verb. A
weight is ten times the natural logarithm of a thousand times the support, and 0 for
none. `tools/kazakh` makes the files.
"""

import math
from bisect import bisect_left
from functools import cache, lru_cache

from ..data import FOLDER
from .irregulars import SHORT_VERBS
from .morphophonology import undone

NOUN, VERB = "noun", "verb"

SCALE = 1000.0
STEPS = 10.0

FILES = ("support.tsv", "headwords.tsv")


@cache
def _lines() -> tuple[list[str], ...]:
    """Return the lines of each file.

    Bisecting a sorted list has a faster start-up than a dictionary.
    """
    folder = FOLDER
    texts = (folder.joinpath(name).read_text(encoding="utf-8") for name in FILES)
    return tuple(_normalised(text.partition("\n\n")[2]) for text in texts)


def _normalised(text: str) -> list[str]:
    """Return the lines of *text* with е for ё, as in the exact form of words.

    The files keep ё, which the spellings of other scripts are learnt with.
    """
    if "ё" not in text:
        return text.splitlines()
    return sorted(text.replace("ё", "е").splitlines())


@lru_cache(maxsize=1 << 13)
def _weights(stem: str) -> tuple[int, int] | None:
    """Return the weights of `stem` as a noun and as a verb, None if it is unknown."""
    start = stem + "\t"
    for lines in _lines():
        place = bisect_left(lines, start)
        if place < len(lines) and lines[place].startswith(start):
            _, noun, verb = lines[place].split("\t")
            return int(noun), int(verb)
    return None


def weight(stem: str, part_of_speech: str) -> int:
    """Return the weight of `stem` as `NOUN` or `VERB`, 0 if it is unknown."""
    found = _weights(stem)
    return found[part_of_speech == VERB] if found else 0


def support(stem: str, part_of_speech: str) -> float:
    """Return how many forms of `stem` were seen, corrected for ambiguous ones."""
    found = weight(stem, part_of_speech)
    return math.exp(found / STEPS) / SCALE if found else 0.0


def frequency(stem: str) -> int:
    """Return how well `stem` is attested as any part of speech, 0 if unknown."""
    found = _weights(stem)
    return max(1, round(math.exp(max(found) / STEPS) / SCALE)) if found else 0


def listed(stem: str) -> bool:
    """Return whether `stem` is in the lexicon, a verb as its root."""
    return _weights(stem) is not None


@lru_cache(maxsize=1 << 13)
def begins(start: str) -> bool:
    """Return whether a stem of the lexicon begins with `start`."""
    for lines in _lines():
        place = bisect_left(lines, start)
        if place < len(lines) and lines[place].startswith(start):
            return True
    return False


def known(stem: str) -> bool:
    """Return whether `stem` is in the lexicon, or is the -у form of a verb in it."""
    return listed(stem) or verb_of(stem) is not None


def verb_of(gerund: str) -> str | None:
    """Return the verb in the lexicon with the -у form `gerund`: болу gives бол."""
    candidates: list[str] = []
    if gerund.endswith("ю"):
        candidates = [gerund[:-1] + "й"]
    elif gerund.endswith("у"):
        root = gerund[:-1]
        candidates = [*undone(root, "у"), root + "ы", root + "і"]
        candidates += [long for long, short in SHORT_VERBS.items() if short == root]
    known_roots = [stem for stem in candidates if weight(stem, VERB)]
    return max(known_roots, key=lambda stem: weight(stem, VERB), default=None)
