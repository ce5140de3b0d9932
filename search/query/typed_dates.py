"""Dates that a reader typed as words or digits: 8 шілде, 2 июня 2005, July 2025.

Dates are read in Kazakh in all scripts and cases, in Russian and in English, and as
digits (2005-06-02, 02.06.2005). They stay words of the query: the page offers what was
published then.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from search.languages import analyse, word_keys
from search.query.fields import FIRST_YEAR, LAST_YEAR

_KAZAKH = (
    "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
)
_RUSSIAN = """
    январь января январе янв
    февраль февраля феврале фев
    март марта марте мар
    апрель апреля апреле апр
    май мая мае
    июнь июня июне июн
    июль июля июле июл
    август августа августе авг
    сентябрь сентября сентябре сен сент
    октябрь октября октябре окт
    ноябрь ноября ноябре ноя нояб
    декабрь декабря декабре дек
"""
_ENGLISH = """
    january jan
    february feb
    march mar
    april apr
    may
    june jun
    july jul
    august aug
    september sep sept
    october oct
    november nov
    december dec
"""
_NUMBERS = {
    form: number
    for listed in (_RUSSIAN, _ENGLISH)
    for number, forms in enumerate(listed.strip().splitlines(), start=1)
    for form in forms.split()
}
# By name, and by key for other scripts and keyboards.
_KAZAKH_NUMBERS = {
    form: number
    for number, name in enumerate(_KAZAKH.split(), 1)
    for form in (name, *word_keys(name, "kk"))
}

_TOKEN = re.compile(r"[^\s,()«»“”\"]+")
_DAY = re.compile(r"(\d\d?)(?:st|nd|rd|th|-?(?:го|е|ое|ші|шы|і|ы|інші|ншы|нші|ыншы))?")
_YEAR = re.compile(r"(\d{4})(?:-?(?:г|ж|го|ый|й|м|ом|шы|ші)\.?)?")
_YEAR_WORD = re.compile("жыл.*|ж|год|года|году|г")
_DIGITS = (
    re.compile(r"(?P<year>\d{4})([-./])(?P<month>\d\d?)(?:\2(?P<day>\d\d?))?"),
    re.compile(r"(?P<day>\d\d?)([-./])(?P<month>\d\d?)\2(?P<year>\d{4})"),
)


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A day or a month in a text.

    ``day`` is None for a month, ``year`` is None if none was typed; one of both is
    given. ``rest`` is the text without the date.
    """

    year: int | None
    month: int
    day: int | None
    rest: str


@dataclass(slots=True)
class _Found:
    """The parts of a date found so far, and the words ``first`` to ``last``."""

    month: int
    first: int
    last: int
    day: int | None = None
    year: int | None = None


def typed_date(text: str) -> TypedDate | None:
    """Return the first date in *text*, None if there is none."""
    tokens = list(_TOKEN.finditer(text))
    words = [token[0].lower().strip(".:;!?") for token in tokens]
    for place in range(len(words)):
        found = _in_digits(words, place) or _in_words(words, place)
        if found is not None and _is_possible(found):
            start, end = tokens[found.first].start(), tokens[found.last].end()
            rest = " ".join(f"{text[:start]} {text[end:]}".split()).strip(" ,")
            return TypedDate(found.year, found.month, found.day, rest)
    return None


def _in_digits(words: list[str], place: int) -> _Found | None:
    for pattern in _DIGITS:
        if match := pattern.fullmatch(words[place]):
            day = match["day"]
            return _Found(
                month=int(match["month"]),
                first=place,
                last=place,
                day=int(day) if day else None,
                year=int(match["year"]),
            )
    return None


def _in_words(words: list[str], place: int) -> _Found | None:
    """Return the date around the name of a month at *place*."""
    month = _month(words[place])
    if not month:
        return None
    found = _Found(month, place, place)
    before = place - (2 if words[place - 1 : place] == ["of"] else 1)
    if before >= 0 and (day := _number(_DAY, words[before])):
        found.day, found.first = day, before
        before -= 1
    if before >= 1 and _YEAR_WORD.fullmatch(words[before]):
        before -= 1
    if before >= 0 and (year := _number(_YEAR, words[before])):
        found.year, found.first = year, before
    after = place + 1
    following = [*words[after:], "", ""]
    if found.day is None and (day := _number(_DAY, following[0])):
        found.day, found.last = day, after
        following = following[1:]
    if found.year is None and (year := _number(_YEAR, following[0])):
        found.year = year
        found.last += 1 + bool(_YEAR_WORD.fullmatch(following[1]))
    return found if found.day or found.year else None


def _number(pattern: re.Pattern[str], word: str) -> int:
    """Return the number that *word* is by *pattern*, 0 if it is none."""
    match = pattern.fullmatch(word)
    return int(match[1]) if match else 0


@lru_cache(maxsize=1 << 10)
def _month(word: str) -> int:
    """Return the number of the month that *word* is a form of, 0 if of none."""
    if not word.isalpha():
        return 0
    if number := _NUMBERS.get(word):
        return number
    forms = {*word_keys(word, "kk")}
    for term in analyse(word, "kk"):
        forms.update((term.folded, *term.stems))
    return next((_KAZAKH_NUMBERS[one] for one in forms if one in _KAZAKH_NUMBERS), 0)


def _is_possible(found: _Found) -> bool:
    if found.year is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
        return False
    try:
        # 29 February without a year is that of some leap year.
        date(found.year or 2000, found.month, found.day or 1)
    except ValueError:
        return False
    return True
