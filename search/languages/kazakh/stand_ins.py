"""Letters of fonts that were made before Unicode had the letters of Kazakh.

Such fonts drew Kazakh letters in the places of Serbian, Macedonian, Ukrainian and
Belarusian letters of Windows-1251. Without the font, ќызметкерлердіѕ is read for
қызметкерлердің. The table follows documents of banks and ministries of the 2000s. They
disagree about є, which is ғ in most and ә in those that have ѓ for ғ: beside a vowel it
is read as ғ (барлыєы, аумаєында), otherwise as ә (єдебиет). Some have ± for ұ, which no
word has otherwise.
"""

import re

_LETTERS = str.maketrans(
    {"ќ": "қ", "ѓ": "ғ", "ѕ": "ң", "њ": "ң", "ґ": "ө", "µ": "ө", "μ": "ө"}
    | {"ў": "ұ", "ї": "ү", "ј": "ә", "ћ": "һ"}
)
_STAND_IN = re.compile("[ќѓѕњґµμўїјћє]")
_CYRILLIC = re.compile("[а-яёәғқңөұүһі]")
_SIGN = re.compile("(?<=[А-яЁёҚқҒғӘә])±|±(?=[А-яЁёҚқҒғӘә])")
_VOWEL = "[аәеёоөұүыіэ]"
_CONSONANT = re.compile(f"(?<={_VOWEL})є|є(?={_VOWEL})")


def restore(word: str) -> str:
    """Return the lower-case `word` with Kazakh letters for their stand-ins."""
    if not _STAND_IN.search(word) or not _CYRILLIC.search(word):
        return word
    word = word.translate(_LETTERS)
    return _CONSONANT.sub("ғ", word).replace("є", "ә")


def with_letters(text: str) -> str:
    """Return `text` with ұ for the sign ± beside a Cyrillic letter: м±ғалім."""
    return _SIGN.sub("ұ", text) if "±" in text else text
