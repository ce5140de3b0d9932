"""Make the stemmer's data files: `python -m tools.kazakh.build_lexicon`.

Reads word counts of news and a dictionary (see `tools.kazakh.inputs`), and the
hand-made `vocabulary.txt` and `names.txt`; writes `support.tsv`, `headwords.tsv` and
`endings.tsv` beside these. The same inputs give the same files.
"""

import argparse
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from search.languages.kazakh.data import FOLDER
from search.languages.kazakh.morphology.analysis import readings
from search.languages.kazakh.morphology.irregulars import FIXED, PARADIGMS
from search.languages.kazakh.morphology.lexicon import SCALE, STEPS
from search.languages.kazakh.morphology.morphophonology import (
    VOICELESS,
    can_be_root,
    join,
    restored,
    shortened,
    unvoiced,
)
from search.languages.kazakh.morphology.phonology import BACK, tone
from search.languages.normalisation import normalise
from tools.kazakh.inputs import DICTIONARY, WORDS, lines_of, read_words
from tools.kazakh.training import ROUNDS, Estimate, Key, Sources, key_of

VERSION = 1

LEAST = 0.1
"""Stems with less support than this read better as other stems with endings."""
COUNTED = 0.3
"""Stems with less support in the text are attested by the dictionary only."""
SHORTEST_NEGATED = 3
"""Letters of a root whose negation is no headword: жама- is not the negation of жа-."""
NO_HEADWORDS = [["negative"], ["passive", "negative"], ["passive", "reflexive"]]
"""Ends of chains that make a form of a verb, not another verb."""
ENDINGS_OF_STEMS = frozenset({"plural", "causative", "negative"})
GERUND_FLAGS = "Mm"
"""The flags of hunspell-kk that mark entries declined like a gerund in -у."""

_CAUSATIVE = re.compile("(?:[ғқ]ы|[гк]і)з$|[дт][ыі]р$")
_CYRILLIC = re.compile("[а-яёәғқңөұүһі]+")

HEADINGS = {
    "support.tsv": """\
# Stems of Kazakh: stem, weight as a noun, weight as a verb (see lexicon.py).
# Version {version}. Made by build_lexicon.py from counts in the news sentences of
# KazNERD (Yeshpanov, Khassanov, Varol: CC BY 4.0) and from vocabulary.txt, names.txt.
""",
    "headwords.tsv": """\
# Further stems of Kazakh: stem, weight as a noun, weight as a verb (see lexicon.py).
# Version {version}. Made by build_lexicon.py from the dictionary hunspell-kk 1.1.
# Copyright 2009 Akmaral Mussayeva, László Németh, Rail Aliev.
#
# The contents of this file are subject to the Mozilla Public License Version 1.1 (the
# "License"); you may not use this file except in compliance with the License. You may
# obtain a copy of the License at https://www.mozilla.org/MPL/1.1/
# Software distributed under the License is distributed on an "AS IS" basis, WITHOUT
# WARRANTY OF ANY KIND, either express or implied. See the License for the specific
# language governing rights and limitations under the License.
# Changes: flags and inflected forms left out, roots of verbs derived from their
# gerunds, weights added.
""",
    "endings.tsv": """\
# Endings of Kazakh: state, ending (STOP is the word's end), cost (disambiguation.py).
# Version {version}. Made by build_lexicon.py from counts in the news sentences of
# KazNERD (Yeshpanov, Khassanov, Varol: CC BY 4.0).
""",
}


def analysed(words: Iterable[str]) -> Iterator[str]:
    """Yield the Cyrillic word types that the stemmer would analyse."""
    irregular = {form for forms in PARADIGMS.values() for form in forms.split()}
    for word in {normalise(found) for found in words}:
        if _CYRILLIC.fullmatch(word) and word not in irregular | FIXED:
            yield word


def dictionary_words(lines: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return (nouns, roots of verbs) of a hunspell file.

    All parts of speech other than verbs, and gerunds, count as nouns.
    """
    nouns: set[str] = set()
    gerunds: set[str] = set()
    for line in lines:
        entry, _, flags = line.strip().partition("/")
        word = normalise(entry)
        if _CYRILLIC.fullmatch(word):
            is_gerund = flags.startswith(GERUND_FLAGS) and word[-1] in "ую"
            (gerunds if is_gerund else nouns).add(word)
    nouns -= {word for word in nouns if _without_voice(word) in nouns}
    roots = frozenset(_roots(gerunds, nouns))
    nouns -= {
        word for word in nouns if _CAUSATIVE.search(word) and _caused(word, roots)
    }
    return frozenset(nouns | gerunds), frozenset(_positive(roots))


def _caused(word: str, roots: frozenset[str]) -> bool:
    """Return whether `word` is the causative of a root, such as барғыз."""
    return any(
        reading.chain and reading.chain[-1].name == "causative"
        for reading in readings(word)
        if reading.stem in roots
    )


def _positive(roots: frozenset[str]) -> Iterator[str]:
    """Yield roots without those of another's negation or second passive.

    Such as орындалма- and істелін-.
    """
    for root in roots:
        if can_be_root(root) and not any(
            [rule.name for rule in reading.chain][-2:] in NO_HEADWORDS
            and len(reading.stem) >= SHORTEST_NEGATED
            and reading.stem in roots
            for reading in readings(root)
        ):
            yield root


def _without_voice(word: str) -> str:
    """Return `word` with a voiceless last consonant, "" if it has no voiced one.

    The dictionary lists есеб, cut from есебі, in addition to есеп.
    """
    voiceless = VOICELESS.get(word[-1])
    return word[:-1] + voiceless if voiceless else ""


def _roots(gerunds: set[str], entries: set[str]) -> Iterator[str]:
    """Yield the roots of `gerunds`: an entry with that gerund, or the gerund without у.

    No verb ends in б, г or ғ: the root of жағу is жақ, and that of шоқу is шоқы.
    """
    givers: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry[-1] in VOICELESS:
            continue
        givers[join(entry, "у")].append(entry)
        short = shortened(entry)
        if short:
            givers[short + "у"].append(entry)
    for gerund in gerunds:
        if gerund in givers:
            yield from givers[gerund]
        elif gerund.endswith("ю"):
            yield gerund[:-1] + "й"
        elif unvoiced(gerund[:-1], "у"):
            yield gerund[:-1] + ("ы" if tone(gerund) == BACK else "і")
        else:
            yield _without_voice(gerund[:-1]) or gerund[:-1]


def hand_made(folder: Path) -> Iterator[Key]:
    """Yield the words of `vocabulary.txt` and `names.txt` with their part of speech."""
    for line in lines_of(folder / "vocabulary.txt"):
        part, *words = line.split()
        yield from ((word, part) for word in words)
    for line in lines_of(folder / "names.txt"):
        yield from ((normalise(word), "noun") for word in line.split())


def is_composed(estimate: Estimate, key: Key) -> bool:
    """Return whether a stem is a better attested one with an ending of stems.

    These endings are the plural (стартаптар), the causative (барғыз), the negation
    (орындалма), and those before which a loan loses a letter (съез).
    """
    stem, part = key
    if part == "noun" and any(
        estimate.support.get((whole, part), 0.0) >= COUNTED
        or whole in estimate.sources.nouns
        for whole, lost in restored(stem)
        if lost
    ):
        return True
    return any(
        reading.chain
        and reading.chain[-1].name in ENDINGS_OF_STEMS
        and len(reading.stem) >= SHORTEST_NEGATED
        and estimate.mass(key_of(reading)) > estimate.mass(key) / 2
        for reading in readings(stem)
    )


def weight(estimate: Estimate, key: Key) -> int:
    """Return the weight of a stem as defined in `lexicon`, 0 if it must not be listed.

    An unlisted stem in б, г or ғ is mostly one in п, к or қ that was cut too early.
    """
    stem, part = key
    sources = estimate.sources
    listed = stem in (sources.verbs if part == "verb" else sources.nouns)
    doubtful = estimate.support.get(key, 0.0) < COUNTED or stem[-1] in VOICELESS
    doubtful = doubtful or is_composed(estimate, key)
    if doubtful and not listed and key not in sources.sure:
        return 0
    mass = estimate.mass(key)
    return round(STEPS * math.log(mass * SCALE)) if mass >= LEAST else 0


def tables(estimate: Estimate) -> dict[str, list[str]]:
    """Return the lines of the three files, sorted."""
    sources = estimate.sources
    counted = {stem for (stem, _), n in estimate.support.items() if n >= COUNTED}
    counted |= {stem for stem, _ in sources.sure}
    rows: dict[str, list[str]] = {name: [] for name in HEADINGS}
    for stem in sorted(counted | sources.nouns | sources.verbs):
        noun, verb = (weight(estimate, (stem, part)) for part in ("noun", "verb"))
        if noun or verb:
            name = "support.tsv" if stem in counted else "headwords.tsv"
            rows[name].append(f"{stem}\t{noun}\t{verb}")
    rows["endings.tsv"] = [
        f"{state}\t{ending}\t{cost:.2f}"
        for (state, ending), cost in sorted(estimate.endings.items())
    ]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=Path, default=WORDS)
    parser.add_argument("--dictionary", type=Path, default=DICTIONARY)
    parser.add_argument("--output", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    nouns, verbs = dictionary_words(lines_of(arguments.dictionary))
    sources = Sources(nouns, verbs, frozenset(hand_made(FOLDER)))
    estimate = Estimate(sources, analysed(read_words(arguments.words)))
    for _ in range(ROUNDS):
        estimate.improve()
    for name, rows in tables(estimate).items():
        text = HEADINGS[name].format(version=VERSION) + "\n" + "\n".join(rows) + "\n"
        (arguments.output / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {len(rows)} lines\n")


if __name__ == "__main__":
    main()
