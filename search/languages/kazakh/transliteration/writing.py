"""Kazakh Cyrillic to the other alphabets, one word at a time.

The rules, in `ALPHABETS` and below:

loan letters    щ is şş, ц is ts, ч is ch, э is e; ъ and ь are dropped
iotated vowels  я is ia, ю is iu, ё is io, as their sounds are written elsewhere
capitals        ı has I, i has İ; a digraph is capital throughout in a capital word
hamza           ٴ before a word of front vowels that has no ە, ك or گ
mixed words     a letter of no Kazakh alphabet stays as it is
"""

from functools import lru_cache

from .letters import ALPHABETS, ARABIC_FRONT, BACK_VOWELS, FRONT_VOWELS, HAMZA

_DOTLESS_CAPITAL = frozenset({"Latn", "Latn-2007", "Latn-2019"})
"""Alphabets in which the capital of i is İ."""


def to_latin(word: str, alphabet: str = "Latn", whole: bool | None = None) -> str:
    """Return a word in a Latin alphabet, with its capitals: `Шымкент` gives `Şymkent`.

    If `word` is a part of a word, `whole` says whether the word is all capitals.
    """
    letters = ALPHABETS[alphabet]
    if whole is None:
        whole = len(word) > 1 and word.isupper()
    dotted = "İ" if alphabet in _DOTLESS_CAPITAL else "I"
    spelled = []
    for character in word:
        lower = character.lower()
        spelling = letters.get(lower)
        if spelling is None:
            spelled.append(character)
        elif character == lower:
            spelled.append(spelling)
        else:
            capital = spelling if whole else spelling[:1]
            capital = capital.replace("i", dotted).upper()
            spelled.append(capital + spelling[len(capital) :])
    return "".join(spelled)


def to_arabic(word: str) -> str:
    """Return a word in Arabic letters: `әкім` gives `اكىم`, `өмір` gives `ٴومىر`.

    The Arabic script has no capitals.
    """
    spelled = arabic_letters(word)
    return HAMZA + spelled if needs_hamza(word.lower(), spelled) else spelled


def arabic_letters(word: str) -> str:
    """Return the letters of a word or part without hamza: `өмір` gives `ومىر`."""
    letters = ALPHABETS["Arab"]
    return "".join([letters.get(character, character) for character in word.lower()])


@lru_cache(maxsize=1 << 12)
def needs_hamza(lower: str, spelled: str) -> bool:
    """Return whether the word's front vowels would be read as back ones without ٴ.

    A word that also has back vowels (`мұғалім`) has no hamza, which would make them
    front.
    """
    vowels = set(lower) & (FRONT_VOWELS | BACK_VOWELS)
    return (
        bool(vowels)
        and not vowels & BACK_VOWELS
        and not ARABIC_FRONT.intersection(spelled)
    )
