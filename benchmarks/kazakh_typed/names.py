"""Names of people that look like forms of other words."""

from collections.abc import Iterator

from search.languages.kazakh import exact, stems

from .data import Data
from .rows import Count, Figure, row


@row("names", "Names whose own base is misread as another word")
def misread_names(data: Data) -> Iterator[Figure]:
    """Count the names with the stem of another word; ё and е are the same letter."""
    for label, file, most in (
        ("first names", "names-first.txt", 3),
        ("surnames", "names-surnames.txt", 0),
    ):
        names = data.lines(file)
        wrong = [name for name in names if stems(name)[0] != exact(name)]
        errors = tuple(f"{name}: {', '.join(stems(name))}" for name in wrong)
        yield Count(label, len(wrong), len(names), most=most, errors=errors)


@row("pairs", "Pairs of a name and a word that must not meet")
def pairs_apart(data: Data) -> Iterator[Figure]:
    """Count the names that share a stem with a word of which they are no form."""
    pairs = data.table("pairs.tsv")
    meeting = [
        f"{name}, {word}: {', '.join(sorted(common))}"
        for name, word in pairs
        if (common := set(stems(name)) & set(stems(word)))
    ]
    yield Count("meet", len(meeting), len(pairs), most=3, errors=tuple(meeting))
