"""Comparison of names of institutions and places with their abbreviations."""

import re
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from newsroom.articles.models.entities import Entity

MAX_LETTERS = 10
MAX_WORDS = 20
# Most institutions and places that are compared. One name takes about 10 microseconds.
MAX_COMPARED = 20_000
MAX_FOUND = 20  # a longer list does not help an editor
LONGEST_JOINT = 4  # letters of «және», "of", «и», which an abbreviation may omit
_WORD = re.compile(r"[^\W\d_]+")


def abbreviated(name: str, model: "type[Entity]") -> "list[Entity]":
    """Return rows of *model* of which *name* is the abbreviation or the full name.

    An abbreviation consists of the first letters of the last words, of the first words
    or of all words, in the same script: «ЕҰУ» matches «Л. Н. Гумилев атындағы Еуразия
    ұлттық университеті». People are never matched: they have initials.
    """
    fields = {field.name for field in model._meta.get_fields()}
    if "post" in fields:  # people have initials
        return []
    words = _WORD.findall(name)
    rows = model.objects.select_related("locale")
    if len(words) == 1 and words[0].isupper() and 2 <= len(words[0]) <= MAX_LETTERS:
        wanted = {words[0]}
        condition = Q(pk__in=_abbreviated_to(words[0], rows))
    else:
        wanted = _abbreviations(words)
        condition = Q(name__in=wanted)
    if "abbreviation" in fields:
        condition |= Q(abbreviation__in=wanted)
    return [row for row in rows.filter(condition)[:MAX_FOUND] if row.name != name]


def _abbreviated_to(letters: str, rows: QuerySet) -> list[int]:
    """Return the primary keys of *rows* whose names may be abbreviated to *letters*."""
    names = rows.values_list("pk", "name").order_by("pk")[:MAX_COMPARED]
    return [
        pk
        for pk, name in names.iterator()
        if letters in _abbreviations(_WORD.findall(name))
    ][:MAX_FOUND]


def _abbreviations(words: list[str]) -> set[str]:
    """Return every possible abbreviation of *words*, in capitals."""
    long = [word for word in words if len(word) > LONGEST_JOINT or word[0].isupper()]
    found = set()
    for chosen in (words[:MAX_WORDS], long[:MAX_WORDS]):
        letters = "".join(word[0] for word in chosen).upper()
        for size in range(2, min(len(letters), MAX_LETTERS) + 1):
            found |= {letters[:size], letters[-size:]}
    return found
