"""The places of ``places.tsv``, beside this module.

A row is one name, in up to three languages: the name today (``now``), a former name
with the years from and to which it was official, or another spelling in use (``also``).
A year is missing where sources differ, and a language where the name did not change in
it: Кустанай became Костанай in Russian in 1997, and was always Қостанай in Kazakh.
``|`` separates spellings of one name. A name with ``*`` is also an ordinary word or the
name of a person; it means the place only beside the word for a town.
"""

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "places.tsv"
LANGUAGES = ("kk", "ru", "en")
NOW, FORMER, ALSO = "now", "former", "also"

# The name of a town together with the word for it, by language.
WITH_THE_KIND = {
    "kk": ("{} қаласы",),
    "ru": ("город {}", "г. {}"),
    "en": ("{} city", "city of {}", "town of {}"),
}


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of a place: spellings by language, and its years if it is a former one.

    ``is_ambiguous`` is true if the name alone means something else more often.
    """

    status: str
    spellings: dict[str, tuple[str, ...]]
    is_ambiguous: dict[str, bool]
    first_year: int | None = None
    last_year: int | None = None

    def searched(self, language: str) -> list[tuple[str, ...]]:
        """Return the spellings of this name to search for in texts in *language*.

        Each spelling is a tuple of the phrases that contain it: only itself, or for an
        ambiguous name the name with each word for a town.
        """
        forms = WITH_THE_KIND[language] if self.is_ambiguous.get(language) else ("{}",)
        return [
            tuple(form.format(name) for form in forms)
            for name in self.spellings.get(language, ())
        ]


@dataclass(frozen=True, slots=True)
class Place:
    """A place with all its names, today's first, then former ones, the latest first."""

    identifier: str
    names: tuple[PlaceName, ...]

    @property
    def today(self) -> PlaceName:
        return self.names[0]

    @property
    def former(self) -> list[PlaceName]:
        """The former names, the earliest first."""
        return [name for name in reversed(self.names) if name.status == FORMER]

    def searched(self, language: str) -> list[tuple[str, ...]]:
        """Return the spellings of all names in *language*, without duplicates."""
        found = [text for name in self.names for text in name.searched(language)]
        return list(dict.fromkeys(found))


@cache
def places() -> tuple[Place, ...]:
    """Return all places.

    Raises:
        ValueError: A place has no name of today, or a row has no name at all.
    """
    rows: dict[str, list[PlaceName]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows.setdefault(row["place"], []).append(_name(row))
    return tuple(_place(identifier, names) for identifier, names in rows.items())


def place_named(names: Iterable[tuple[str, str]]) -> Place | None:
    """Return the place that has one of *names*, pairs of a language and a name.

    Names of today take precedence over former names, and these over other spellings.
    Ambiguous former names are not recognised, nor names that two places share.
    """
    wanted = [(language, plain(name)) for language, name in names]
    for index in (_index(NOW), _index(FORMER), _index(ALSO)):
        found = {index[name] for name in wanted if name in index}
        if len(found) == 1:
            return places()[found.pop()]
    return None


@cache
def _index(status: str) -> dict[tuple[str, str], int]:
    """Return (language, key of a name with *status*) → position in :func:`places`."""
    found: dict[tuple[str, str], set[int]] = {}
    for position, place in enumerate(places()):
        for name in place.names:
            if name.status != status:
                continue
            for language, spellings in name.spellings.items():
                if status == NOW or not name.is_ambiguous[language]:
                    for spelling in spellings:
                        owners = found.setdefault((language, plain(spelling)), set())
                        owners.add(position)
    return {key: owners.pop() for key, owners in found.items() if len(owners) == 1}


def plain(name: str) -> str:
    """Return *name* in lower case, with е for ё and without the word for a town."""
    key = unicodedata.normalize("NFC", name).casefold().replace("ё", "е")
    for forms in WITH_THE_KIND.values():
        for form in forms:
            before, after = form.split("{}")
            if key.startswith(before) and key.endswith(after):
                return key[len(before) : len(key) - len(after)].strip()
    return key.strip()


def _name(row: dict[str, str]) -> PlaceName:
    spellings = {
        language: tuple(row[language].replace("*", "").split("|"))
        for language in LANGUAGES
        if row[language]
    }
    if not spellings or row["status"] not in (NOW, FORMER, ALSO):
        raise ValueError(f"{TABLE.name}: {row}")
    return PlaceName(
        status=row["status"],
        spellings=spellings,
        is_ambiguous={language: "*" in row[language] for language in spellings},
        first_year=int(row["from"]) if row["from"] else None,
        last_year=int(row["to"]) if row["to"] else None,
    )


def _place(identifier: str, names: list[PlaceName]) -> Place:
    former = [name for name in names if name.status == FORMER]
    now = [name for name in names if name.status == NOW]
    also = [name for name in names if name.status == ALSO]
    if len(now) != 1:
        raise ValueError(f"{TABLE.name}: {identifier} has {len(now)} names of today")
    return Place(identifier, (*now, *reversed(former), *also))
