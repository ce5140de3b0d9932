"""Readings of a text in other letters: suggestions for a query without results.

Kazakh needs none in its own scripts (:mod:`search.languages.kazakh`). The readings here
are for a keyboard in the wrong layout (``ujhjl`` is город, ``гкифт`` is urban), Russian
in Latin letters (``novosti``), Kazakh names in Russian spelling, and Latin words in
Cyrillic letters.
"""

from collections.abc import Iterator

from .kazakh.scripts import convert
from .script import dominant_script

# The keys of QWERTY and of ЙЦУКЕН, row by row. Quotation marks are not mapped.
_QWERTY = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_LETTERS_IN_BOTH = [
    (latin, russian)
    for latin, russian in zip(_QWERTY, _RUSSIAN, strict=True)
    if latin.isalpha()
]
_CAPITALS = [(latin.upper(), russian.upper()) for latin, russian in _LETTERS_IN_BOTH]
_TO_RUSSIAN_KEYS = str.maketrans(
    dict([*zip(_QWERTY, _RUSSIAN, strict=True), *_CAPITALS])
)
_TO_LATIN_KEYS = str.maketrans(
    {russian: latin for latin, russian in [*_LETTERS_IN_BOTH, *_CAPITALS]}
    | dict(zip(_RUSSIAN, _QWERTY, strict=True))
)

# Russian in Latin letters, as in passports and street addresses (ICAO Doc 9303,
# BGN/PCGN): the longest first.
_SOUNDS = {
    "shch": "щ",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "ch": "ч",
    "sh": "ш",
    "yu": "ю",
    "iu": "ю",
    "ya": "я",
    "ia": "я",
    "yo": "ё",
    "yy": "ый",
    "iy": "ий",
    "ay": "ай",
    "ey": "ей",
    "oy": "ой",
} | dict(zip("abvgdezijklmnoprstufhcyqxw'", "абвгдезийклмнопрстуфхцыкхвь", strict=True))
_LONGEST = 4

# Kazakh letters as Russian texts write them in names.
_KAZAKH_IN_RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")


def in_other_letters(text: str) -> Iterator[str]:
    """Yield other possible readings of *text*, likeliest first, without duplicates.

    *text* itself is not among them.
    """
    tried = {text}
    for candidate in _candidates(text):
        if candidate not in tried:
            tried.add(candidate)
            yield candidate


def _candidates(text: str) -> Iterator[str]:
    script = dominant_script(text)
    if script == "Latn":
        yield text.translate(_TO_RUSSIAN_KEYS)
        yield russian_from_latin(text)
        yield convert(text, "Cyrl")
    elif script == "Cyrl":
        yield text.translate(_TO_LATIN_KEYS)
        yield text.translate(_KAZAKH_IN_RUSSIAN)
        yield convert(text, "Latn")
    else:
        cyrillic = convert(text, "Cyrl")
        yield cyrillic
        yield cyrillic.translate(_KAZAKH_IN_RUSSIAN)


def russian_from_latin(text: str) -> str:
    """Convert Russian in Latin letters to Cyrillic, in lower case.

    >>> russian_from_latin("novosti shkoly")
    'новости школы'
    """
    text = text.lower()
    written: list[str] = []
    place = 0
    while place < len(text):
        for length in range(_LONGEST, 0, -1):
            sound = text[place : place + length]
            if len(sound) == length and (length == 1 or sound in _SOUNDS):
                written.append(_SOUNDS.get(sound, sound))
                place += length
                break
    return "".join(written)
