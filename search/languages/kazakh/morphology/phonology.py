"""Sounds of Kazakh as far as its endings need them: harmony, classes, allomorphs.

An ending is written once, as a template, and its form depends on the word before it.
Plain letters stand for themselves; capitals and brackets are the changing sounds:

A    а / е                       by harmony             қала-лАр, көл-дЕр
Y    ы / і                       by harmony             қал-дЫ, кел-дІ
K    қ / к                       by harmony             бар-дыҚ, кел-діК
(Y)  ы / і, dropped after a vowel                       ат-Ым, ана-м
(A)  а / е, dropped after a vowel                       бар-Ар, қара-р
(с)  с, dropped after a consonant                       ана-Сы, ат-ы
@    а / е, й after a vowel                             бар-А-ды, қара-Й-ды
Ғ    ғ / г / қ / к               harmony and voice      қала-Ға, көл-Ге, ат-Қа
L    л / д / т                   the plural's onset     қала-Лар, қыз-Дар, ат-Тар
N    н / д / т                   the genitive's         қала-Ның, ел-Дің, ат-Тың
W    н / д / т                   the accusative's       қала-Ны, адам-Ды, ат-Ты
T    н / д / т                   the ablative's         адам-Нан, ел-Ден, ат-Тан
D    д / т                       voice                  қала-Да, ат-Та
B    м / б / п                   the instrumental's     адам-Мен, қыз-Бен, ат-Пен
M    м / б / п                   the negative's         бол-Ма, жаз-Ба, айт-Па

Source: the chapters on sounds in any school grammar of Kazakh; the onsets are those of
the standard orthography of 1983.
"""

from functools import lru_cache

BACK_VOWELS = frozenset("аоұыяё")
FRONT_VOWELS = frozenset("әеөүіэ")
VOWELS = BACK_VOWELS | FRONT_VOWELS
NEUTRAL = frozenset("иую")
"""Vowel and glide in one letter: they close a syllable and take either harmony."""
SYLLABIC = VOWELS | NEUTRAL

BACK, FRONT = "back", "front"
HARMONIES = (BACK, FRONT)

CLASSES = {
    "vowel": "аәеёоөұүыіэя",
    "glide": "йуию",
    "р": "р",
    "л": "л",
    "nasal": "мнң",
    "sibilant": "зж",
    "devoiced": "бвгғд",
    "voiceless": "кқпстфхһцчшщ",
}
"""The classes of a last letter that endings distinguish.

`devoiced` letters are written voiced and pronounced voiceless: клуб-қа, завод-тар.
"""
CLASS_OF = {letter: name for name, letters in CLASSES.items() for letter in letters}

_HARD = frozenset({"devoiced", "voiceless"})
_ONSETS = {
    "L": {"vowel": "л", "glide": "л", "р": "л"} | dict.fromkeys(_HARD, "т"),
    "N": {"vowel": "н", "nasal": "н"} | dict.fromkeys(_HARD, "т"),
    "W": {"vowel": "н"} | dict.fromkeys(_HARD, "т"),
    "T": {"nasal": "н"} | dict.fromkeys(_HARD, "т"),
    "D": dict.fromkeys(_HARD, "т"),
    "B": {"sibilant": "б"} | dict.fromkeys(_HARD, "п"),
    "M": {"nasal": "б", "sibilant": "б"} | dict.fromkeys(_HARD, "п"),
}
_OTHERWISE = {"L": "д", "N": "д", "W": "д", "T": "д", "D": "д", "B": "м", "M": "м"}


def letter_class(stem: str) -> str:
    """Return the class of the last sound of `stem`, ignoring a soft or hard sign."""
    last = stem[-1:]
    if last in "ьъ":
        last = stem[-2:-1]
    return CLASS_OF.get(last, "voiceless")


def harmony(stem: str) -> str | None:
    """Return BACK or FRONT by the last vowel, None for loans that allow both.

    A last и, у or ю before a consonant indicates a loan (актив, институт), and so does
    a final soft sign. At the very end и, у and ю follow the vowel before (бару, келу).
    """
    for place, letter in enumerate(reversed(stem)):
        if letter in BACK_VOWELS:
            return BACK
        if letter in FRONT_VOWELS:
            return FRONT
        if (letter in NEUTRAL and place) or letter == "ь":
            return None
    return None


def tone(stem: str) -> str:
    """Return the harmony that endings of `stem` take, even if `harmony` gives None."""
    found = harmony(stem)
    if found:
        return found
    for letter in reversed(stem):
        if letter in "ую" and not stem.endswith("ь"):
            return BACK
        if letter in "июь":
            return FRONT
        if letter in VOWELS:
            return BACK if letter in BACK_VOWELS else FRONT
    return BACK


@lru_cache(maxsize=4096)
def shape(template: str, last: str, tone: str) -> str:
    """Return the surface of `template` after a sound of class `last`.

    `tone` is the harmony.
    """
    back = tone == BACK
    surface = ""
    position = 0
    while position < len(template):
        sign = template[position]
        if sign == "(":
            inner = template[position + 1]
            dropped = (last == "vowel") != (inner == "с")
            sign = "" if dropped else inner
            position += 2
        position += 1
        surface += _sound(sign, last, back)
        if surface:
            last = CLASS_OF.get(surface[-1], "voiceless")
    return surface


def _sound(sign: str, last: str, back: bool) -> str:
    if sign == "A":
        return "а" if back else "е"
    if sign == "Y":
        return "ы" if back else "і"
    if sign == "K":
        return "қ" if back else "к"
    if sign == "@":
        return "й" if last == "vowel" else ("а" if back else "е")
    if sign == "Ғ":
        if last in _HARD:
            return "қ" if back else "к"
        return "ғ" if back else "г"
    if sign in _ONSETS:
        return _ONSETS[sign].get(last, _OTHERWISE[sign])
    return sign
