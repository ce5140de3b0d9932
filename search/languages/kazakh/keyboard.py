"""Kazakh words typed without the letters ә ғ қ ң ө ұ ү һ і, as on a Russian keyboard.

The letters а, г, и, к, н, о, у, х and э may each stand for two or three: казир is
қазір, турады is тұрады, алем is әлем. In an ending the harmony of the stem decides for
most of them, so that few spellings are left once the stem is known. The stems of the
lexicon are therefore walked letter by letter, as in a trie, and the rest of the word is
spelled in the harmony of each stem that is found.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import product

from .morphology import lexicon
from .morphology.irregulars import FIXED, STEM_OF
from .morphology.morphophonology import VOICELESS
from .morphology.phonology import BACK, FRONT, VOWELS, harmony

LETTERS: Mapping[str, str] = {
    **{"а": "аә", "г": "гғ", "и": "иі", "к": "кқ", "н": "нң", "о": "оө", "у": "уұү"},
    **{"х": "хһ", "э": "эә"},
}
"""Letter of the keyboard → the letters that it may stand for."""
OWN_LETTERS = frozenset("әғқңөұүһі")

_ENDINGS: Mapping[str, Mapping[str, str]] = {
    BACK: {"г": "ғ", "к": "қ", "н": "нң"},
    FRONT: {"и": "иі", "н": "нң"},
}
"""The letters that a letter may stand for in an ending, by harmony."""
MOST_UNCERTAIN = 5
"""Letters of an ending that may stand for two; no chain of endings has more."""
LONGEST = 40
"""Letters of a word that is spelled otherwise; the longest of news has thirty."""

_TYPED = str.maketrans(
    {letter: typed for typed, letters in LETTERS.items() for letter in letters[1:]}
    | {"ә": "а"}
)
_NARROW = "ыі"
_BEFORE_CHANGES = VOWELS | frozenset("иую")
SHORTEST_SHORTENED = 2
"""Letters that are always left of a stem which has lost a vowel: ерн-і, халқ-ы."""


def typed(word: str) -> str:
    """Return `word` as it is typed on a Russian keyboard: қазір gives казир."""
    return word.translate(_TYPED)


@lru_cache(maxsize=1 << 12)
def spellings(word: str) -> frozenset[str]:
    """Return the spellings that may be meant by `word`, except itself.

    `word` is in lower case. Each spelling has a stem of the lexicon, or is irregular.

    >>> sorted(spellings("казир"))
    ['қазір']
    """
    if len(word) > LONGEST:
        return frozenset()
    found = set(_irregular().get(word, ()))
    starts = [""]
    for end, letter in enumerate(word, start=1):
        rest = word[end:]
        longer = [start + chosen for start in starts for chosen in _choices(letter)]
        for stem in longer:
            if _is_stem(stem, rest[:1]):
                found.update(stem + ending for ending in _endings(stem, rest))
        starts = list(filter(lexicon.begins, longer))
    found.discard(word)
    return frozenset(found)


def ending_spellings(ending: str) -> Iterator[str]:
    """Yield the spellings of an ending typed after a hyphen: `-нын` is -ның or -нын."""
    for tone in (BACK, FRONT):
        yield from _in_harmony(ending, tone)


def _choices(letter: str) -> str:
    return LETTERS.get(letter, letter)


def _endings(stem: str, rest: str) -> Iterator[str]:
    heard = harmony(stem)
    for tone in (BACK, FRONT) if heard is None else (heard,):
        yield from _in_harmony(rest, tone)


def _in_harmony(ending: str, tone: str) -> Iterator[str]:
    letters = _ENDINGS[tone]
    choices = [letters.get(letter, letter) for letter in ending]
    if sum(len(choice) > 1 for choice in choices) <= MOST_UNCERTAIN:
        yield from map("".join, product(*choices))


def _is_stem(form: str, following: str) -> bool:
    """Return whether `form` is a stem, or what is left of one before `following`.

    `morphophonology` lists the changes before vowels.
    """
    if lexicon.listed(form):
        return True
    if not following or following not in _BEFORE_CHANGES:
        return False
    last = form[-1]
    stems = [form + "ь"]
    if last in VOICELESS:
        stems.append(form[:-1] + VOICELESS[last])
    if following in "юя":
        stems.append(form + "й")
    if following in "иу":
        stems += [form + vowel for vowel in _NARROW]
    if last == "у":
        stems.append(form[:-1] + "п")
    if len(form) > SHORTEST_SHORTENED:
        stems += [form[:-1] + vowel + last for vowel in _NARROW]
    return any(map(lexicon.listed, stems))


@cache
def _irregular() -> dict[str, list[str]]:
    """Return how irregular words are typed, and the words."""
    found: dict[str, list[str]] = {}
    for form in sorted({*STEM_OF, *FIXED}):
        found.setdefault(typed(form), []).append(form)
    return found
