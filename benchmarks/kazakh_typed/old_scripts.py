"""Texts in the orthographies of 1912 to 1957."""

from collections.abc import Iterator

from search.languages.kazakh.scripts import OLD_SCRIPTS, convert
from search.languages.kazakh.transliteration.latin_alphabets import OLD_LATIN
from search.languages.kazakh.transliteration.words import read, write

from .data import Data, frequent_first
from .rows import Figure, row


@row("old scripts", "Words of the press of 1912–57, read exactly")
def old_press(data: Data) -> Iterator[Figure]:
    """Yield the share of words of each orthography that convert to today's spelling."""
    table = data.table("old-scripts.tsv")
    for script in OLD_SCRIPTS:
        words = [(old, today) for source, old, today in table if source == script]
        read_as = [(old, convert(old, "Cyrl", source=script)) for old, _today in words]
        wrong = [
            f"{old} → {found}, not {today}"
            for (old, found), (_old, today) in zip(read_as, words, strict=True)
            if found != today
        ]
        right = len(words) - len(wrong)
        yield Figure(script, right, len(words), least=57 / 59, errors=tuple(wrong))


@row("old latin", "Words written in the Latin alphabets of 1929 and 1938, read back")
def old_latin(data: Data) -> Iterator[Figure]:
    """Yield the share of words that are the same after conversion to Latin and back."""
    words = list(data.counts)
    for alphabet in OLD_LATIN:
        written = {word: write(word, alphabet) for word in words}
        back = {word: read(written[word], alphabet) for word in words}
        wrong = frequent_first((w for w in words if back[w] != w), data.counts)
        errors = tuple(f"{word} → {written[word]} → {back[word]}" for word in wrong)
        right = len(words) - len(wrong)
        yield Figure(alphabet, right, len(words), least=0.97, errors=errors)
