"""Kazakh words typed on a Russian keyboard, which lacks ә ғ қ ң ө ұ ү һ і.

A word with back vowels has қ and ғ, one with front vowels has ө. The letters у, н, и
and а may each stand for two letters: казір is қазір, турады is тұрады, омир is өмір,
alem is әлем.
"""

from collections.abc import Iterator
from itertools import islice, product

BACK_LETTERS = {"к": "қ", "г": "ғ", "у": "уұ", "н": "нң", "х": "хһ"}
FRONT_LETTERS = {"о": "ө", "у": "уү", "н": "нң", "и": "иі", "а": "аә", "ы": "ыі"}

MOST = 48
"""Spellings tried for each harmony; further spellings of longer words are left out."""


def spellings(word: str) -> Iterator[str]:
    """Yield the possible intended spellings of `word`, except itself; may be many.

    >>> next(spellings("казір"))
    'қазір'
    """
    for letters in (BACK_LETTERS, FRONT_LETTERS):
        choices = [letters.get(letter, letter) for letter in word]
        for chosen in islice(product(*choices), MOST):
            spelling = "".join(chosen)
            if spelling != word:
                yield spelling
