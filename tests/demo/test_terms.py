"""The demo's termbase is about the demo's articles."""

from collections.abc import Iterator
from typing import Any

import pytest

from newsroom.demo import content
from search.index.synonyms import fold

CODES = ("kk", "ru", "en")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


@pytest.fixture(scope="module")
def folded_texts() -> list[tuple[str, str]]:
    """Return the language and the folded words of every article and translation."""
    texts = []
    for article in content.articles():
        own = [article.fields[name] for name in ("title", "lead", "body")]
        texts.append((article.locale, "\n".join(strings(own))))
        for code, catalogue in article.translations().items():
            texts.append((code, "\n".join(entry.msgstr for entry in catalogue)))
    return [(code, f" {fold(text, code)} ") for code, text in texts]


@pytest.mark.parametrize("name", content.concepts())
def test_a_concept_is_named_in_every_language_and_used_in_an_article(
    name, folded_texts
):
    terms = content.concepts()[name]["terms"]
    assert set(terms) == set(CODES)
    approved = [
        (code, fold(term, code))
        for code in CODES
        for term in terms[code]
        if isinstance(term, str)
    ]
    used = [
        code
        for code, folded in approved
        for locale, text in folded_texts
        if locale == code and f" {folded} " in text
    ]
    assert used
