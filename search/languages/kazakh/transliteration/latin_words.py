"""Latin words in one alphabet: which are foreign, and what their letters spell.

Rules for words that are not plainly Kazakh:

foreign words   a Latin word with a letter or pair that no Kazakh spelling has
                (`Facebook`, `WhatsApp`), or in the list, is not changed
plain letters   without distinctively Kazakh letters, k and g are қ and ғ in a word of
                back vowels (Kyzylorda)
"""

import re

from ...homoglyphs import is_roman_numeral
from ..morphology.lexicon import known
from . import old_latin
from .latin_alphabets import OLD_LATIN, PLAIN
from .latin_letters import broad_from_latin
from .spellings import listed

_FOREIGN = re.compile("[wx]|c(?![h'])|oo|ph|th|ck", re.IGNORECASE)
_KAZAKH_ALL_THE_SAME = re.compile("koop|zerthana", re.IGNORECASE)
"""Prefixes of Kazakh words that have such a pair: кооператив, зертхана."""
_LEFT_IN_LATIN = (
    "google apple iphone ipad samsung xiaomi android telegram instagram tiktok youtube "
    "linkedin zoom covid visa kaspi online pr hr vip sms gps led usb pdf "
    "the of and"
)
"""Words that news of Kazakhstan leaves in Latin letters in Cyrillic text."""
_FOREIGN_WORDS = frozenset(_LEFT_IN_LATIN.split())

WITH_W_AND_X = frozenset({"Latn-2007", "Latn-2019"})

VOWELS_2018 = "aáeoóuúý"
SHORTEST_STEM = 2

_BACK = re.compile("[ыаоұқғ]")
_FRONT = re.compile("[әеөүі]|(?<![аоуыұ])и")


def is_foreign(word: str, alphabet: str = "Latn") -> bool:
    """Return whether the letters of a Latin word show that it is not Kazakh."""
    if is_roman_numeral(word) or word.lower() in _FOREIGN_WORDS:
        return True
    if alphabet in WITH_W_AND_X or alphabet in OLD_LATIN:
        return False
    plain = word.isascii() and "q" not in word.lower()
    if not plain or _KAZAKH_ALL_THE_SAME.match(word):
        return False
    return _FOREIGN.search(word) is not None


def spelled(word: str, alphabet: str) -> str | None:
    """Return the Cyrillic of a word in lower case, None if a letter is not known."""
    word = lower(word, alphabet)
    if alphabet in OLD_LATIN:
        return old_latin.read(word, alphabet)
    broad = broad_from_latin(word, alphabet)
    if broad is None:
        return None
    if alphabet == PLAIN:
        broad = restore_back_consonants(broad)
    return listed()[0].read(broad)


def without_own_letters(word: str) -> set[str]:
    """Return a word of plain Latin letters as a Russian keyboard has it: кызылорда.

    There are several spellings if a y or i beside another vowel is й, ы or і: uyde is
    үйде, zhuyk is жуық, tiis is тиіс.
    """
    spelling = listed()[0].read(broad_from_latin(word.lower(), PLAIN) or "")
    return {
        spelling,
        spelling.replace("уи", "уй"),
        spelling.replace("уи", "уы").replace("ий", "иі"),
    }


def lower(run: str, alphabet: str) -> str:
    if alphabet == "Latn" or alphabet in WITH_W_AND_X:
        run = run.replace("I", "ı")
    elif alphabet == "Latn-2018" and run.startswith("I"):
        run = _initial(run) + run[1:]
    return run.replace("İ", "i").lower()


def _initial(run: str) -> str:
    """Return the lower case of an initial I of 2018: ı (и) or i (і).

    A vowel after it means ı; otherwise the reading with the longer known stem wins.
    """
    as_i, as_dotless = (_known_length(first + run[1:].lower()) for first in "iı")
    return "ı" if run[1:2].lower() in tuple(VOWELS_2018) or as_dotless > as_i else "i"


def _known_length(word: str) -> int:
    """Return the length of the longest known stem at the start of a word of 2018."""
    broad = broad_from_latin(word, "Latn-2018")
    spelling = listed()[0].read(broad) if broad else ""
    lengths = range(len(spelling), SHORTEST_STEM - 1, -1)
    return next((length for length in lengths if known(spelling[:length])), 0)


def restore_back_consonants(broad: str) -> str:
    """Return `broad` with қ for к and ғ for г if all its vowels are back: Кызылорда."""
    if _BACK.search(broad) and not _FRONT.search(broad):
        return broad.replace("к", "қ").replace("г", "ғ")
    return broad
