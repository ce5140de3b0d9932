"""Transliteration of Kazakh text between scripts, and the key that they share."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from ..marks import MARKS
from ..normalisation import APOSTROPHES, INVISIBLE_CHARACTERS
from ..script import dominant_script
from ..tokens import tokenise
from .folding import fold
from .transliteration.latin_alphabets import OLD_LATIN, alphabet_of
from .transliteration.letters import ALPHABETS, ARABIC_PUNCTUATION
from .transliteration.likeliest import likeliest_alphabet
from .transliteration.words import modern, read, script_of, write, write_parts

__all__ = ["SCRIPTS", "convert", "convert_pieces", "fold"]

SHORT = 8
"""Words of a Latin text whose letters do not tell its alphabet."""

SCRIPTS = ("Cyrl", *ALPHABETS)
"""The scripts and alphabets of today's texts, which text can be converted to."""
OLD_SCRIPTS = (*OLD_LATIN, "Cyrl-1940", "Arab-1912")
"""Orthographies of old texts: text can be read from these, and written in Latin."""

_WORD = re.compile(
    f"[^\\W\\d_](?:[^\\W\\d_]|[{MARKS}{INVISIBLE_CHARACTERS}{APOSTROPHES}])*"
)
_MAYBE_NO_WORD = re.compile(r"[\w/][@.,:/]\w|www", re.IGNORECASE)
"""Matches if text may have URLs, e-mail addresses or decimal commas."""
_TO_ARABIC = str.maketrans(ARABIC_PUNCTUATION)
_FROM_ARABIC = str.maketrans(
    {arabic: plain for plain, arabic in ARABIC_PUNCTUATION.items()}
)


def convert(text: str, to: str, source: str | None = None) -> str:
    """Return Kazakh `text` in another script. No text raises an error.

    `to` is one of `SCRIPTS`: `Latn` (the alphabet of 2021), `Latn-2018`, `Arab` (töte
    jazu), `Cyrl`, …; other values raise ValueError. The text may be in any of these;
    its script is that of most of its letters. Words in other scripts, URLs and e-mail
    addresses are not changed. The Arabic script has no capitals, so that text converted
    from it is in lower case. `source`, if known (`Cyrl`, `Latn`, `Latn-1929`, `Arab`, …
    or one of `OLD_SCRIPTS`), decides what a short text leaves open: `Google компаниясы`
    is Cyrillic text. Cyrillic text becomes that of today: Ӯ, until 1957, is Ұ.
    """
    if to not in (*SCRIPTS, *OLD_LATIN):
        message = f"{to!r} is not a script of Kazakh; known are {', '.join(SCRIPTS)}."
        raise ValueError(message)
    source, alphabet = _orthography(text, source)
    if alphabet == to:
        return text if to != "Cyrl" else modern(text)
    if source == "Cyrl" and not _MAYBE_NO_WORD.search(text):
        text = _WORD.sub(lambda word: _from_cyrillic(word[0], to), text)
        return _punctuation(text, source, to)
    pieces: list[str] = []
    end = 0
    for token in tokenise(text, final_apostrophes=True):
        pieces.append(_punctuation(text[end : token.start], source, to))
        end = token.end
        surface = text[token.start : end]
        if token.kind in ("url", "email"):
            pieces.append(surface)
        else:
            pieces.append(
                _WORD.sub(lambda word: _word(word[0], source, alphabet, to), surface)
            )
    pieces.append(_punctuation(text[end:], source, to))
    return "".join(pieces)


def convert_pieces(pieces: Sequence[str], to: str) -> list[str]:
    """Return the pieces of a Cyrillic text that is split by markup, each converted.

    A word that continues over a split, as in `<a>Әкімдік</a>тің`, is converted as a
    whole.
    """
    if len(pieces) == 1:
        return [convert(pieces[0], to, source="Cyrl")]
    text = "".join(pieces)
    ends = list(accumulate(map(len, pieces)))
    rests = list(pairwise([0, *ends]))  # of each piece, the range outside split words
    heads, tails = [""] * len(rests), [""] * len(rests)
    for word in _WORD.finditer(text):
        cuts = [end for end in ends if word.start() < end < word.end()]
        if not cuts or script_of(word[0]) != "Cyrl":
            continue
        bounds = pairwise([word.start(), *cuts, word.end()])
        first, *others = write_parts([text[start:end] for start, end in bounds], to)
        piece = ends.index(cuts[0])
        tails[piece], rests[piece] = first, (rests[piece][0], word.start())
        for next_piece, part in enumerate(others, piece + 1):
            heads[next_piece] = part
            rests[next_piece] = (word.end(), ends[next_piece])
    return [
        head
        + (convert(text[start:end], to, source="Cyrl") if start < end else "")
        + tail
        for head, (start, end), tail in zip(heads, rests, tails, strict=True)
    ]


@lru_cache(maxsize=1 << 14)
def _from_cyrillic(word: str, to: str) -> str:
    return write(word, to) if script_of(word) == "Cyrl" else word


def _orthography(text: str, source: str | None) -> tuple[str, str]:
    """Return the script of `text` and its alphabet; `source` may give either."""
    script, _, year = (source or dominant_script(text)).partition("-")
    if script != "Latn":
        return script, script
    return script, f"{script}-{year}" if year else _latin_alphabet(text)


def _latin_alphabet(text: str) -> str:
    """Return the alphabet of a Latin text, that of a short one by its words."""
    words = [word for word in _WORD.findall(text) if script_of(word) == "Latn"]
    return likeliest_alphabet(words) if len(words) <= SHORT else alphabet_of(text)


def _word(word: str, source: str, alphabet: str, to: str) -> str:
    if script_of(word, alphabet) != source:
        return word
    if source == "Cyrl":
        return write(word, to)
    spelling = read(word, alphabet if source == "Latn" else None)
    return word if spelling is None else write(spelling, to)


def _punctuation(between: str, source: str, to: str) -> str:
    if to == "Arab":
        return between.translate(_TO_ARABIC)
    return between.translate(_FROM_ARABIC) if source == "Arab" else between
