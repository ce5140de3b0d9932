"""Benchmark of converting a Kazakh page to another script.

    python -m benchmarks.script_editions ../shared/data/kazakh/news-sentences.txt

Pages have 60 kB, with a paragraph for every sentence and a link for every twenty words.
No two pages share a sentence. In the first round the word cache is empty.
"""

import argparse
from collections.abc import Iterator
from html import escape
from pathlib import Path
from time import process_time

from django.conf import settings

from newsroom.transliteration.editions import SCRIPT_EDITIONS
from newsroom.transliteration.markup import convert_page
from newsroom.transliteration.text import converted_text

PAGE_BYTES = 60_000
PAGES = 20
WORDS_A_TAG = 20


def pages(sentences: list[str]) -> Iterator[str]:
    """Yield pages of `PAGE_BYTES` bytes of UTF-8, as long as there are sentences."""
    parts, size = [], 0
    for sentence in sentences:
        words = escape(sentence, quote=False).split(" ")
        groups = [
            " ".join(words[start : start + WORDS_A_TAG])
            for start in range(0, len(words), WORDS_A_TAG)
        ]
        links = " ".join(f'<a href="/kk/a/" title="x">{group}</a>' for group in groups)
        part = f"<p>{links}</p>\n"
        parts.append(part)
        size += len(part.encode())
        if size >= PAGE_BYTES:
            yield f'<html lang="kk"><body>{"".join(parts)}</body></html>'
            parts, size = [], 0


def main() -> None:
    """Print the milliseconds per page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path)
    options = parser.parse_args()
    settings.configure()
    sentences = options.text.read_text(encoding="utf-8").splitlines()
    some = [page for _number, page in zip(range(PAGES), pages(sentences), strict=False)]
    print("| script | words not seen before | seen before |\n|---|---|---|")
    for edition in SCRIPT_EDITIONS:
        converted_text("Қала", edition)
        taken = []
        for _round in range(2):
            started = process_time()
            for page in some:
                convert_page(page, edition)
            taken.append((process_time() - started) / len(some) * 1000)
        print(f"| {edition.lang} | {taken[0]:.1f} ms | {taken[1]:.1f} ms |")


if __name__ == "__main__":
    main()
