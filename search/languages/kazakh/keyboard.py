"""Kazakh words typed on a Russian keyboard, which lacks ә ғ қ ң ө ұ ү һ і.

A word of back vowels wants қ and ғ, one of front vowels ө; у, н, и and а may each stand
for two letters: казір is қазір, турады is тұрады, омир is өмір, алем is әлем.
"""

from collections.abc import Iterator
from itertools import islice, product

BACK_LETTERS = {"к": "қ", "г": "ғ", "у": "уұ", "н": "нң", "х": "хһ"}
FRONT_LETTERS = {"о": "ө", "у": "уү", "н": "нң", "и": "иі", "а": "аә", "ы": "ыі"}

MOST = 48
"""Spellings tried of each harmony; longer words have more, which are left out."""


def spellings(word: str) -> Iterator[str]:
    """What `word` may have been meant to be, other than itself; may be many.

    >>> next(spellings("казір"))
    'қазір'
    """
    for letters in (BACK_LETTERS, FRONT_LETTERS):
        choices = [letters.get(letter, letter) for letter in word]
        for chosen in islice(product(*choices), MOST):
            spelling = "".join(chosen)
            if spelling != word:
                yield spelling
