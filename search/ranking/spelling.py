"""Spelling corrections: words of the archive that are similar to an unknown word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from rapidfuzz.distance import DamerauLevenshtein

from search.index.term_statistics import STEM, counts_of_terms
from search.languages import AnalysedTerm, analyse, detect_language, word_keys
from search.languages.registry import language
from search.models import TermStatistic
from search.plan.plan import function_words_in
from search.query import Query, Word
from search.ranking.compared_rows import ComparedRow, ComparedRows
from search.ranking.name_spelling import CloseNames
from search.ranking.slips import Slips

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
    languages by the folded keys of their stems, regardless of script and endings. At
    most two queries, however many words there are.
    """
    locales = list(locales)
    left_out = function_words_in(query.words)
    words = [
        leaf.text
        for leaf in query.words
        if isinstance(leaf, Word) and leaf.text not in left_out
    ]
    readings = [
        (word, _readings(word, locales)) for word in dict.fromkeys(words[:MAX_WORDS])
    ]
    known = counts_of_terms(
        term for _word, some in readings for one in some for term in one.terms
    )
    rows = ComparedRows()
    for _word, some in readings:
        for reading in some:
            reading.compare_in(rows, known)
    rows.read()
    corrected_words = {word: _correction(word, some) for word, some in readings}
    found = (corrected_words[word] for word in words[:MAX_WORDS])
    return [correction for correction in found if correction is not None]


def corrected(text: str, corrections: Sequence[SpellingCorrection]) -> str:
    """Return *text* with its words replaced by their corrections."""
    for correction in corrections:
        text = text.replace(correction.typed, correction.meant)
    return text


class _Reading:
    """A word read in one language, and what is close to it once the rows are read.

    ``entries`` is the number of entries with the word.
    """

    def __init__(self, word: str, locale: str, typed: AnalysedTerm) -> None:
        self.word = word
        self.locale = locale
        self.terms = [(locale, STEM, stem) for stem in typed.stems]
        self.entries = 0
        self.names: CloseNames | None = None
        self.slips: Slips | None = None
        self.close: list[tuple[int, int, str]] = []
        self._typed = typed

    def compare_in(
        self, rows: ComparedRows, known: Mapping[tuple[str, str, str], int]
    ) -> None:
        """Add the words to compare to *rows*; *known* are counts of terms."""
        self.entries = max((known[term] for term in self.terms), default=0)
        key = "".join(word_keys(self.word, self.locale)[:1])
        if not self.entries and len(key) >= MIN_LENGTH:
            self.names = CloseNames(key, _allowed(key))
            self.names.compare_in(rows, self.locale)
        if language(self.locale).stems_are_words and len(self.word) >= MIN_LENGTH:
            self.slips = Slips(self._typed.exact, self.locale)
            self.slips.compare_in(rows)
            if len(self.word) < LONG_WORD:
                return
        # A misspelt word may have lost too much as an ending: it is also looked up as
        # typed.
        keys = (self._typed.folded, *word_keys(self.word, self.locale)[:1])
        for one in dict.fromkeys(keys):
            if len(one) >= MIN_LENGTH:
                self._compare_stems_in(rows, one)

    def _compare_stems_in(self, rows: ComparedRows, key: str) -> None:
        """Add the stems to *rows* whose key may be close to *key*.

        Only stems that start with the first or second character of *key* are compared.
        The second covers a first letter that is added, doubled or transposed.
        """
        known = TermStatistic.objects.filter(locale=self.locale, kind=STEM)
        for start in dict.fromkeys(key[:2]):
            close = known.filter(
                folded__gte=start,
                folded__lt=chr(ord(start) + 1),
                entries__gte=MIN_ENTRIES,
            ).order_by("-entries")
            compared = close.values_list("folded", "shown", "text", "entries")
            rows.add(
                ("close", self.locale, start),
                compared[:MAX_COMPARED],
                partial(self._take_close, key),
            )

    def _take_close(self, key: str, row: ComparedRow) -> None:
        folded, shown, text, entries = row
        allowed = _allowed(key)
        distance = DamerauLevenshtein.distance(key, folded, score_cutoff=allowed)
        if distance <= allowed:
            self.close.append((distance, entries, shown or text))


def _allowed(key: str) -> int:
    return 2 if len(key) >= LONG_WORD else 1


def _readings(word: str, locales: list[str]) -> list[_Reading]:
    """Return the readings of *word* in those of *locales* in which it is one word."""
    readings = []
    for locale in locales:
        terms = analyse(word, locale)
        if len(terms) == 1 and terms[0].folded.isalpha():
            readings.append(_Reading(word, locale, terms[0]))
    return readings


def _correction(word: str, readings: Iterable[_Reading]) -> SpellingCorrection | None:
    candidates: list[_Candidate] = []
    guess = detect_language(word).code
    for reading in readings:
        entries = reading.entries
        for distance, shown in reading.names.found if reading.names else ():
            if distance == 0:
                return None  # the word is a name
            candidates.append((distance, False, 0, shown))
        if reading.slips is not None:
            reread = reading.slips.candidates(entries * MORE_FREQUENT)
            if reread or len(word) < LONG_WORD:
                candidates += reread
                continue
        for distance, frequency, shown in reading.close:
            if distance == 0 and entries:
                return None  # the word is known, perhaps in another script
            if frequency >= max(MIN_ENTRIES, entries * MORE_FREQUENT):
                foreign = reading.locale != guess
                candidates.append((distance + foreign, foreign, -frequency, shown))
    if not candidates:
        return None
    *_worth, meant = min(candidates)
    return (
        None
        if meant.lower() == word.lower()
        else SpellingCorrection(word, _like(word, meant))
    )


def _like(typed: str, meant: str) -> str:
    """Return *meant* with the capitalisation of *typed*."""
    if typed.isupper():
        return meant.upper()
    return meant.capitalize() if typed[:1].isupper() else meant
