"""Make `data/spellings.tsv`: `python -m tools.kazakh.learn_spellings`.

The word counts of news (see `tools.kazakh.inputs`), and the headwords of the lexicon
with a small weight each, are converted to the other alphabet and back by the rules
alone. If the result is wrong, the shortest prefix of the word that nearly always has
this spelling is listed. If there is none, the whole word is listed, unless a more
frequent word is written the same.
"""

import argparse
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from search.languages.kazakh.transliteration.arabic_letters import broad_from_arabic
from search.languages.kazakh.transliteration.letters import CYRILLIC
from search.languages.kazakh.transliteration.reading import by_rules
from search.languages.kazakh.transliteration.spellings import (
    FILE,
    Arabic,
    Latin,
    arabic_key,
    broaden,
)
from search.languages.kazakh.transliteration.writing import needs_hamza, to_arabic
from tools.kazakh.inputs import WORDS, lines_of, read_words

SHORTEST = 3
"""Letters that a listed prefix must have at least."""
RELIABLE = 0.85
"""The share of words with a prefix's key that must have its spelling."""
HEADWORD_WEIGHT = 0.3
"""Occurrences in news that a headword of the lexicon is worth."""
RARE = "һьъ"
"""Letters that hardly any Kazakh word has."""
HEADWORDS = FILE.with_name("headwords.tsv")
PASSES = 4
"""Prefixes listed in one pass can break other words, which the next pass repairs."""

_WORD = re.compile(f"[{CYRILLIC}]+")
_HEADER = """\
# Beginnings of Kazakh words, and whole words (with a full stop), whose spelling the
# Latin or Arabic letters do not tell. Version 1.
# From the counts of KazNERD's news sentences (CC BY 4.0) and the headwords of
# hunspell-kk (see headwords.tsv), used under the MPL 1.1.

"""


class LatinLearner:
    """Conversion to Latin letters and back."""

    name = "latin"
    reader = Latin

    @staticmethod
    def key(word: str) -> str:
        """Return what is left of a word in the alphabet."""
        return broaden(word)

    @staticmethod
    def written(word: str) -> str:
        """Return the word as a reader sees it."""
        return broaden(word)

    @staticmethod
    def read(reader: Latin, word: str) -> str | None:
        """Return `word` converted and read back."""
        return reader.read(broaden(word))

    @staticmethod
    def read_rest(stem: str, rest: str) -> str | None:
        """Return the word that starts with `stem`, followed by the key `rest`."""
        return stem + by_rules(rest, stem)


class ArabicLearner:
    """Conversion to Arabic letters and back."""

    name = "arabic"
    reader = Arabic

    @staticmethod
    def key(word: str) -> str:
        """Return what is left of a word in the alphabet."""
        return arabic_key(word)

    @staticmethod
    def written(word: str) -> str:
        """Return the word as a reader sees it: its key and its hamza."""
        return to_arabic(word)

    @staticmethod
    def read(reader: Arabic, word: str) -> str | None:
        """Return `word` converted and read back."""
        key = arabic_key(word)
        return reader.read(key, needs_hamza(word, key))

    @staticmethod
    def read_rest(stem: str, rest: str) -> str | None:
        """Return the word that starts with `stem`, followed by the key `rest`."""
        broad = broad_from_arabic(rest, stem)
        return None if broad is None else stem + by_rules(broad, stem)


Learner = LatinLearner | ArabicLearner


class Support:
    """The frequency of each prefix, by its spelling and by its key."""

    def __init__(self, counts: Counter[str], learner: type[Learner]) -> None:
        """Count the prefixes of all words."""
        self.learner = learner
        self.spelled: Counter[str] = Counter()
        self.keyed: Counter[str] = Counter()
        self.likeliest: dict[str, str] = {}
        for word, count in counts.items():
            key = learner.key(word)
            for end in range(1, len(word) + 1):
                self.spelled[word[:end]] += count
            for end in range(1, len(key) + 1):
                self.keyed[key[:end]] += count
            written = learner.written(word)
            if count > counts[self.likeliest.get(written, "")]:
                self.likeliest[written] = word

    def entry(self, word: str, listed: set[str]) -> str | None:
        """Return the new entry that makes `word` read correctly.

        Returns None if a more frequent word is written the same.
        """
        if self.likeliest[self.learner.written(word)] != word:
            return None
        key = self.learner.key(word)
        for end in range(min(SHORTEST, len(word)), len(word) + 1):
            stem = word[:end]
            stem_key = self.learner.key(stem)
            if stem in listed or not key.startswith(stem_key):
                continue
            if self.spelled[stem] < RELIABLE * self.keyed[stem_key]:
                continue
            if self.learner.read_rest(stem, key[len(stem_key) :]) == word:
                return stem
        return f"{word}."


def learn(counts: Counter[str], learner: type[Learner]) -> set[str]:
    """Return the entries needed for `counts`, word → weight."""
    support = Support(counts, learner)
    listed: set[str] = set()
    for _ in range(PASSES):
        reader = learner.reader(sorted(listed))
        wrong = [word for word in counts if learner.read(reader, word) != word]  # type: ignore[arg-type]
        listed |= {entry for word in wrong if (entry := support.entry(word, listed))}
    return listed


def kazakh_words(words: Mapping[str, int]) -> Counter[str]:
    """Return the counts of those parts of *words* that are in Kazakh Cyrillic."""
    counts: Counter[str] = Counter()
    for word, count in words.items():
        for part in _WORD.findall(word):
            counts[part] += count
    return counts


def with_headwords(counts: Counter[str]) -> Counter[str]:
    """Return `counts` with the lexicon's stems added."""
    weights: Counter[str] = Counter()
    weights.update(counts)
    # Of headwords that are written alike, the first is taken: Kazakh front vowels come
    # after the back ones, and letters of loanwords are less likely.
    headwords = {line.split("\t")[0] for line in lines_of(HEADWORDS)}
    for headword in sorted(filter(_WORD.fullmatch, headwords), key=_rank, reverse=True):
        weights[headword] += HEADWORD_WEIGHT  # type: ignore[assignment]
    return weights


def _rank(word: str) -> tuple[int, str]:
    return -sum(map(word.count, RARE)), word


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=Path, default=WORDS)
    parser.add_argument("--output", type=Path, default=FILE)
    arguments = parser.parse_args()
    counts = with_headwords(kazakh_words(read_words(arguments.words)))
    learners: list[type[Learner]] = [LatinLearner, ArabicLearner]
    with arguments.output.open("w", encoding="utf-8") as file:
        file.write(_HEADER)
        for learner in learners:
            for entry in sorted(learn(counts, learner)):
                file.write(f"{learner.name}\t{entry}\n")


if __name__ == "__main__":
    main()
