"""Names of the archive that are similar to a misspelt word, however rare they are."""

from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from search.index.completions import NAME
from search.models import Completion

# Names that are compared, those of most entries first.
MAX_COMPARED = 5_000


def close_names(key: str, locale: str, *, allowed: int) -> Iterator[tuple[int, str]]:
    """Yield (distance, word) of words of names with at most *allowed* errors in *key*.

    *key* is that of the word as typed (see :func:`search.languages.word_keys`). Only
    words that start with its first or second character are compared.
    """
    for start in dict.fromkeys(key[:2]):
        names = Completion.objects.filter(kind=NAME, locale=locale, first=start)
        rows = names.order_by("-weight", "pk").values_list("folded", "text")
        for folded, text in rows[:MAX_COMPARED]:
            keys, words = folded.split(" "), text.split()
            distance = DamerauLevenshtein.distance(key, keys[0], score_cutoff=allowed)
            if distance <= allowed and len(keys) <= len(words):
                yield distance, words[-len(keys)]
