"""Find entities that have a name already: in any script, form, order or language."""

from collections.abc import Iterable

from wagtail.coreutils import get_content_languages
from wagtail.search.backends import get_search_backend

from newsroom.articles.models.entities import Entity
from search.languages import analyse, word_keys

# Rows that share every word with a name; more of them are no help to an editor.
MAX_CANDIDATES = 50
MAX_WORDS = 12  # the longest names of institutions


def entities_named(name: str, model: type[Entity]) -> list[Entity]:
    """Return rows of *model* whose name is *name*, however it is written.

    Names are the same if their words can be paired so that each pair has a stem in
    common in one of the site's languages: «Алматыда» and "Almaty", «Фёдор» and
    «Федор», «Абай Құнанбайұлы» in any order of its words.
    """
    words = _words(name)
    if not words or len(words) > MAX_WORDS:
        return []
    rows = model.objects.select_related("locale")
    found = get_search_backend().search(name, rows)[:MAX_CANDIDATES]
    return [row for row in found if _can_be_paired(words, _words(row.name))]


def _words(name: str) -> list[frozenset[str]]:
    """The forms of each word of *name* in every language of the site."""
    return [
        frozenset(
            form for code in get_content_languages() for form in _forms(word, code)
        )
        for word in name.split()
        if any(character.isalnum() for character in word)
    ]


def _forms(word: str, language: str) -> Iterable[str]:
    for term in analyse(word, language):
        yield from (f"{language}:{stem}" for stem in (*term.stems, term.folded))
    yield from (f"{language}:{key}" for key in word_keys(word, language))


def _can_be_paired(words: list[frozenset[str]], others: list[frozenset[str]]) -> bool:
    """Whether each word has another of the others to itself. Of several that share a
    form the first is taken: names hold few words that are alike."""
    if len(words) != len(others):
        return False
    left = list(others)
    for word in words:
        match = next((other for other in left if word & other), None)
        if match is None:
            return False
        left.remove(match)
    return True
