"""Keys of the words of names: one key for Qyzylorda, Kyzylorda and Кызылорда.

In any language of the site a name may be typed as in another, or transliterated in
another way. Kazakh keys are the same for all of these, so that the names of an entry
are also found by them, whichever language the entry is in.
"""

from search.languages import analyse, word_keys

# Before a key, which distinguishes it from the folded words of the entry's language.
PREFIX = "n:"
# Shorter keys belong to too many different words.
SHORTEST = 3
LANGUAGE = "kk"


def name_keys(text: str) -> list[str]:
    """Return the keys of the words of *text*, of both the forms and their stems."""
    keys = [*word_keys(text, LANGUAGE), *word_keys(parted(text), LANGUAGE)]
    keys += [term.folded for term in analyse(text, LANGUAGE)]
    return [f"{PREFIX}{key}" for key in dict.fromkeys(keys) if len(key) >= SHORTEST]


def whole_key(text: str) -> str:
    """Return the key of *text* as a whole, empty if it is too short."""
    key = " ".join(word_keys(parted(text), LANGUAGE))
    return f"{PREFIX}{key}" if len(key) >= SHORTEST else ""


def parted(text: str) -> str:
    """Return *text* with compounds as separate words: UN-Habitat is UN Habitat."""
    return text.replace("-", " ").replace("\u2010", " ").replace("\u2011", " ")
