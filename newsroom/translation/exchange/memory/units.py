"""Selection of memory units for export, and storage of imported units."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from newsroom.access.users import User
from newsroom.sanitising.characters import storable_markup
from newsroom.translation.exchange.importing import refuse_markup
from newsroom.translation.exchange.memory.pairs import Pair
from newsroom.translation.models import ImportedUnit

# Maximum number of units in a file, whose tree is in memory while it is written.
MAX_UNITS = 50_000
MAX_BYTES = 20_000_000
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """The result of an import.

    ``new`` are the primary keys of new units, ``known`` is the number of units stored
    before, and ``foreign`` the number of units in languages that the site does not
    have.
    """

    new: list[int]
    known: int
    foreign: int


def newest_pairs(
    texts: QuerySet[StringTranslation], imported: QuerySet[ImportedUnit]
) -> list[Pair]:
    """Return the newest units as pairs, :data:`MAX_UNITS` at most.

    Article translations come before imported ones.
    """
    texts = texts.select_related("translation_of__locale", "locale")
    imported = imported.select_related("source_locale", "target_locale")
    pairs = [
        Pair(
            text.translation_of.locale.language_code,
            text.translation_of.data,
            text.locale.language_code,
            text.data,
        )
        for text in texts[:MAX_UNITS].iterator(AT_ONCE)
    ]
    pairs += [
        Pair(
            unit.source_locale.language_code,
            unit.source,
            unit.target_locale.language_code,
            unit.target,
        )
        for unit in imported[: MAX_UNITS - len(pairs)].iterator(AT_ONCE)
    ]
    return pairs


@transaction.atomic
def take(pairs: Iterable[Pair], *, user: User, file_name: str) -> Taken:
    """Store *pairs*, all or none; they can be found once they are indexed.

    Raises FileError, with the line, for markup that the archive does not allow.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    units: dict[str, ImportedUnit] = {}
    foreign = known = 0
    for pair in pairs:
        refuse_markup(pair.source, pair.line)
        refuse_markup(pair.target, pair.line)
        unit = _unit(pair, locales)
        if unit is None:
            foreign += 1
        elif unit.digest in units:
            known += 1
        else:
            unit.added_by, unit.file_name = user, file_name[:255]
            units[unit.digest] = unit
    new: list[int] = []
    rest = iter(units.values())
    while batch := list(islice(rest, AT_ONCE)):
        there = ImportedUnit.objects.filter(digest__in=[one.digest for one in batch])
        digests = set(there.values_list("digest", flat=True))
        added = [one for one in batch if one.digest not in digests]
        new += [unit.pk for unit in ImportedUnit.objects.bulk_create(added)]
        known += len(batch) - len(added)
    return Taken(new, known, foreign)


def _unit(pair: Pair, locales: dict[str, Locale]) -> ImportedUnit | None:
    source = locales.get(pair.source_language)
    target = locales.get(pair.target_language)
    if source is None or target is None:
        return None
    texts = storable_markup(pair.source), storable_markup(pair.target)
    sides = sorted([(pair.source_language, texts[0]), (pair.target_language, texts[1])])
    return ImportedUnit(
        source_locale=source,
        source=texts[0],
        target_locale=target,
        target=texts[1],
        digest=blake2b(repr(sides).encode(), digest_size=32).hexdigest(),
    )
