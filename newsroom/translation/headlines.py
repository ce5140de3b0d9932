"""Headlines as the desk searches them: in any script, in any form of a word."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q

from search.languages import analyse, analyse_query, word_keys


def headline_terms(titles: Iterable[tuple[str, str]]) -> str:
    """Return what the words of *titles*, pairs of language and text, are found by:
    folded stems, and the words' own keys for those who have typed a part of one."""
    terms: set[str] = set()
    for code, text in titles:
        terms.update(term.folded for term in analyse(text, code))
        terms.update(word_keys(text, code))
    return f" {' '.join(sorted(filter(None, terms)))} "


def matching(text: str) -> Q:
    """The condition that every word of *text* stands in the headline, read in each of
    the site's languages; a word may be unfinished."""
    codes = [code for code, _ in settings.LANGUAGES]
    condition = Q()
    for word in analyse_query(text, codes):
        any_reading = Q()
        for alternative in word.alternatives:
            if folded := alternative.term.folded:
                any_reading |= Q(headline_terms__contains=f" {folded} ")
        for code in codes:
            if key := "".join(word_keys(word.surface, code)):
                any_reading |= Q(headline_terms__contains=f" {key}")
        condition &= any_reading
    return condition
