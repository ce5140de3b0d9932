"""Recall of articles with a noun in their headline, for queries in its other forms.

The measure does not depend on any stemmer: the grammar *generates* the forms of a noun,
and an article is relevant if its title contains any of them. The query is a form that
occurs in the archive's texts, drawn by its frequency. This is fair to an engine without
inflection, which finds the titles with exactly that form. With ``other``, the query is
never the form in the title of one of the relevant articles. As titles are drawn from
the same sentences, few of the other titles contain it either. Both variants favour
engines that give titles a high weight.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from search.languages.kazakh import inflect
from search.models import Entry

DEPTH = 10
CASES = ("genitive", "dative", "accusative", "locative", "ablative", "instrumental")
SHORTEST = 5
# The ten best results are not meaningful for a word in more headlines than this.
MOST_RELEVANT = 50

_WORD = re.compile(r"[^\W\d_]+")


class Item(NamedTuple):
    """A query and the primary keys of the articles that it should find."""

    query: str
    relevant: frozenset[int]


def forms_of(noun: str) -> list[str]:
    """Return the most frequent forms of *noun* in news: cases, singular and plural."""
    forms = [inflect(noun, "plural")]
    for case in CASES:
        forms += [inflect(noun, case), inflect(noun, "plural", case)]
    return forms


def items(*, other: bool, seed: int = 1, count: int = 100) -> list[Item]:
    """Return *count* known items, or as many as the archive has."""
    chance = random.Random(seed)
    titles: defaultdict[str, set[int]] = defaultdict(set)
    used: Counter[str] = Counter()
    rows = Entry.objects.filter(locale="kk").values_list("pk", "title", "lead", "body")
    for pk, title, lead, body in rows.iterator():
        for word in _WORD.findall(title.lower()):
            titles[word].add(pk)
        used.update(_WORD.findall(f"{title} {lead} {body}".lower()))
    nouns = sorted(word for word in titles if _is_noun(word))
    chance.shuffle(nouns)
    found = []
    for noun in nouns:
        forms = [noun, *forms_of(noun)]
        relevant = set().union(*(titles.get(form, set()) for form in forms))
        one = chance.choice(sorted(relevant))
        own = {form for form in forms if one in titles.get(form, ())}
        asked = [f for f in forms if used[f] and not (other and f in own)]
        if asked and len(relevant) <= MOST_RELEVANT:
            (form,) = chance.choices(asked, [used[one_form] for one_form in asked])
            found.append(Item(form, frozenset(relevant)))
        if len(found) == count:
            break
    return found


def _is_noun(word: str) -> bool:
    from search.languages.kazakh.morphology.lexicon import weight

    return len(word) >= SHORTEST and bool(weight(word, "noun"))


def recall(ask: Callable[[str], Sequence[int]], known: Sequence[Item]) -> float:
    """Return the mean share of relevant articles among the first results of *ask*.

    Only the first :data:`DEPTH` results count; the share is of the smaller of DEPTH and
    the number of relevant articles.
    """
    shares = [
        len(item.relevant.intersection(ask(item.query)[:DEPTH]))
        / min(DEPTH, len(item.relevant))
        for item in known
    ]
    return sum(shares) / len(shares)
