"""Accuracy of converting Kazakh Cyrillic to another script and back.

    python -m benchmarks.scripts ../shared/data/kazakh/news-sentences.txt
    python -m benchmarks.scripts TEXT --held-out --errors 20

The result is the share of running words that come back unchanged. Sentences are
converted twenty at a time, about the size of an article, because the converter uses all
words of a text to recognise its alphabet. A word counts as exact if all its letters
come back (in lower case if the script has no capitals). With `--held-out`, the stems
that break the rules are learnt from every other sentence, and only the remaining
sentences are measured.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter

from search.languages.kazakh.scripts import SCRIPTS, convert
from search.languages.kazakh.transliteration import latin_words, words
from search.languages.kazakh.transliteration.letters import VOWELS
from search.languages.kazakh.transliteration.spellings import Arabic, Latin
from tools.kazakh import learn_spellings
from tools.kazakh.inputs import count_words
from tools.kazakh.learn_spellings import ArabicLearner, LatinLearner

ARTICLE = 20
"""Sentences converted together."""

_WORD = re.compile(r"[\w']+")

_KINDS = (
    ("Roman numeral", lambda word: re.fullmatch("[ХІIVX]+", word) is not None),
    ("Latin word", lambda word: re.search("[a-z]", word, re.I) is not None),
    ("ъ or ь", lambda word: re.search("[ъь]", word, re.I) is not None),
    ("э", lambda word: "э" in word.lower()),
    ("ё", lambda word: "ё" in word.lower()),
    ("ц or тс", lambda word: re.search("ц|тс", word, re.I) is not None),
    ("щ or шш", lambda word: re.search("щ|шш", word, re.I) is not None),
    ("һ or х", lambda word: re.search("[һх]", word, re.I) is not None),
    ("я, ю, й, и", lambda word: re.search("[яюйи]", word, re.I) is not None),
    ("single letter", lambda word: len(word) == 1),
    ("vowel series", lambda word: bool(VOWELS.intersection(word.lower()))),
)
"""Kinds of words that changed in a round trip; the first that fits is counted."""


def articles(lines: Iterable[str]) -> Iterator[str]:
    """Yield the text, `ARTICLE` lines at a time."""
    lines = list(lines)
    for start in range(0, len(lines), ARTICLE):
        yield "\n".join(lines[start : start + ARTICLE])


def round_trip(text: str, script: str) -> Iterator[tuple[str, str]]:
    """Yield each word of `text` with its form after conversion and back."""
    back = convert(convert(text, script), "Cyrl")
    if script == "Arab":
        text, back = text.lower(), back.lower()
    for line, line_back in zip(text.split("\n"), back.split("\n"), strict=True):
        before, after = _WORD.findall(line), _WORD.findall(line_back)
        if len(before) == len(after):
            yield from zip(before, after, strict=True)
        else:
            yield from ((word, "") for word in before)


def kind(word: str) -> str:
    """Return the kind of a word that did not come back."""
    return next((name for name, fits in _KINDS if fits(word)), "other")


def measure(lines: list[str], script: str, errors: int) -> None:
    """Print one row of the table, and the most frequent errors."""
    started = perf_counter()
    total, wrong = 0, Counter[tuple[str, str]]()
    for article in articles(lines):
        for word, back in round_trip(article, script):
            if word.isdigit():
                continue
            total += 1
            if word != back:
                wrong[word, back] += 1
    seconds = perf_counter() - started
    share = 1 - wrong.total() / total
    kinds = Counter[str]()
    for (word, _), count in wrong.items():
        kinds[kind(word)] += count
    listed = ", ".join(f"{name} {count}" for name, count in kinds.most_common())
    print(f"| {script} | {total} | {share:.2%} | {listed} |  ({seconds:.1f} s)")
    for (word, back), count in wrong.most_common(errors):
        print(f"    {count:5} {word} → {back}")


def learn_from(lines: Iterable[str]) -> None:
    """Replace the listed stems by those learnt from `lines`."""
    found = learn_spellings.kazakh_words(count_words("\n".join(lines)))
    counts = learn_spellings.with_headwords(found)
    readers = (
        Latin(learn_spellings.learn(counts, LatinLearner)),
        Arabic(learn_spellings.learn(counts, ArabicLearner)),
    )
    use(readers)


def without_stems() -> None:
    """Remove all listed stems, so that only the rules apply."""
    use((Latin(()), Arabic(())))


def use(readers: tuple[Latin, Arabic]) -> None:
    """Replace the readers of words."""
    words.listed = latin_words.listed = lambda: readers
    words.read.cache_clear()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show the commonest")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--rules-only", action="store_true")
    options = parser.parse_args()
    lines = options.text.read_text(encoding="utf-8").splitlines()
    if options.held_out:
        learn_from(lines[::2])
        lines = lines[1::2]
    if options.rules_only:
        without_stems()
    print("| script | running words | exact | the rest by kind |\n|---|---|---|---|")
    for script in SCRIPTS:
        if script != "Cyrl":
            measure(lines, script, options.errors)


if __name__ == "__main__":
    main()
