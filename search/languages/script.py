"""The script of most letters of a text."""

import re

_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ʯꞐꞑ]+")
_CYRILLIC = re.compile("[\u0400-\u052f]+")
_ARABIC = re.compile(
    "[\u0620-\u06d5\u06ee-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+"
)

_LETTERS = {"Latn": _LATIN, "Cyrl": _CYRILLIC, "Arab": _ARABIC}


def has_letters(text: str, script: str) -> bool:
    """Return whether `text` has a letter of `script`: `Cyrl`, `Latn` or `Arab`."""
    letters = _LETTERS.get(script)
    return letters is not None and letters.search(text) is not None


def dominant_script(text: str) -> str:
    """Return `Cyrl`, `Latn` or `Arab` by the number of letters, `Cyrl` without any."""
    if text.isascii():
        return "Latn" if _LATIN.search(text) else "Cyrl"
    cyrillic = sum(map(len, _CYRILLIC.findall(text)))
    if 2 * cyrillic > len(text):
        return "Cyrl"  # regardless of the other letters
    counts = {
        "Cyrl": cyrillic,
        "Latn": sum(map(len, _LATIN.findall(text))),
        "Arab": sum(map(len, _ARABIC.findall(text))),
    }
    return max(counts, key=counts.__getitem__)
