"""The stemmer's public functions: from a word to its variants."""

import re
from functools import lru_cache

from . import given_names
from .folding import folded_word
from .keyboard import spellings
from .morphology import disambiguation, lexicon
from .morphology.analysis import readings
from .morphology.disambiguation import Analysis, ranked
from .morphology.generation import dictionary_form
from .morphology.irregulars import FIXED, PARTICLES, STEM_OF
from .morphology.lexicon import known, verb_of
from .normalisation import normalise
from .transliteration.words import modern, read

PREFIX_LENGTH = 5
"""The prefix that derivations of a word share; five letters measured best."""
FAMILIAR = 80
"""The weight from which a stem is frequent enough to correct another spelling to it."""
CACHED = 1 << 16
"""Words whose stems are cached: the word types of about a million words of news."""

CYRILLIC = re.compile("[а-яёәғқңөұүһі]+")
_LETTERS = re.compile(r"(?:[^\W\d_]|')+")
_LATIN_WITH_ENDING = re.compile("([a-z0-9%]+)([а-яәғқңөұүһі]+)")
_ACRONYM_WITH_ENDING = re.compile(
    "([А-ЯЁӘҒҚҢӨҰҮҺІ][А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі]*[А-ЯЁӘҒҚҢӨҰҮҺІ])([а-яёәғқңөұүһі]+)"
)
"""An acronym without a hyphen before its ending: ЖШСға, ҚазҰУдың."""
_POSSESSIVE = frozenset({"ы", "і", "сы", "сі", "ын", "ін", "ым", "ім", "ың", "ің", "м"})
"""Endings that follow a word much more often than the name of a person."""
_STAND_INS = "са се сал сел сан сен сат сет саз сез сар сер бес алты жеті он"
"""Syllables of every sound that an acronym or a number may end in when spoken.

The numbers take ordinals: 5-інші, XXI-ншіден.
"""


def exact(word: str) -> str:
    """Return `word` in its normalised spelling."""
    return normalise(word)


def prefix(word: str) -> str:
    """Return the first letters of `word` in its normalised spelling."""
    return normalise(word)[:PREFIX_LENGTH]


def folded(word: str) -> str:
    """Return the key of the stem, the same in every script and on every keyboard."""
    return folded_word(stem(word))


def stem(word: str) -> str:
    """Return the likeliest stem of `word`."""
    return stems(word)[0]


@lru_cache(maxsize=CACHED)
def stems(word: str) -> tuple[str, ...]:
    """Return the stems of `word`: one, or two if the grammar cannot decide."""
    acronym = _ACRONYM_WITH_ENDING.fullmatch(word)
    if acronym and is_ending(acronym[2]):
        return (normalise(acronym[1]),)
    spelling = normalise(modern(word))
    name = _name(spelling) if word.istitle() else None
    return (name,) if name else _stems(spelling)


def _name(word: str) -> str | None:
    """Return the given name that a word is a form of, or a surname, if it is one."""
    if given_names.is_surname(word):
        return word
    for end in range(len(word), given_names.SHORTEST, -1):
        name, tail = word[:end], word[end:]
        if given_names.is_name(name) and not _is_another_word(word, name):
            # A question particle is written apart from a name: Нағима is another one.
            if not tail or tail in ("ма", "ме"):
                return word
            return name if tail not in _POSSESSIVE and is_ending(tail) else None
    return None


def _is_another_word(word: str, name: str) -> bool:
    """Return whether `word` is no form of `name`, which it begins with.

    Алматы is no form of Алма, nor дағдарыстан a name that ends like Арыстан.
    """
    if given_names.is_listed(name):
        return name != word and (word in FIXED or _is_familiar(word))
    stem = _stems(word)[0]
    return stem != word and _is_familiar(stem)


def _is_familiar(stem: str) -> bool:
    return lexicon.weight(stem, "noun") >= FAMILIAR


@lru_cache(maxsize=CACHED)
def _stems(word: str) -> tuple[str, ...]:
    if "-" in word.strip("-"):
        return _hyphenated(word)
    if not CYRILLIC.fullmatch(word):
        return _other_letters(word)
    if word in FIXED:
        return (word,)
    if word in STEM_OF:
        return (STEM_OF[word],)
    found = _chosen(word)
    if known(found[0]):
        return found
    meant = _meant(word)
    return (meant, found[0]) if meant else found


def _meant(word: str) -> str | None:
    """Return the stem of a word typed on a Russian keyboard, None if there is none.

    The likeliest of all spellings with a frequent stem is chosen: казакстанда gives
    қазақстан.
    """
    likeliest = (ranked(spelling)[0] for spelling in spellings(word))
    familiar = [
        analysis
        for analysis in likeliest
        if lexicon.weight(analysis.stem, analysis.part_of_speech) >= FAMILIAR
    ]
    best = min(familiar, default=None, key=lambda one: (one.cost, one.stem))
    return best and dictionary_form(best.stem, best.part_of_speech)


def _chosen(word: str) -> tuple[str, ...]:
    """Return the dictionary forms of the best reading and of a near-tie."""
    best, *others = ranked(word)
    first = dictionary_form(best.stem, best.part_of_speech)
    for other in others:
        if other.cost - best.cost > disambiguation.NEAR_TIE:
            break
        second = dictionary_form(other.stem, other.part_of_speech)
        if second != first:
            return first, second
    return (first,)


def analyses(word: str) -> list[Analysis]:
    """Return the readings of `word`, likeliest first, one for each stem.

    A stem may occur once as a noun and once as a verb. Words that the rules do not
    analyse (маған, БҰҰ-ның, Qyzylorda) have one reading for each stem.
    """
    word = normalise(word)
    if CYRILLIC.fullmatch(word) and word not in FIXED and word not in STEM_OF:
        return ranked(word)
    return [
        Analysis(verb, "verb", (), 0.0) if verb else Analysis(stem, "noun", (), 0.0)
        for stem, verb in ((stem, verb_of(stem)) for stem in _stems(word))
    ]


def _hyphenated(word: str) -> tuple[str, ...]:
    """Return the stems of a word such as БҰҰ-ның, 2013-те, ертең-ақ or тау-тастары."""
    head, _, tail = word.rpartition("-")
    if not tail or not head:
        return (word,)
    if tail in PARTICLES:
        return _stems(head)
    if is_ending(tail):
        return _head(head)
    return tuple(f"{head}-{stem}" for stem in _stems(tail))


def _head(head: str) -> tuple[str, ...]:
    """Return the stems of what an ending was added to: Halyk-тың is also халық."""
    found = (head,) if CYRILLIC.fullmatch(head) else _stems(head)
    return found if head in found else (head, found[0])


def _other_letters(word: str) -> tuple[str, ...]:
    """Return the stems of a word in other letters, such as `90%` or `YouTubeтің`."""
    mixed = _LATIN_WITH_ENDING.fullmatch(word)
    if mixed:
        head, tail = mixed.groups()
        return _head(head) if is_ending(tail) else (word,)
    spelling = read(word) if _LETTERS.fullmatch(word) else None
    if not spelling or not CYRILLIC.fullmatch(normalise(spelling)):
        return (word,)
    found = _stems(normalise(spelling))
    return found if known(found[0]) else (found[0], word)


@lru_cache(maxsize=1 << 10)
def is_ending(tail: str) -> bool:
    """Return whether `tail` is a chain of noun endings, as after a hyphen: -ның, -тағы.

    Endings that are also words (`-сы`, `-ма`) count if a noun may take them.
    """
    return any(
        reading.stem == base and reading.chain and reading.root in ("noun", "number")
        for base in _STAND_INS.split()
        for reading in readings(base + tail)
    )
