"""Detection of the Latin alphabet of a Kazakh text.

The same letters stand for different sounds: ı is і in 2021, и or й in 2018 and 2019,
and ы at Kazinform before 2017; y is ы or й; u is у or ұ. Each clue votes for some
alphabets.
"""

import re

PLAIN = "Latn-ascii"
"""The alphabet of a text without distinctively Kazakh letters: Kyzylorda, Almaty."""

LATER = ("Latn", "Latn-2018", "Latn-2017", "Latn-2019", "Latn-2007")
OLD_LATIN = ("Latn-1929", "Latn-1938")

SAMPLE = 4000
"""Characters that are examined; more do not change the result."""

_VOWEL = "aäáeiıïoöóuüúū"
_CLUES = (
    # The letters that only the alphabets of 1929–40 have, and what 1938 changed.
    ("[ƣꞑɵƅ]|(?<=[a-zçꞑƣə])ь|ь(?=[a-zçꞑƣə])", {"Latn-1929": 4.0, "Latn-1938": 4.0}),
    ("ə|[kgdtlrnsmbzj]v|ç(?=[aeiouəɵь])", {"Latn-1929": 0.5, "Latn-1938": 0.5}),
    ("[uy]v", {"Latn-1929": 1.0}),
    ("[ūfx]", {"Latn-1938": 1.5}),
    ("[áóúńǵý]", {"Latn-2018": 3.0}),
    ("(?<=[aginoucsy])'", {"Latn-2017": 3.0}),
    ("ū", {"Latn": 3.0}),
    ("[ïé]", {"Latn-2007": 3.0}),
    ("ŋ", {"Latn-2019": 2.0, "Latn": 0.5}),
    ("w(?!h)", {"Latn-2019": 1.0, "Latn-2007": 1.0}),
    ("[äöüğş]", {"Latn": 1.0, "Latn-2019": 1.0, "Latn-2007": 1.0}),
    ("ñ", {"Latn": 1.0, "Latn-2007": 1.0}),
    # ы after a consonant: Qyzylorda
    (f"(?<=[^\\W{_VOWEL}])y", {"Latn-2007": -2.0}),
    # й after a vowel: ay
    (f"(?<=[{_VOWEL}])y(?!r)", {"Latn-2007": 1.0}),
    (f"(?<=[{_VOWEL}])ı|ı(?=[{_VOWEL}ý])", {"Latn-2018": 1.0, "Latn-2019": 1.0}),
    (f"(?<=[{_VOWEL}])i|i(?=[aou])", {"Latn": 1.0}),
    ("(?<=[ae])u", {"Latn": 0.5}),
    # ы among back letters: Qızılorda
    ("(?<=[qğ])ı|ı(?=[qğ])|(?<=[aou][^\\Waeiouäöü])ı", {"Latn-2007": 1.0}),
    # і among front vowels: bıznıñ
    ("(?<=[eäöü][^\\Waeiouäöü])ı|ı(?=[^\\Waeiouäöü][eäöü])", {"Latn": 1.0}),
)
_COMPILED = tuple((re.compile(clue), votes) for clue, votes in _CLUES)
_OWN_LETTER = re.compile("[äáğǵıïñńŋöóşüúūýqƣꞑɵəçь]|(?<=[aginoucsy])'")


_DISTINCTIVE = re.compile("[áóúńǵý]|(?<=[aginoucsy])'", re.IGNORECASE)


def is_distinctive(word: str) -> bool:
    """Return whether a word must be in the alphabet of 2017 or 2018."""
    return _DISTINCTIVE.search(word) is not None


def alphabet_of(text: str) -> str:
    """Return the alphabet of `text`.

    It is `Latn` (2021), `Latn-2019`, `Latn-2018`, `Latn-2017`, `Latn-2007`,
    `Latn-1929`, `Latn-1938` or `PLAIN`.
    """
    sample = text[:SAMPLE]
    if not _OWN_LETTER.search(sample.lower()):
        return PLAIN
    votes = votes_for(sample)
    return max(votes, key=votes.__getitem__)


def votes_for(text: str) -> dict[str, float]:
    """Return how strongly the clues in `text` speak for each alphabet."""
    if "ı" in text or "İ" in text:
        text = text.replace("I", "ı").replace("İ", "i")
    text = text.lower().replace("’", "'").replace("ʼ", "'")
    votes = dict.fromkeys((*LATER, *OLD_LATIN), 0.0)
    for clue, speaks_for in _COMPILED:
        found = len(clue.findall(text))
        for alphabet, weight in speaks_for.items():
            votes[alphabet] += found * weight
    return votes
