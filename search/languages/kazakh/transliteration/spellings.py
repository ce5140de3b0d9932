"""Stems whose Cyrillic spelling is ambiguous in Latin or Arabic letters.

`data/spellings.tsv` lists prefixes of words that the rules of `reading` and
`arabic_letters` get wrong (`эко`, `процент`, `қазір`). The longest prefix that matches
a word is used, and the rules read the rest.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from ..data import FOLDER
from .arabic_letters import broad_from_arabic
from .letters import ALPHABETS
from .reading import by_rules
from .writing import needs_hamza

FILE = FOLDER / "spellings.tsv"

_BROAD = str.maketrans(
    {"й": "и", "я": "иа", "ю": "иу", "ё": "ио", "ц": "тс", "щ": "шш", "э": "е"}
    | {"һ": "х", "ъ": None, "ь": None}
)
_ARABIC = str.maketrans(
    {letter: form or None for letter, form in ALPHABETS["Arab"].items()}
)


def broaden(spelling: str) -> str:
    """Return the broad Cyrillic of a spelling, its key in all Latin alphabets."""
    return spelling.translate(_BROAD)


def arabic_key(spelling: str) -> str:
    """Return the Arabic letters of a spelling, without hamza."""
    return spelling.translate(_ARABIC)


class Latin:
    """Reads broad Cyrillic that was converted from Latin letters."""

    def __init__(self, stems: Iterable[str]) -> None:
        """Index `stems`, prefixes of words; one that ends in `.` is a whole word."""
        self.words, self.stems, self.longest = _by_key(stems, broaden)

    def read(self, broad: str) -> str:
        """Return the spelling of a word."""
        if broad in self.words:
            return self.words[broad]
        for end in range(min(len(broad), self.longest), 0, -1):
            stem = self.stems.get(broad[:end])
            if stem is not None:
                return stem + by_rules(broad[end:], stem)
        return by_rules(broad)


class Arabic:
    """Reads Arabic letters without hamza."""

    def __init__(self, stems: Iterable[str]) -> None:
        """Index `stems`, prefixes of words; one that ends in `.` is a whole word."""
        self.words, self.stems, self.longest = _by_key(stems, arabic_key)

    def read(self, key: str, hamza: bool) -> str | None:
        """Return the spelling of a word, None if it is not Kazakh.

        `hamza` says whether the word had a hamza.
        """
        whole = self.words.get(key)
        if whole is not None and needs_hamza(whole, key) == hamza:
            return whole
        for end in range(min(len(key), self.longest), 0, -1):
            stem = self.stems.get(key[:end])
            if stem is not None:
                word = self._from_stem(stem, key[end:])
                if word is not None and needs_hamza(word, key) == hamza:
                    return word
        broad = broad_from_arabic(key, "", hamza)
        return None if broad is None else by_rules(broad)

    def _from_stem(self, stem: str, rest: str) -> str | None:
        broad = broad_from_arabic(rest, stem)
        return None if broad is None else stem + by_rules(broad, stem)


def _by_key(
    stems: Iterable[str], key: Callable[[str], str]
) -> tuple[dict[str, str], dict[str, str], int]:
    """Return whole words by key, prefixes by key, and the length of the longest key."""
    words, beginnings = {}, {}
    for stem in stems:
        if stem.endswith("."):
            words[key(stem[:-1])] = stem[:-1]
        else:
            beginnings[key(stem)] = stem
    return words, beginnings, max(map(len, beginnings), default=0)


@lru_cache(maxsize=1)
def listed() -> tuple[Latin, Arabic]:
    """Return the readers with the stems of `spellings.tsv`."""
    stems: dict[str, list[str]] = {"latin": [], "arabic": []}
    body = FILE.read_text(encoding="utf-8").partition("\n\n")[2]
    for line in body.splitlines():
        letters, stem = line.split("\t")
        stems[letters].append(stem)
    return Latin(stems["latin"]), Arabic(stems["arabic"])
