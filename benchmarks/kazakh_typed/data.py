"""The words that are measured, read from the shared data, and their stems."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from search.languages import analyse, analyse_query

_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH = re.compile("[а-яёәғқңөұүһі]+")


class Data:
    """Words and tables of a folder such as `../shared/data/kazakh`."""

    def __init__(self, folder: Path, types: int | None = None) -> None:
        """Read from `folder`; keep the `types` most frequent words, or all."""
        self.folder = folder
        self.types = types

    @cached_property
    def counts(self) -> Counter[str]:
        """The lower-case Cyrillic words of the news sentences, with their counts."""
        text = (self.folder / "news-sentences.txt").read_text(encoding="utf-8")
        found = Counter(word.lower() for word in _WORD.findall(text))
        kazakh = {w: n for w, n in found.items() if _KAZAKH.fullmatch(w)}
        return Counter(dict(Counter(kazakh).most_common(self.types)))

    @cached_property
    def english(self) -> list[str]:
        """The 2,000 most frequent words of the English side of the ministry's news."""
        path = self.folder / "economy_gov_kz.kk-en.tsv"
        words: Counter[str] = Counter()
        for line in path.read_text(encoding="utf-8").splitlines():
            words.update(re.findall("[a-z]{2,}", line.split("\t")[1].lower()))
        return [word for word, _count in words.most_common(2000)]

    def table(self, name: str) -> list[list[str]]:
        """Return the rows of a file of tab-separated values, without comments."""
        return [line.split("\t") for line in self.lines(name)]

    def lines(self, name: str) -> list[str]:
        """Return the lines of a file, without comments and empty ones."""
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1 << 16)
def written_stems(word: str) -> frozenset[str]:
    """Return the stems under which a word of a Kazakh text is indexed."""
    return frozenset(stem for term in analyse(word, "kk") for stem in term.stems)


def asked_stems(word: str) -> frozenset[str]:
    """Return the stems that a query of one word, read as Kazakh, searches for."""
    return frozenset(
        stem
        for asked in analyse_query(word, ("kk",))
        for way in asked.alternatives
        for stem in way.term.stems
    )


def frequent_first(words: Iterable[str], counts: Counter[str]) -> list[str]:
    """Return `words`, the most frequent first."""
    return sorted(words, key=lambda word: (-counts[word], word))
