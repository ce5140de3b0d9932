"""Inputs of the lexicon's training: `python -m tools.kazakh.inputs NEWS DICTIONARY`.

The command writes both files from their sources; training needs only the files.

- `data/words.tsv`: lower-case words and how often they occur in NEWS, a text of Kazakh
  sentences, in the order of their first occurrence. The file in the repository was
  counted in the news sentences of KazNERD.
- `data/dictionary.txt`: the words of DICTIONARY, a `.dic` file of hunspell, with two
  flags each. The file in the repository comes from Debian's hunspell-kk 1.1.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).with_name("data")
WORDS, DICTIONARY = FOLDER / "words.tsv", FOLDER / "dictionary.txt"

_WORD = re.compile(r"[^\W\d_]+")
_ENTRY = re.compile(r"([^\W\d_]+)(?:(/[A-Za-z]{2})[A-Za-z]*)?")
WORDS_HEADING = """\
# Lower-case words of Kazakh news and their counts. From the sentences of KazNERD
# (Yeshpanov, Khassanov, Varol 2022: CC BY 4.0). Made by tools/kazakh/inputs.py.
"""
DICTIONARY_HEADING = """\
# Entries of the dictionary hunspell-kk 1.1, with the first flags of each.
# Copyright 2009 Akmaral Mussayeva, László Németh, Rail Aliev.
#
# The contents of this file are subject to the Mozilla Public License Version 1.1 (the
# "License"); you may not use this file except in compliance with the License. You may
# obtain a copy of the License at https://www.mozilla.org/MPL/1.1/
#
# Software distributed under the License is distributed on an "AS IS" basis, WITHOUT
# WARRANTY OF ANY KIND, either express or implied. See the License for the specific
# language governing rights and limitations under the License.
#
# Changed: all flags but two, and entries that are no single words, are left out.
# Made by tools/kazakh/inputs.py.
"""


def count_words(text: str) -> Counter[str]:
    """Return the lower-case words of *text* in their order, with their counts."""
    return Counter(word.lower() for word in _WORD.findall(text))


def read_words(path: Path) -> dict[str, int]:
    """Return the words of a file in the form of `data/words.tsv` with their counts."""
    rows = (line.split("\t") for line in lines_of(path))
    return {word: int(count) for word, count in rows}


def entries_of(lines: Iterable[str]) -> list[str]:
    """Return the entries of a hunspell dictionary that are words, sorted.

    Each has its first two flags: they tell gerunds from other words.
    """
    found = (_ENTRY.fullmatch(line.strip()) for line in lines)
    return sorted({entry[1] + (entry[2] or "") for entry in found if entry})


def lines_of(path: Path) -> list[str]:
    """Return the lines of a data file that are neither empty nor comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("dictionary", type=Path)
    arguments = parser.parse_args()
    counts = count_words(arguments.news.read_text(encoding="utf-8"))
    rows = [f"{word}\t{count}\n" for word, count in counts.items()]
    WORDS.write_text(WORDS_HEADING + "\n" + "".join(rows), encoding="utf-8")
    entries = entries_of(arguments.dictionary.read_text("utf-8-sig").splitlines())
    rows = [f"{entry}\n" for entry in entries]
    DICTIONARY.write_text(DICTIONARY_HEADING + "\n" + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
