"""Detection of the language and script of a text, with a confidence.

Evidence is counted for each language of the text's script: common words, endings and
distinctive letters count for a language, letters that it does not have count against
it. The confidence is the winner's share of the evidence of the two best languages. It
is reduced if there is little evidence, so that one short word is never certain.
"""

import re
from typing import NamedTuple

from .detection_profiles import (
    ARABIC,
    CYRILLIC,
    KAZAKH_KEY_ENDINGS,
    KAZAKH_KEYS,
    KAZAKH_LATIN_OWN,
    LATIN,
    Profile,
)
from .kazakh.folding import fold_word
from .kazakh.transliteration.latin_alphabets import PLAIN, alphabet_of
from .kazakh.transliteration.words import is_old_latin

OTHER = "other"
"""The code of a language without a profile."""
UNKNOWN_SCRIPT = "Zyyy"
"""The ISO 15924 code for text without letters."""

SAMPLE = 4000
"""Characters that are examined; more do not change the result."""
WORD, ENDING, OWN_LETTER, ALIEN_LETTER, ANY_WORD = 3.0, 1.0, 0.7, -1.5, 0.2
"""Points of evidence, such that one common word outweighs a chance ending.

`ANY_WORD` is for a word that has only letters of the alphabet.
"""
HALF_SURE = 2.0
"""Points of evidence at which the confidence is halved."""

_SCRIPTS = {
    "Latn": "A-Za-zÀ-ÖØ-öø-ʯꞐꞑ\u1e00-\u1eff",
    "Cyrl": "\u0400-\u052f",
    "Arab": "\u0620-\u06d5\u06ee-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "Jpan": "\u3041-\u30ff\uff66-\uff9f",
    "Hani": "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    "Kore": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Armn": "\u0531-\u0587",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Hebr": "\u05d0-\u05ea",
    "Deva": "\u0900-\u097f",
    "Thai": "\u0e01-\u0e5b",
}
_PATTERNS = {code: re.compile(f"[{letters}]+") for code, letters in _SCRIPTS.items()}
_ONE_LANGUAGE = {
    "Jpan": "ja",
    "Hani": "zh",
    "Kore": "ko",
    "Grek": "el",
    "Armn": "hy",
    "Geor": "ka",
    "Hebr": "he",
    "Deva": "hi",
    "Thai": "th",
}
_PROFILES = {"Cyrl": CYRILLIC, "Latn": LATIN, "Arab": ARABIC}
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼʻ`][^\W\d_]*)*")
_APOSTROPHES = str.maketrans("’ʼʻ`", "''''")


_APOSTROPHE_LETTERS = re.compile("[aginusyc]'")
"""Letters with an apostrophe in the alphabet of 2017; Uzbek also has o' and g'."""


class Guess(NamedTuple):
    """A language or script code, and its confidence from 0 to 1."""

    code: str
    confidence: float


def detect_language(text: str) -> Guess:
    """Return the language of `text`: `kk`, `ru`, `en`, …, or `other`. Never raise."""
    sample = text[:SAMPLE]
    script = _script(sample)
    if script.code in _ONE_LANGUAGE:
        return Guess(_ONE_LANGUAGE[script.code], script.confidence)
    if script.code not in _PROFILES:
        return Guess(OTHER, 0.0)
    words = [word.lower().translate(_APOSTROPHES) for word in _WORD.findall(sample)]
    points = {
        profile.code: max(0.0, sum(_evidence(profile, word) for word in words))
        for profile in _PROFILES[script.code]
    }
    if script.code == "Latn":
        points["kk"] = max(0.0, sum(map(_kazakh_latin_evidence, words)))
    return _winner(points)


def detect_script(text: str) -> Guess:
    """Return the script of most letters of `text`, as an ISO 15924 code. Never raise.

    For Kazakh in Latin letters the code names the alphabet: `Latn` (2021), `Latn-2019`,
    `Latn-2018`, `Latn-2017`, `Latn-2007`,
    `Latn-1929` or `Latn-1938`.
    """
    sample = text[:SAMPLE]
    script = _script(sample)
    if script.code == "Latn" and detect_language(sample).code == "kk":
        alphabet = alphabet_of(sample)
        return Guess("Latn" if alphabet == PLAIN else alphabet, script.confidence)
    return script


def _script(sample: str) -> Guess:
    counts = {
        code: sum(map(len, pattern.findall(sample)))
        for code, pattern in _PATTERNS.items()
    }
    if counts["Jpan"] * 10 > counts["Hani"]:
        counts["Jpan"] += counts.pop("Hani")
    total = sum(counts.values())
    if not total:
        return Guess(UNKNOWN_SCRIPT, 0.0)
    best = max(counts, key=counts.__getitem__)
    return Guess(best, counts[best] / total)


def _evidence(profile: Profile, word: str) -> float:
    letters = set(word)
    aliens = letters - profile.alphabet
    if aliens:
        return ALIEN_LETTER * len(aliens)
    points = ANY_WORD + OWN_LETTER * len(letters & profile.own)
    if word in profile.words:
        points += WORD
    elif profile.endings.fullmatch(word):
        points += ENDING
    return points


def _kazakh_latin_evidence(word: str) -> float:
    letters = set(word)
    old = is_old_latin(word)
    aliens = 0 if old else len(letters & set("çžčšßæøåœ")) + ("x" in letters)
    key = fold_word(word)
    own = len(letters & KAZAKH_LATIN_OWN) + len(_APOSTROPHE_LETTERS.findall(word))
    points = OWN_LETTER * own + (ALIEN_LETTER * aliens if aliens else ANY_WORD)
    if key in KAZAKH_KEYS:
        points += WORD
    elif KAZAKH_KEY_ENDINGS.fullmatch(key):
        points += ENDING
    return points


def _winner(points: dict[str, float]) -> Guess:
    total = sum(points.values())
    if not total:
        return Guess(OTHER, 0.0)
    (best, most), (_, second) = sorted(
        points.items(), key=lambda item: item[1], reverse=True
    )[:2]
    return Guess(best, most / (most + second) * most / (most + HALF_SURE))
