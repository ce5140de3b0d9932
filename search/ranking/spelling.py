"""Spelling corrections: words of the archive that are similar to an unknown word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz.distance import DamerauLevenshtein

from search.index.term_statistics import STEM
from search.languages import analyse, detect_language, word_keys
from search.languages.registry import language
from search.models import TermStatistic
from search.plan.plan import function_words_in
from search.query import Query, Word
from search.ranking.name_spelling import close_names
from search.ranking.slips import rereadings

# Shorter words differ in one letter from too many others.
MIN_LENGTH = 4
# Words from this length on may have two errors, shorter ones have one.
LONG_WORD = 8
# A word in fewer entries may be an error itself.
MIN_ENTRIES = 2
# A correction must be this many times as frequent as the typed word.
MORE_FREQUENT = 20
# Words that are compared, the most frequent first.
MAX_COMPARED = 5_000
# Words of a query that are looked up.
MAX_WORDS = 8


# (cost of the slips, plus one if the word seems to be of another language; whether it
# does; −entries; word)
_Candidate = tuple[float, bool, int, str]


@dataclass(frozen=True, slots=True)
class SpellingCorrection:
    """A word as typed, and as probably meant."""

    typed: str
    meant: str


def corrections(query: Query, locales: Iterable[str]) -> list[SpellingCorrection]:
    """Return corrections for words of *query* that are rare or unknown.

    A correction is a similar and much more frequent word of the archive. Kazakh words
    are compared with their endings (:mod:`search.ranking.slips`), words of other
    languages by the folded keys of their stems, regardless of script and endings.
    """
    locales = list(locales)
    left_out = function_words_in(query.words)
    words = [
        leaf.text
        for leaf in query.words
        if isinstance(leaf, Word) and leaf.text not in left_out
    ]
    found = (_correction(word, locales) for word in words[:MAX_WORDS])
    return [correction for correction in found if correction is not None]


def corrected(text: str, corrections: Sequence[SpellingCorrection]) -> str:
    """Return *text* with its words replaced by their corrections."""
    for correction in corrections:
        text = text.replace(correction.typed, correction.meant)
    return text


def _correction(word: str, locales: list[str]) -> SpellingCorrection | None:
    candidates: list[_Candidate] = []
    guess = detect_language(word).code
    for locale in locales:
        terms = analyse(word, locale)
        if len(terms) != 1 or not terms[0].folded.isalpha():
            continue
        typed = terms[0]
        entries = _entries_with(typed.stems, locale)
        if not entries:
            for distance, shown in _close_names(word, locale):
                if distance == 0:
                    return None  # the word is a name
                candidates.append((distance, False, 0, shown))
        if language(locale).stems_are_words and len(word) >= MIN_LENGTH:
            reread = rereadings(typed.exact, locale, entries * MORE_FREQUENT)
            if reread or len(word) < LONG_WORD:
                candidates += reread
                continue
        # A misspelt word may have lost too much as an ending: it is also looked up as
        # typed.
        keys = dict.fromkeys((typed.folded, *word_keys(word, locale)[:1]))
        close = chain.from_iterable(_close(key, locale) for key in keys)
        for distance, frequency, shown in close:
            if distance == 0 and entries:
                return None  # the word is known, perhaps in another script
            if frequency >= max(MIN_ENTRIES, entries * MORE_FREQUENT):
                foreign = locale != guess
                candidates.append((distance + foreign, foreign, -frequency, shown))
    if not candidates:
        return None
    *_worth, meant = min(candidates)
    return (
        None
        if meant.lower() == word.lower()
        else SpellingCorrection(word, _like(word, meant))
    )


def _close_names(word: str, locale: str) -> Iterable[tuple[int, str]]:
    """Return (distance, word) of the words of names that are close to *word*."""
    key = "".join(word_keys(word, locale)[:1])
    if len(key) < MIN_LENGTH:
        return ()
    allowed = 2 if len(key) >= LONG_WORD else 1
    return close_names(key, locale, allowed=allowed)


def _entries_with(stems: Sequence[str], locale: str) -> int:
    rows = TermStatistic.objects.filter(locale=locale, kind=STEM, text__in=stems)
    return max(rows.values_list("entries", flat=True), default=0)


def _close(key: str, locale: str) -> Iterable[tuple[int, int, str]]:
    """Yield (distance, entries, word) of the stems whose key is close to *key*.

    Only stems that start with the first or second character of *key* are compared. The
    second covers a first letter that is added, doubled or transposed.
    """
    if len(key) < MIN_LENGTH:
        return
    allowed = 2 if len(key) >= LONG_WORD else 1
    known = TermStatistic.objects.filter(locale=locale, kind=STEM)
    for start in dict.fromkeys(key[:2]):
        rows = known.filter(
            folded__gte=start, folded__lt=chr(ord(start) + 1), entries__gte=MIN_ENTRIES
        ).order_by("-entries")
        for folded, shown, text, entries in rows.values_list(
            "folded", "shown", "text", "entries"
        )[:MAX_COMPARED]:
            distance = DamerauLevenshtein.distance(key, folded, score_cutoff=allowed)
            if distance <= allowed:
                yield distance, entries, shown or text


def _like(typed: str, meant: str) -> str:
    """Return *meant* with the capitalisation of *typed*."""
    if typed.isupper():
        return meant.upper()
    return meant.capitalize() if typed[:1].isupper() else meant
