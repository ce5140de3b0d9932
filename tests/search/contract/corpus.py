"""Articles for the contract: the demo, the shared corpora, and generated ones."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from newsroom.demo import content
from search.index.documents import IndexDocument, Value

PLACES = {
    "p1": {"kk": "Қызылорда", "ru": "Кызылорда", "en": "Kyzylorda"},
    "p2": {"kk": "Алматы", "ru": "Алматы", "en": "Almaty"},
    "p3": {"kk": "Ұлытау облысы", "ru": "область Улытау", "en": "Ulytau Region"},
}
PEOPLE = {
    f"n{number}": {"kk": f"{name} {number}"}
    for number, name in enumerate(["Нұрлан", "Айгүл", "Серік", "Дана"] * 10)
}
KINDS = {
    "news": {"kk": "Жаңалық", "ru": "Новость", "en": "News"},
    "statement": {"kk": "Мәлімдеме", "ru": "Заявление", "en": "Statement"},
}
# What engines and tokenizers have tripped over.
ODD = [
    "Rock'n'roll",
    'say "hello"',
    "тау-тас",
    "БҰҰ-ның",
    "https://www.gov.kz/memleket?a=1&b=2",
    "info@mail.kz",
    "10 000 теңге",
    "23.11.2026",
    "C++ C# .NET",
    "50 %",
    "jan'a ómir",
    "قىزىلوردا",
    "Qyzylorda qalasy",
    "中国人民",
    "back\\slash",
    "a:b & c | !d",
    "x" * 300,
    "naïve café",
    "№ 5",
    "Ё ё ъ",
    "'",
    "¶",
    "* ? ( ) [ ] { } ^ ~",
]
START = datetime(2005, 1, 1, tzinfo=UTC)


def made_up(count: int, seed: int = 7) -> Iterator[IndexDocument]:
    """Yield articles of common and rare words, each in one to three languages."""
    chance = random.Random(seed)
    words = {
        "kk": "қала ауыл форум өңір даму тұрақты бару барды жер су мектеп министр "
        "кітап халық орын Қызылорда Алматы қалалардың форумның мектептерде".split(),
        "ru": "город форум развитие вода школа министр книга народ место Кызылорда "
        "города городах форума устойчивое развития школы министром".split(),
        "en": "city forum development water school minister book people place cities "
        "forums sustainable developing schools Kyzylorda can can't".split(),
    }
    for number in range(count):
        for locale in chance.sample(["kk", "ru", "en"], chance.choice([1, 1, 2, 3])):
            rare = f"{chance.choice('бвгдж')}ота{chance.randrange(60)}"
            text = chance.choices(words[locale], k=chance.randrange(5, 60))
            text += [*chance.sample(ODD, 2), rare]
            chance.shuffle(text)
            yield IndexDocument(
                key=f"made:{number}:{locale}",
                group=f"made:{number}",
                locale=locale,
                url=f"/{locale}/made/{number}/",
                title=" ".join(chance.choices(words[locale], k=3)),
                lead=" ".join(chance.choices(words[locale], k=6)),
                body=" ".join(text),
                names="\n".join(_chosen(chance, PLACES, locale)),
                published_at=START + timedelta(hours=chance.randrange(150_000)),
                values=_values(chance),
            )


def _chosen(chance: random.Random, named: dict, locale: str) -> list[str]:
    keys = chance.sample(sorted(named), chance.randrange(2))
    return [named[key][locale] for key in keys]


def _values(chance: random.Random) -> tuple[Value, ...]:
    kind = chance.choice(sorted(KINDS))
    place = chance.choice(sorted(PLACES))
    people = chance.sample(sorted(PEOPLE), chance.randrange(4))
    return (
        Value("kind", kind, KINDS[kind]),
        Value("place", place, PLACES[place]),
        *(Value("person", key, PEOPLE[key]) for key in people),
    )


def from_demo() -> Iterator[IndexDocument]:
    """Yield the demo's articles and their translations, blocks as running text."""
    for article in content.articles():
        fields = article.fields
        texts = [fields["title"], fields["lead"], " ".join(_strings(fields["body"]))]
        versions = {article.locale: texts}
        for locale, catalogue in article.translations().items():
            named = {entry.msgctxt: entry.msgstr for entry in catalogue}
            title, lead = named.pop("title"), named.pop("lead")
            versions[locale] = [title, lead, " ".join(named.values())]
        for locale, (title, lead, body) in versions.items():
            yield IndexDocument(
                key=f"demo:{article.id}:{locale}",
                group=f"demo:{article.id}",
                locale=locale,
                url=f"/{locale}/demo/{article.id}/",
                title=title,
                lead=lead,
                body=body,
                names="",
                published_at=datetime.fromisoformat(fields["published_at"]),
                values=(Value("kind", fields["kind"], {locale: fields["kind"]}),),
            )


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def from_shared(folder: Path, count: int) -> Iterator[IndexDocument]:
    """Yield passages of Wikipedia, and sentences of news in Kazakh and English."""
    lines = (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(islice(lines, count)):
        row = json.loads(line)
        yield _plain(f"wiki:{number}", "kk", row["title"], row["text"], number)
    pairs = (folder / "economy_gov_kz.kk-en.tsv").read_text(encoding="utf-8")
    for number, line in enumerate(islice(pairs.splitlines(), count)):
        kazakh, english = line.split("\t")[:2]
        for locale, text in (("kk", kazakh), ("en", english)):
            yield _plain(f"pair:{number}", locale, text[:60], text, number)


def _plain(
    group: str, locale: str, title: str, body: str, number: int
) -> IndexDocument:
    return IndexDocument(
        key=f"{group}:{locale}",
        group=group,
        locale=locale,
        url=f"/{locale}/{group}/",
        title=title,
        lead="",
        body=body,
        names="",
        published_at=START + timedelta(days=number % 6000),
        values=(Value("kind", "news", KINDS["news"]),),
    )
