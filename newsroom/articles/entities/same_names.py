"""Search for entities that already have a name, in any script, form or language."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.coreutils import get_content_languages
from wagtail.search.backends import get_search_backend

from newsroom.articles.entities.abbreviations import abbreviated
from search.languages import analyse, word_keys

if TYPE_CHECKING:
    from newsroom.articles.models.entities import Entity

# Rows compared for each query; a longer list does not help an editor.
MAX_CANDIDATES = 50
MAX_WORDS = 12  # the longest names of institutions
LONGEST = 255  # characters of a name
# Number of words (surname, first name, patronymic) that are searched by prefix.
BEGINNINGS = 3
# Letters of an inflectional ending in Russian and Kazakh, and the minimum of a prefix.
ENDING, BEGINNING = 3, 3
_BRACKETS = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"([^\W_]+(?:['’ʼ][^\W_]+)*)(\.?)")


@dataclass(frozen=True, slots=True)
class _Word:
    forms: frozenset[str]  # stems as "ru:иван", in every language of the site
    is_initial: bool


def entities_named(name: str, model: "type[Entity]") -> "list[Entity]":
    """Return rows of *model* whose name is equivalent to *name*.

    Two names are equivalent if their words can be paired so that each pair has a common
    stem in one of the site's languages: «Алматыда» and "Almaty", «Королёва Фёдора» and
    «Фёдор Королев», "UN Habitat" and «UN-Habitat». An initial is paired with a word
    that begins with it: «А. Байтұрсынұлы» and "Ahmet Baitūrsynūly". Names of
    institutions and places are also compared with their abbreviations: «ЕҰУ».
    """
    name = name[:LONGEST].strip()
    readings = _readings(name)
    if not readings:
        return []
    found = {
        row.pk: row
        for row in _candidates(name, model)
        if any(_are_same(a, b) for a in readings for b in _readings(row.name))
    }
    found |= {row.pk: row for row in abbreviated(name, model)}
    return list(found.values())


def _readings(name: str) -> "list[list[_Word]]":
    """Return the words of *name* and, if it has brackets, of each part separately.

    Example: "United Nations Human Settlements Programme (UN-Habitat)".
    """
    texts = [name]
    if inside := _BRACKETS.findall(name):
        texts += [_BRACKETS.sub(" ", name), *inside]
    readings = [_words(text) for text in texts]
    return [words for words in readings if 0 < len(words) <= MAX_WORDS]


def _candidates(name: str, model: "type[Entity]") -> "Iterator[Entity]":
    """Yield rows that may have the name: all words match, some, or a prefix of one.

    The prefix search is needed because the index holds stems, and names have endings
    that no dictionary contains. Rows may be repeated.
    """
    backend = get_search_backend()
    rows = model.objects.select_related("locale")
    yield from backend.search(name, rows)[:MAX_CANDIDATES]
    yield from backend.search(name, rows, operator="or")[:MAX_CANDIDATES]
    words = sorted((text for text, _dot in _WORD.findall(name)), key=len, reverse=True)
    for word in words[:BEGINNINGS]:
        beginning = word[: max(BEGINNING, len(word) - ENDING)]
        yield from backend.autocomplete(beginning, rows)[:MAX_CANDIDATES]


def _words(name: str) -> list[_Word]:
    return [
        _Word(_all_forms(text), len(text) == 1 or (len(text) == 2 and bool(dot)))
        for text, dot in _WORD.findall(name)
    ]


def _all_forms(word: str) -> frozenset[str]:
    codes = get_content_languages()
    return frozenset(form for code in codes for form in _forms(word, code))


def _forms(word: str, language: str) -> Iterable[str]:
    for term in analyse(word, language):
        yield from (f"{language}:{stem}" for stem in (*term.stems, term.folded))
    yield from (f"{language}:{key}" for key in word_keys(word, language))


def _are_same(words: list[_Word], others: list[_Word]) -> bool:
    if _are_abbreviated(words, others) or _are_abbreviated(others, words):
        return True
    left = _unpaired(words, others)
    return left is not None and not left and len(words) == len(others)


def _unpaired(words: list[_Word], others: list[_Word]) -> list[_Word] | None:
    """Pair each of *words* with one of *others*; return the unpaired rest of *others*.

    Return None if a word has no pair. If several share a form, the first is taken:
    names rarely contain similar words.
    """
    left = list(others)
    for word in words:
        match = next((other for other in left if word.forms & other.forms), None)
        if match is None:
            return None
        left.remove(match)
    return left


def _are_abbreviated(words: list[_Word], others: list[_Word]) -> bool:
    """Return whether *words* are *others* with some words replaced by initials.

    A surplus initial counts as that of a patronymic.
    """
    initials = [word for word in words if word.is_initial]
    whole = [word for word in words if not word.is_initial]
    left = _unpaired(whole, others) if initials and whole else None
    if left is None:
        return False
    if not any(not other.is_initial for other in others if other not in left):
        return False
    unmatched = 0
    for initial in initials:
        match = next((other for other in left if _begins(other, initial)), None)
        if match is None:
            unmatched += 1
        else:
            left.remove(match)
    return not (unmatched and left)


def _begins(word: _Word, initial: _Word) -> bool:
    return any(
        form.startswith(letter) for letter in initial.forms for form in word.forms
    )
