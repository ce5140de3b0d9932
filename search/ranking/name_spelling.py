"""Names of the archive that are similar to a misspelt word, however rare they are."""

from django.db.models import TextField, Value
from rapidfuzz.distance import DamerauLevenshtein

from search.index.completions import NAME
from search.models import Completion
from search.ranking.compared_rows import ComparedRow, ComparedRows

# Names that are compared, those of most entries first.
MAX_COMPARED = 5_000


class CloseNames:
    """The words of names with at most *allowed* errors in *key*.

    *key* is that of the word as typed (see :func:`search.languages.word_keys`). Only
    words that start with its first or second character are compared. ``found`` holds
    (distance, word) once the rows are read.
    """

    def __init__(self, key: str, allowed: int) -> None:
        self.found: list[tuple[int, str]] = []
        self._key = key
        self._allowed = allowed

    def compare_in(self, rows: ComparedRows, locale: str) -> None:
        """Add the names in *locale*: they are compared when *rows* are read."""
        for start in dict.fromkeys(self._key[:2]):
            names = Completion.objects.filter(kind=NAME, locale=locale, first=start)
            ordered = names.order_by("-weight", "pk")
            nothing = Value("", TextField())
            compared = ordered.values_list("folded", "text", nothing, Value(0))
            rows.add(("name", locale, start), compared[:MAX_COMPARED], self._take)

    def _take(self, row: ComparedRow) -> None:
        folded, text, _none, _zero = row
        keys, words = folded.split(" "), text.split()
        distance = DamerauLevenshtein.distance(
            self._key, keys[0], score_cutoff=self._allowed
        )
        if distance <= self._allowed and len(keys) <= len(words):
            self.found.append((distance, words[-len(keys)]))
