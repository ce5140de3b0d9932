"""Broad Cyrillic to Kazakh spelling.

The rules resolve what the Latin drafts merge. Each rule has examples of its effect.
`spellings` lists the exceptions.

glide         и after a vowel is й                     ай: аи → ай, үиі → үйі
              but not after у, nor twice               заманауи, ия
initial y     ы at the start before а, у, о is и       ыағни (yağni) → яғни
loan e        е at the start before кв, кс, ф, лект … is э  економика → экономика
iotated a     иа after a vowel, и or at the start is я саиасат → саясат, ииа → ия
              after a consonant it stays               материал
iotated u     иу is ю                                  биуджет → бюджет, аиу → аю
iotated o     ио after a vowel or at the start is йо   раион → район
              after a consonant it stays               миллион
affricate     тс before и, at the start, after н is ц  позитсииа → позиция
              elsewhere it stays                       айтса, жатса
fricative     шш is щ                                  ашшы → ащы
"""

import re
from functools import partial

_RULES = (
    (re.compile("^ы(?=[ауо])"), "и"),
    (re.compile("^е(?=к[взсо]|ф|лект|нерг|пи|тн|стр|во|рит)"), "э"),
    (re.compile("тс(?=и)|^тс|(?<=[нр])тс(?=[еи])"), "ц"),
    (re.compile("шш"), "щ"),
    (re.compile("(?:(?<=[аәеоөұүыіиэйу])|^)иа"), "я"),
    (re.compile("иу"), "ю"),
    (re.compile("(?<=[аәеоөұүыіэ])и|(?<=и)и(?![яю])|^и(?=о)"), "й"),
)


def by_rules(broad: str, before: str = "") -> str:
    """Return the spelling of `broad`, which follows the letters `before` in a word."""
    # A marker before the last known letter prevents rules for the start from matching.
    context = f"|{before[-1]}" if before else ""
    word = context + broad
    for pattern, replacement in _RULES:
        word = pattern.sub(partial(_after, len(context), replacement), word)
    return word[len(context) :]


def _after(known: int, replacement: str, match: re.Match[str]) -> str:
    """Return the replacement, unless it would change the known letters."""
    return replacement if match.start() >= known else match[0]
