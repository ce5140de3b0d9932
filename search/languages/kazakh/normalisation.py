"""Normalisation of Kazakh words: as in every language, and two steps of its own.

- Stand-ins of old fonts become Kazakh letters: ќала is қала.
- ё becomes е. Texts have either letter (Шахтёр, Шахтер). The lexicon is read with е as
  well.
"""

from .. import normalisation
from .stand_ins import restore


def normalise(word: str) -> str:
    """Return the exact form of `word`, which is a single token. Idempotent."""
    return restore(normalisation.normalise(word)).replace("ё", "е")
