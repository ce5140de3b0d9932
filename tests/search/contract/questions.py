"""Queries of the contract, of every kind that readers type."""

import random
from collections.abc import Iterator, Sequence

from search.models import Entry
from search.results.search import Search

FIXED = [
    "қалалардың",
    "форум даму",
    "форум OR мектеп",
    "(қала OR ауыл) форум -мектеп",
    '"тұрақты даму"',
    '"устойчивое развитие"',
    "Qyzylorda",
    "Qızılorda",
    "Кызылорда",
    "قىزىلوردا",
    "тау-тас",
    "тас",
    "мек*",
    "раз* -города",
    "place:Қызылорда форум",
    "орын:Қызылордада",
    'место:"область Улытау"',
    "kind:statement",
    "person:Айгүл -place:Алматы",
    "year:2010 форум",
    "after:2012 before:2014-06 қала",
    "форум -year:2010",
    "форум OR year:2011",
    "(форум year:2010) OR (мектеп year:2012)",
    "-форум қала",
    "language:ru форум",
    "can't",
    "jan'a",
    '"say hello"',
    "C++",
    "info@mail.kz",
    "gov.kz",
    "10000",
    "2026-11-23",
    "23.11.2026",
    "中国",
    "50 %",
    "back\\slash",
    "x" * 300,
    "Rock'n'roll OR naïve",
    "sustainable development water school",
    "форум динозавр мектеп кітап",
    "сөзсіз динозавр",
    "¶",
    "a:b",
    "!d",
]


def questions(locales: Sequence[str], count: int, seed: int = 3) -> Iterator[Search]:
    """Yield the fixed questions, then random ones from the archive's own words.

    Chance also chooses filters, order and page of each.
    """
    chance = random.Random(seed)
    for text in FIXED:
        yield Search(text, tuple(locales), facets=("kind", "place", "person", "year"))
        yield Search(text, ("kk",), language="kk", facets=("language", "month"))
    texts = list(Entry.objects.order_by("key").values_list("title", "body"))
    for _number in range(count):
        yield Search(
            _drawn(chance, texts),
            tuple(chance.choice([locales, locales, ["kk"], ["ru", "en"]])),
            selected=_selected(chance),
            order=chance.choice(["relevance", "relevance", "newest", "oldest"]),
            offset=chance.choice([0, 0, 0, 10, 200, 1000]),
            facets=tuple(chance.sample(["kind", "place", "person", "language"], 2)),
            facet_size=chance.choice([2, 20]),
        )


def _drawn(chance: random.Random, texts: list) -> str:
    title, body = chance.choice(texts)
    words = f"{title} {body}".split()
    start = chance.randrange(len(words))
    near = words[start : start + 3]
    match chance.randrange(8):
        case 0:
            return f'"{" ".join(near)}"'
        case 1:
            return " OR ".join(near)
        case 2:
            return f"{near[0]} -{chance.choice(words)}"
        case 3:
            return near[0][: max(2, len(near[0]) - 2)] + "*"
        case 4:
            return f"({near[0]} OR {chance.choice(words)}) {chance.choice(words)}"
        case 5:
            return " ".join(chance.choices(words, k=5))
        case 6:
            return near[0]
    return " ".join(near)


def _selected(chance: random.Random) -> dict[str, tuple[str, ...]]:
    if chance.random() < 0.5:
        return {}
    picked = {
        "kind": ("news",),
        "place": ("p1", "p2"),
        "language": ("kk",),
        "year": ("2010", "2011"),
        "person": ("n1", "n2", "nobody"),
    }
    names = chance.sample(sorted(picked), chance.choice([1, 1, 2]))
    return {name: picked[name] for name in names}
