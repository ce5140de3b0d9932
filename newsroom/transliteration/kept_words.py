"""Detection of text in a Kazakh page that is not converted: letters, and Russian.

Plain fields such as headings, items, captions and table cells cannot contain the
writers' mark (:mod:`newsroom.articles.rich_text.protected_letters`). There, as in all
other text, these are kept unchanged: letters that are mentioned as letters («Ә»,
«ә, ғ, қ», «қ әрпі», «Ә-ден»), and a word next to its own spelling in Latin letters
(«ғалам — ğalam»).
"""

import re
from collections.abc import Iterator

from search.languages import detect_language
from search.languages.kazakh.morphology.analysis import readings
from search.languages.kazakh.morphology.lexicon import weight
from search.languages.kazakh.scripts import convert

_LETTERS = "\u0400-\u052f"
_LATIN = "A-Za-zÀ-ÖØ-öø-ʯ"
# A single letter, but no initial («Ә. Бөкейхан») and no part of a word or number.
_LETTER = rf"(?<![\w.'’/-])[{_LETTERS}](?![\w.'’/])"
_SINGLE = re.compile(_LETTER)
# Not a slash, which occurs in abbreviations: а/ш, т/ж.
_BETWEEN = r"(?:\s?[,;]\s?|\s[—–]\s|\s(?:және|мен|бен|пен)\s)"
_SEQUENCE = re.compile(rf"{_LETTER}(?:{_BETWEEN}{_LETTER})+")
_NAMED = re.compile(
    rf"(?P<letter>{_LETTER}(?:\s{_LETTER})?)[»”“\"]?\s(?:әрп|әріп|дыбыс|таңба|фонема)"
)
_QUOTED = re.compile(rf"(?<!\d)(?<!\d\s)[«“„\"](?P<letter>{_LETTER})[»”“\"]")
_ENDINGS = (
    "ны ні ды ді ты ті нан нен дан ден тан тен ға ге қа ке ның нің дың дің тың тің да "
    "де та те мен бен пен сы сі лар лер дар дер тар тер"
)
_DECLINED = re.compile(
    rf"(?<![\w.'’-])(?<!\d\s)(?P<letter>[{_LETTERS}])-(?:{_ENDINGS.replace(' ', '|')})"
    r"(?!\w)"
)
# Letters that number items, school classes and vitamins: «а, б тармақшалары», «9 «Б»».
_COUNTING = frozenset("абвгдежзкс")
_SIGN = r"\s?(?:[—–=→/(]|-(?=\s))\s?"
_PAIRS = (
    re.compile(
        rf"(?<!\w)(?P<kazakh>[{_LETTERS}]{{1,40}}){_SIGN}(?P<latin>[{_LATIN}]{{1,60}})"
        r"(?!\w)"
    ),
    re.compile(
        rf"(?<!\w)(?P<latin>[{_LATIN}]{{1,60}}){_SIGN}(?P<kazakh>[{_LETTERS}]{{1,40}})"
        r"(?!\w)"
    ),
)
_HAS_LATIN = re.compile(f"[{_LATIN}]")


def kept_spans(text: str) -> list[tuple[int, int]]:
    """Return spans of Cyrillic letters and words in *text* that are not converted.

    They are sorted and do not overlap.
    """
    spans: list[tuple[int, int]] = []
    if _SINGLE.search(text) or "-" in text:
        spans += _letters_in(text)
    if _HAS_LATIN.search(text):
        spans += _spelled_in(text)
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            start, end = apart[-1][0], max(end, apart.pop()[1])
        apart.append((start, end))
    return apart


def _letters_in(text: str) -> Iterator[tuple[int, int]]:
    for named in _NAMED.finditer(text):
        yield named.span("letter")
    for pattern in (_QUOTED, _DECLINED):
        for match in pattern.finditer(text):
            if match["letter"].lower() not in _COUNTING:
                yield match.span("letter")
    for sequence in _SEQUENCE.finditer(text):
        letters = list(_SINGLE.finditer(text, *sequence.span()))
        counts = {letter[0].lower() for letter in letters} <= _COUNTING
        if not counts or _NAMED.match(text, letters[-1].start()):
            yield from (letter.span() for letter in letters)


def _spelled_in(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _PAIRS:
        for pair in pattern.finditer(text):
            spelled = convert(pair["kazakh"], "Latn", source="Cyrl")
            if spelled.lower() == pair["latin"].lower():
                yield pair.span("kazakh")


_KAZAKH_LETTER = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_WORD = re.compile(f"[{_LETTERS}]+")
# Prepositions and conjunctions that do not exist in Kazakh.
_FUNCTION_WORDS = (
    "без в во для за и из или к как между на над не о об от под по при про с со у через"
)
_RUSSIAN = frozenset(_FUNCTION_WORDS.split())
# Maximum number of characters analysed; Russian text is recognised in fewer.
LONGEST = 400


def is_russian(text: str) -> bool:
    """Return whether *text*, from a Kazakh page, is in Russian.

    Names and words that exist in both languages are no evidence, so a text of only
    these counts as Kazakh. A word is Kazakh if the lexicon has a stem of it.
    """
    text = text[:LONGEST]
    if _KAZAKH_LETTER.search(text) or detect_language(text).code != "ru":
        return False
    russian = kazakh = 0
    for match in _WORD.finditer(text):
        word = match[0]
        if word.lower() in _RUSSIAN:
            russian += 1
        elif _is_kazakh(word.lower()):
            kazakh += 1
        elif word.islower() and len(word) > 1:  # others may be names
            russian += 1
    return russian > kazakh


def _is_kazakh(word: str) -> bool:
    return any(weight(reading.stem, reading.root) > 0 for reading in readings(word))
