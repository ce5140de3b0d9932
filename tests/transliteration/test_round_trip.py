"""Conversion from Cyrillic to Latin and back, except for listed words.

The list (``round_trip_exceptions.tsv``: the word, and what comes back) is complete and
has nothing too much: a word that is mended is to be taken off it.
"""

import re
from pathlib import Path

import pytest

from newsroom.transliteration.editions import LATIN
from newsroom.transliteration.text import converted_text
from search.languages.homoglyphs import is_roman_numeral
from search.languages.kazakh.transliteration.words import read

EXCEPTIONS = Path(__file__).with_name("round_trip_exceptions.tsv")
CORPORA = {".txt", ".tsv", ".jsonl", ".conllu"}
# The share of words that may be listed at all.
MOST_EXCEPTIONS = 0.015


def words_of(folder: Path) -> set[str]:
    """Return every word in Cyrillic letters as written, without numerals."""
    words: set[str] = set()
    for path in folder.rglob("*"):
        if path.suffix in CORPORA:
            words.update(re.findall("[\u0400-\u052f]+", path.read_text("utf-8")))
    return {word for word in words if not is_roman_numeral(word)}


@pytest.mark.shared
def test_every_word_of_the_corpora_comes_back(shared):
    words = words_of(shared / "data")
    there = {word: converted_text(word, LATIN) for word in words}
    back = {word: read(latin, LATIN.script) or latin for word, latin in there.items()}
    lines = EXCEPTIONS.read_text("utf-8").splitlines()
    listed = dict(line.split("\t") for line in lines if not line.startswith("#"))
    assert len(listed) <= MOST_EXCEPTIONS * len(words)
    assert {word: back[word] for word in words if back[word] != word} == listed
