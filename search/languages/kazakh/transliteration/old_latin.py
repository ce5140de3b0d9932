"""The Latin alphabets of 1929–38 and 1938–40, read and written.

The alphabet of 1929 has 29 letters. The reform of 1938 wrote у as u instead of uv and
yv, ұ as ū, and added f and x. Rules, in this order, each with an example:

glides         ьj and ij are и, uv and yv are у       qьjьn → қиын, kelyv → келу
               before a they are ий                   zьjan → зиян
               u at the end or before a vowel is у    oqu → оқу, suat → суат
v              after a vowel у, otherwise в           qavlь → қаулы, vagon → вагон
surnames       ov, ajev and ijev at the end have в    Bajtov → Байтов
ambiguous      i, u, y, v, c, q, p … of loans are     institut → институт
               the reading that the lexicon knows     cempijon → чемпион

Sources: the alphabet adopted by the Central Executive Committee of the Kazakh ASSR on
24 January 1929, and the decree of 1938 on changes of alphabet and orthography, both as
described in Q. Küderinova, «Қазақ жазуының тарихы мен теориясы» (uv, yv → u; uvaqьt →
uaqьt; new f, x, v). She reports that the decree also has j for і (tjl); the table of
the press in `docs/scripts.md` has til, and Wikipedia's alphabet of 1938 has both i and
j with their values of 1929. That is what is read.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice, product

from ..morphology import lexicon
from ..morphology.disambiguation import ranked
from ..morphology.phonology import BACK_VOWELS, FRONT_VOWELS
from .latin_alphabets import OLD_LATIN
from .spellings import listed

_1929, _1938 = OLD_LATIN

_DISTINCTIVE = frozenset("ƣꞑɵьƅƢꞐƟЬƄəƏәӘөӨ")
"""Letters that no later Latin alphabet has, or that it has as ä and ö."""

MOST_READINGS = 48
"""Readings of an unknown word that are tried; the fewest deviations come first."""
DEVIATION = 1.5
"""Cost of one letter that is read otherwise than by the rules."""

_TYPED = str.maketrans("әөƅŋńņığƶ", "əɵьꞑꞑꞑьƣz")
"""Letters of other alphabets that stand for those that keyboards lack."""

_PLAIN = dict(
    zip("abdegklmnorstzəƣꞑɵьjhfx", "абдегклмнорстзәғңөыихфх", strict=True)
) | {"ç": "ж", "ts": "тс", "cc": "шш", "w": "у"}

_VOWELS = "aəeoɵuūyiь"
_TOKEN = re.compile(f"ьj|ij|[uy]v(?![{_VOWELS}]v)|tc|ts|cc|.")
_SURNAME = re.compile("(?:ov|(?:[aei]|[ai]j)ev)(?:a?(?:$|[tndqkgƣ]|men))")
_PERHAPS_SURNAME = re.compile("ev(?:$|[tndk]|a(?:$|[nƣ]))")
"""In a word whose stem is unknown either way: Isekecev, not a verb's -еу."""
_GLIDE_OF_SURNAME = re.compile("еу(?=а?(?:$|[тндкғ]))")

_CHOICES: dict[str, tuple[str, ...]] = {
    "ьj": ("и", "ыи"),
    "ij": ("и", "іи"),
    "uv": ("у", "ұу", "ув"),
    "yv": ("у", "үу"),
    "ū": ("ұ",),
    "tc": ("тш", "ч"),
    "c": ("ш", "ч"),
    "i": ("і", "и"),
    "y": ("ү", "у"),
    "q": ("қ", "х"),
    "p": ("п", "ф"),
}
"""Letters → broad Cyrillic: the reading by rule, then those of loans."""


def is_distinctive(word: str) -> bool:
    """Return whether `word` has a letter that no later Latin alphabet has."""
    return not _DISTINCTIVE.isdisjoint(word)


def read(word: str, alphabet: str) -> str | None:
    """Return the Cyrillic spelling of a lower-case word.

    Returns None if a letter is not in the alphabet.
    """
    choices = _choices(word.translate(_TYPED), alphabet)
    if choices is None:
        return None
    likeliest = _likeliest(tuple(choices))
    if _PERHAPS_SURNAME.search(word) and _cost(likeliest) is None:
        return _GLIDE_OF_SURNAME.sub("ев", likeliest)
    return likeliest


def _choices(word: str, alphabet: str) -> list[tuple[str, ...]] | None:
    surname = _SURNAME.search(word)
    choices: list[tuple[str, ...]] = []
    for token in _TOKEN.finditer(word):
        letters = token[0]
        before, after = word[: token.start()][-1:], word[token.end() :][:1]
        if letters in ("ьj", "ij") and after == "a":
            choices.append(("ии", "и"))
        elif letters in _PLAIN:
            choices.append((_PLAIN[letters],))
        elif letters == "v":
            of_surname = surname and surname.start() < token.start() < surname.end()
            glide = before in _VOWELS and before != "" and not of_surname
            choices.append(("у", "в") if glide else ("в", "у"))
        elif letters == "u":
            final = not after or after in _VOWELS
            written = final or alphabet == _1938
            choices.append(("у", "ұ") if written else ("ұ", "у"))
        elif letters in _CHOICES:
            choices.append(_CHOICES[letters])
        else:
            return None
    return choices


@lru_cache(maxsize=1 << 14)
def _likeliest(choices: tuple[tuple[str, ...], ...]) -> str:
    """Return the reading by rule if it has a known stem, otherwise the cheapest."""
    first = listed()[0].read("".join(options[0] for options in choices))
    if _cost(first) is not None:
        return first
    best, lowest = first, float("inf")
    for deviations, broad in _readings(choices):
        spelling = listed()[0].read(broad)
        cost = _cost(spelling)
        if cost is not None and cost + deviations * DEVIATION < lowest:
            best, lowest = spelling, cost + deviations * DEVIATION
    return best


def _readings(choices: tuple[tuple[str, ...], ...]) -> list[tuple[int, str]]:
    """Return (number of deviations, broad Cyrillic), the fewest deviations first."""
    return list(islice(_deviating(choices), MOST_READINGS))


def _deviating(choices: tuple[tuple[str, ...], ...]) -> Iterator[tuple[int, str]]:
    open_places = [place for place, options in enumerate(choices) if options[1:]]
    for deviations in range(1, len(open_places) + 1):
        for places in combinations(open_places, deviations):
            for others in product(*(choices[place][1:] for place in places)):
                chosen = [options[0] for options in choices]
                for place, other in zip(places, others, strict=True):
                    chosen[place] = other
                yield deviations, "".join(chosen)


def _cost(spelling: str) -> float | None:
    """Return the cost of a word's best reading, None if its stem is unknown."""
    if not spelling:
        return None
    best = ranked(spelling)[0]
    if not lexicon.weight(best.stem, best.part_of_speech):
        return None
    return best.cost


_WRITTEN = dict(
    zip(
        "абвгғдежзйкқлмнңоөпрстұүфхһшыіэәц",
        "abvgƣdeçzjkqlmnꞑoɵprstuyfxhcьieə?",
        strict=True,
    )
) | {"ц": "ts", "ч": "tc", "щ": "cc", "ё": "jo", "я": "ja", "ъ": "", "ь": ""}


def write(word: str, alphabet: str) -> str:
    """Return a Cyrillic word in an old alphabet: `қиын` gives `qьjьn`."""
    lower = word.lower()
    spelled = [_letter(lower, place, alphabet) for place in range(len(lower))]
    if len(word) > 1 and word.isupper():
        return "".join(map(_upper, spelled))
    return "".join(
        _upper(letters[:1]) + letters[1:] if sign != sign.lower() else letters
        for sign, letters in zip(word, spelled, strict=True)
    )


def _upper(letters: str) -> str:
    return letters.replace("ь", "Ь").upper()


def _letter(word: str, place: int, alphabet: str) -> str:
    letter = word[place]
    if letter == "и":
        return "ij" if _is_front(word, place) else "ьj"
    if letter in "ую":
        glide = "j" if letter == "ю" else ""
        if letter == "у" and place and word[place - 1] in "аәеоөұүыіэяё":
            return "v"
        if alphabet == _1938:
            return glide + "u"
        return glide + ("yv" if _is_front(word, place) else "uv")
    if letter == "ұ" and alphabet == _1938:
        return "ū"
    if letter == "х" and alphabet == _1929:
        return "h"
    return _WRITTEN.get(letter, letter)


def _is_front(word: str, place: int) -> bool:
    """Return whether the vowel nearest to `place`, first before it, is front."""
    for letter in [*reversed(word[:place]), *word[place + 1 :]]:
        if letter in FRONT_VOWELS:
            return True
        if letter in BACK_VOWELS:
            return False
    return False
