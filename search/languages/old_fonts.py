"""Texts that were written in fonts made before Unicode had the letters of Kazakh."""

import re

from .detection import SAMPLE, Guess, detect_language
from .kazakh.stand_ins import restore, with_letters

_STAND_IN = re.compile("[ќѓѕњґµμўїјћє±ЌЃЅЊҐЎЇЈЋЄ]")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC_WORD = re.compile("[\u0400-\u052fµμґ±]{2,}")
# Ukrainian has these letters as its own, as have Belarusian, Serbian and Macedonian,
# which have no profile.
_OWN = {"uk", "other"}
# How much more certain one of them has to be than Kazakh: by a twentieth for a text,
# clearly for a line of a Kazakh text.
TEXT_LEAD, LINE_LEAD, LINE_SURE = 1.05, 1.3, 0.6


def restore_text(text: str) -> str:
    """Return `text` with Kazakh letters for their stand-ins, each in its case.

    A text is restored if that makes it Kazakh, except lines in a language that has
    these letters as its own.
    """
    if not _STAND_IN.search(text):
        return text
    restored = _letters(text)
    guess, kazakh = _language(text), _language(restored)
    if kazakh.code != "kk" or _is_likelier(guess, kazakh, lead=TEXT_LEAD):
        return text
    lines = zip(
        text.splitlines(keepends=True), restored.splitlines(keepends=True), strict=True
    )
    return "".join(old if _is_foreign(old, new) else new for old, new in lines)


def has_own_letters(text: str, kazakh: str) -> bool:
    """Return whether `text` is likelier Ukrainian or Serbian than `kazakh` is Kazakh.

    Both are readings of the same letters.
    """
    guess, other = _language(text), _language(kazakh)
    if other.code != "kk":
        return guess.code in _OWN
    return _is_likelier(guess, other, lead=TEXT_LEAD)


def _is_foreign(old: str, new: str) -> bool:
    guess = _language(old)
    is_sure = guess.confidence > LINE_SURE
    return is_sure and _is_likelier(guess, _language(new), lead=LINE_LEAD)


def _is_likelier(guess: Guess, kazakh: Guess, *, lead: float) -> bool:
    """Return whether *guess* is a language of :data:`_OWN`, and leads by the factor."""
    return guess.code in _OWN and guess.confidence > lead * kazakh.confidence


def _language(text: str) -> Guess:
    """Return the language of the Cyrillic words of *text*, beside names in Latin."""
    return detect_language(" ".join(_CYRILLIC_WORD.findall(text[: 4 * SAMPLE])))


def _letters(text: str) -> str:
    return _WORD.sub(lambda word: _in_case(word[0]), with_letters(text))


def _in_case(word: str) -> str:
    """Return the restored `word` with its capitals where they were."""
    if not _STAND_IN.search(word):
        return word
    lower = word.lower()
    restored = restore(lower)
    if restored == lower or len(restored) != len(word):
        return word
    return "".join(
        new.upper() if old.isupper() else new
        for old, new in zip(word, restored, strict=True)
    )
