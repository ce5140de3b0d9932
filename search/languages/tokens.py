"""Tokenisation: kinds and offsets of tokens in the original text.

Word boundaries follow Unicode Standard Annex 29 with these deviations, each for search:

- A full stop or colon between letters ends the word (`Қ.Тоқаев` is Қ and Тоқаев), and
  so does an underscore.
- Hyphens join (`тау-тас`, `БҰҰ-ның`): the language decides later whether the parts are
  words of their own or a word with its ending.
- URLs, e-mail addresses, dates, times, telephone numbers and numbers with grouping
  spaces are one token.
- `№ % ‰` and currency symbols are tokens.
- Scripts that are written without spaces (Han, kana, Thai, Lao, Khmer, Burmese) give
  one token per run, which is split into pairs of characters later.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .marks import MARKS
from .normalisation import APOSTROPHES, INVISIBLE_CHARACTERS

UNSPACED = (
    "\u0e00-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u108f\u109a-\u109f"
    "\u1780-\u17df\u17ea-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Letters written without spaces, as the content of a regular expression's set."""

HYPHENS = "\\-\u2010\u2011"
_TOP_LEVEL = (
    "kz|қаз|ru|рф|su|com|org|net|info|biz|gov|edu|int|mil|asia|eu|uz|kg|tj|tm|az|tr|"
    "by|ua|cn|jp|kr|in|ir|uk|de|fr|it|es|pl|ch|us|ca|io|me|tv|news|press|media|online|"
    "site|city|app|dev|рус|онлайн|сайт"
)
"""A bare domain must have one of these, so that `барды.Сол` is not a domain."""

_LETTER_OR_DIGIT = f"[^\\W_{UNSPACED}{APOSTROPHES}{INVISIBLE_CHARACTERS}]"
_INSIDE = f"(?:{_LETTER_OR_DIGIT}|[{MARKS}{INVISIBLE_CHARACTERS}])"
_SEGMENT = f"{_LETTER_OR_DIGIT}{_INSIDE}*"
_PLAIN_LETTERS = (
    "A-Za-zÀ-ÖØ-öø-ʯꞐꞑΆΈ-ϿЀ-ҁҊ-ԯԱ-Ֆա-և\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5"
)

SPACES = " \u00a0\u2000-\u200a\u202f\u205f"
"""Spaces between groups of digits, as the content of a regular expression's set."""
GROUPED = f"\\d{{1,3}}(?:[{SPACES}]\\d{{3}})+(?:[.,]\\d+)?(?!\\d)"
"""A number with groups of three digits between spaces."""
_GAP = f"[{SPACES}{HYPHENS}]"
# A telephone number with its country code, or with the trunk prefix 8 of Kazakhstan and
# Russia, which brackets, hyphens or two last digits distinguish from an amount.
_PHONE = (
    f"\\+\\d{{1,3}}{_GAP}?(?:\\(\\d{{2,5}}\\)|\\d{{2,5}})(?:{_GAP}?\\d{{2,4}}){{2,4}}(?!\\d)"
    f"|8{_GAP}?\\(\\d{{3,5}}\\)(?:{_GAP}?\\d{{2,4}}){{2,4}}(?!\\d)"
    f"|8{_GAP}\\d{{3,4}}(?:{_GAP}\\d{{2,3}}){{1,2}}{_GAP}\\d\\d(?!\\d)"
    f"|8[{HYPHENS}]\\d{{3}}[{HYPHENS}]\\d{{3}}[{HYPHENS}]\\d{{4}}(?!\\d)"
)
_SPACED = re.compile(f"{_PHONE}|{GROUPED}")

_NUMBER = (
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
    r"|\d{1,2}([-./])\d{1,2}\1\d{2,4}(?!\d)"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
    f"|{GROUPED}"
    r"|\d+(?:[.,]\d+)*"
)
_QUOTES = frozenset(APOSTROPHES)


class Token(NamedTuple):
    """A token: its kind and offsets.

    Kinds: plain (a word of letters only), word, number, phone, url, email, sign, run.
    """

    kind: str
    start: int
    end: int


@lru_cache(maxsize=2)
def token_pattern(final_apostrophes: bool = False) -> re.Pattern[str]:
    """Return the pattern of all tokens; a match's `lastgroup` is the token's kind.

    With `final_apostrophes` a word may end in an apostrophe, after a letter that takes
    one in the Kazakh alphabet of 2017 or in Uzbek (`jan'`, `tog'`). If the word also
    follows an apostrophe, both are quotation marks.
    """
    joined = f"{_SEGMENT}(?:[{APOSTROPHES}]{_SEGMENT})*"
    if final_apostrophes:
        joined += f"(?:(?<=[aginoucsyAGINOUCSY])[{APOSTROPHES}](?!{_LETTER_OR_DIGIT}))?"
    word = f"{joined}(?:[{HYPHENS}]{joined})*"
    domain = (
        "(?:[^\\W_][^\\W_-]{0,30}(?:-[^\\W_-]{1,30}){0,4}\\.){1,5}"
        f"(?i:{_TOP_LEVEL})(?![\\w-])"
    )
    return re.compile(
        # Nearly every word of a text; the other alternatives are tried only if this
        # fails.
        f"(?P<plain>[{_PLAIN_LETTERS}]+(?=[,.;:!?)»”…]*(?:\\s|\\Z)))"
        '|(?P<url>(?i:https?|ftp)://[^\\s<>"«»“”]+|(?i:www)\\.[^\\s<>"«»“”]+'
        f'|{domain}(?:/[^\\s<>"«»“”]*)?(?!@))'
        f"|(?P<email>[A-Za-z0-9][\\w.+%-]{{0,63}}@{domain})"
        f"|(?P<phone>(?<![\\w+])(?:{_PHONE}))"
        f"|(?P<number>(?:{_NUMBER})(?:{_INSIDE})*"
        f"(?:[{APOSTROPHES}]{_SEGMENT})*(?:[{HYPHENS}]{joined})*)"
        f"|(?P<word>{word})"
        f"|(?P<run>[{UNSPACED}]+)"
        "|(?P<sign>[№%‰₸$€₽£¥₺₴₼₾₩₹])"
    )


def tokenise(text: str, final_apostrophes: bool = False) -> Iterator[Token]:
    """Yield the tokens of `text` in order; they do not overlap and are never empty."""
    return map(token_of, token_pattern(final_apostrophes).finditer(text))


def spaced_number_end(text: str, start: int) -> int | None:
    """Return the end of the telephone number or grouped number at *start*, or None.

    Both may contain spaces, which end any other token.
    """
    match = _SPACED.match(text, start)
    return match.end() if match else None


def token_of(match: re.Match[str]) -> Token:
    """Return the token of a match of `token_pattern`, without trailing punctuation."""
    kind = match.lastgroup or "word"
    start, end = match.span()
    if kind == "url":
        end = start + len(match[0].rstrip(".,;:!?)]}'’…"))
    elif match.string[start - 1 : start] in _QUOTES:
        end = start + len(match[0].rstrip(APOSTROPHES))
    return Token(kind, start, end)
