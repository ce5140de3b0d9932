"""Transliteration of one word from any script of Kazakh to any other.

Rules for words that are not plainly Kazakh:

Roman numerals  stay Latin in every script (`XXI`, also when typed `ХХІ`)
inner capitals  each part is read by itself: `QazMunaiGaz` is ҚазМұнайГаз's spelling
foreign stems   of `YouTubeтің` only the ending is converted to the other script
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ...homoglyphs import LATIN_TO_CYRILLIC, is_roman_numeral, mend, unify
from ...language import LONGEST_WORD
from ...normalisation import APOSTROPHES, normalise, strip_invisible
from . import old_latin
from .arabic_letters import has_hamza, without_hamza
from .latin_alphabets import OLD_LATIN, PLAIN, alphabet_of, is_distinctive
from .latin_words import is_foreign, spelled
from .letters import HAMZA
from .likeliest import readings
from .spellings import listed
from .writing import arabic_letters, needs_hamza, to_arabic, to_latin

_CYRILLIC = re.compile("[\u0400-\u052f]")
_CYRILLIC_RUN = re.compile("[\u0400-\u052f]+")
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ʯꞐꞑ]")
_IN_OLD_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ʯꞐꞑЬьӘәӨө']+")
_ONLY_LATIN = re.compile(f"[^\\W\\d_\u0400-\u052f{''.join(LATIN_TO_CYRILLIC)}]")
"""A letter whose shape no Cyrillic letter has."""
_ARABIC = re.compile("[\u0620-\u06d5]")

_CYRILLIC_OF_1940 = str.maketrans("ӮӯЎў", "ҰұҰұ")
_ARABIC_VARIANTS = str.maketrans({"ی": "ي", "ک": "ك", "ه": "ە", "ة": "ە", "ۀ": "ە"})
_PLAIN_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


def script_of(word: str, alphabet: str | None = None) -> str | None:
    """Return `Cyrl`, `Latn`, `Arab` or None by the letters of `word`.

    If there are several scripts, Cyrillic takes precedence, then Arabic. `alphabet` is
    that of the text; see `is_old_latin`.
    """
    if _CYRILLIC.search(word) and not is_old_latin(word, alphabet):
        return "Cyrl"
    if _ARABIC.search(word):
        return "Arab"
    return "Latn" if _LATIN.search(word) else None


def is_old_latin(word: str, alphabet: str | None = None) -> bool:
    """Return whether `word` has the letters of the alphabets of 1929–40.

    Their ь, and the look-alikes ә and ө, are Cyrillic characters. `alphabet` is that of
    the text: if it is an old one, a word such as `acь`, which may be Cyrillic, is not.
    """
    if word.isascii() or not _IN_OLD_LATIN.fullmatch(word):
        return False
    if alphabet in OLD_LATIN:
        return _LATIN.search(word) is not None
    if not old_latin.is_distinctive(word):
        return False
    return bool(_ONLY_LATIN.search(word)) or not _CYRILLIC.search(word)


@lru_cache(maxsize=1 << 14)
def write(word: str, to: str) -> str:
    """Return a Cyrillic word in the alphabet `to`."""
    word = unicodedata.normalize("NFC", word)
    if to == "Cyrl":
        return modern(word)
    if is_roman_numeral(word):
        return unify(word)
    word = modern(mend(word))
    if to in OLD_LATIN:
        return old_latin.write(word, to)
    if to != "Arab":
        return to_latin(word, to)
    if _LATIN.search(word):
        return _CYRILLIC_RUN.sub(lambda run: to_arabic(run[0]), word)
    return to_arabic(word)


def write_parts(parts: Sequence[str], to: str) -> list[str]:
    """Return the parts of one Cyrillic word, each in the alphabet `to`.

    The letters are those of the whole word: `("Әкімдік", "тің")` in Arabic letters has
    no ٴ before its ending. The joined parts are equal to the result of `write`, except
    for a word of two alphabets and a Roman numeral.
    """
    word = "".join(parts)
    if to == "Cyrl":
        return list(parts)
    if to != "Arab":
        return [to_latin(part, to, whole=word.isupper()) for part in parts]
    written = [arabic_letters(part) for part in parts]
    if needs_hamza(word.lower(), "".join(written)):
        written[0] = HAMZA + written[0]
    return written


@lru_cache(maxsize=1 << 14)
def read(word: str, alphabet: str | None = None, capitals: bool = True) -> str | None:
    """Return the Cyrillic spelling of a Latin or Arabic word, None if it is not Kazakh.

    `alphabet` is that of the text (`alphabet_of`); by default the word's own. Without
    `capitals` the result is in lower case, and inner capitals do not split the word.
    """
    word = unicodedata.normalize("NFC", strip_invisible(word))
    if len(word) > LONGEST_WORD:
        return word if script_of(word) == "Cyrl" else None
    script = script_of(word, alphabet)
    if script == "Cyrl":
        return modern(word)
    if script == "Arab":
        return _read_arabic(word) or None
    word = with_plain_apostrophes(word)
    return _read_latin(word, alphabet, capitals) or None


def modern(word: str) -> str:
    """Return a Cyrillic word in today's letters: until 1957 ұ was written ӯ."""
    if "\u0304" in word:
        word = unicodedata.normalize("NFC", word)
    return word.translate(_CYRILLIC_OF_1940)


def with_plain_apostrophes(word: str) -> str:
    """Return `word` with ' for every apostrophe."""
    return word.translate(_PLAIN_APOSTROPHES)


def _read_arabic(word: str) -> str | None:
    hamza = has_hamza(word)
    letters = without_hamza(normalise(word)).translate(_ARABIC_VARIANTS)
    return listed()[1].read(letters, hamza)


def _read_latin(word: str, alphabet: str | None, capitals: bool) -> str | None:
    own = alphabet_of(word) if alphabet else _own_alphabet(word)
    agreed = _agreed(word, own, alphabet)
    spelling = _read_in(word, agreed, capitals)
    if spelling is None and own != agreed:
        return _read_in(word, own, capitals)
    return spelling


def _own_alphabet(word: str) -> str:
    found = readings(word)
    return found[0].alphabet if found else alphabet_of(word)


def _read_in(word: str, alphabet: str, capitals: bool) -> str | None:
    if is_foreign(word, alphabet):
        return None
    if not capitals:
        return spelled(word, alphabet)
    parts = [_read_run(run, alphabet) for run in _runs(word)]
    if None in parts:
        return None
    return "".join(filter(None, parts))


def _agreed(word: str, own: str, alphabet: str | None) -> str:
    """Return the text's alphabet, unless the word is clearly in another."""
    if alphabet in (None, PLAIN) or is_distinctive(word):
        return own
    return alphabet or own


def _runs(word: str) -> list[str]:
    """Return `word` split at inner capitals.

    `QazMunaiGaz` gives Qaz, Munai, Gaz; `AQŞ` and `Almaty` are not split.
    """
    if word[1:].islower() or word.isupper():
        return [word]
    runs: list[str] = []
    for character in word:
        if runs and not (character.isupper() and not runs[-1].isupper()):
            runs[-1] += character
        else:
            runs.append(character)
    return runs


def _read_run(run: str, alphabet: str) -> str | None:
    spelling = spelled(run, alphabet)
    if spelling is None:
        return None
    if len(run) > 1 and run.isupper():
        return spelling.upper()
    if run[:1].isupper():
        return spelling[:1].upper() + spelling[1:]
    return spelling
