"""The translation memory: earlier translations of similar texts, and a concordance.

The contents are wagtail-localize's own: every translated segment is a unit, in both
directions. Units imported from files are stored separately. Units are found by hashes
of stems and of pairs of adjacent stems, so that one look-up serves a whole article.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice, pairwise
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from rapidfuzz.distance import Levenshtein
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from newsroom.articles.word_diff import DiffPiece, word_diff
from newsroom.translation.inline_tags import plain_text
from newsroom.translation.models import ImportedUnit, MemoryKey
from newsroom.translation.segments import SegmentText
from search.languages import analyse, analyse_query
from search.site_languages import site_languages

# Minimum similarity of two source texts. Below it, starting from nothing is easier.
MIN_LIKENESS = 0.75
SUGGESTIONS = 3
# Pairs of stems stored for each unit: those with the smallest hashes (MinHash). Two
# texts that share most of their pairs then share most of the stored ones.
NEIGHBOURS_KEPT = 8
# Words of a unit in the concordance; a segment is a paragraph at most.
WORDS_KEPT = 200
# Units compared character by character, for each segment.
CANDIDATES = 20
# A key shared by more units than this is not selective, for example "the editors of".
MAX_SHARED = 200
_ADDED_AT_ONCE = 500
Kind = MemoryKey.Kind
# A reference to a unit: the primary keys of a StringTranslation and of an ImportedUnit,
# one of which is None.
Ref = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """A translation in the memory.

    ``place`` holds the primary keys of the context and of the translated String; None
    for an imported unit.
    """

    locale: int
    source: str
    target: str
    place: tuple[int, int] | None = None
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class MemorySuggestion:
    """An earlier translation, with the differences between its source and this one.

    ``likeness`` is a ratio from 0 to 1; ``pieces`` are the word differences.
    """

    likeness: float
    source: str
    text: str
    pieces: list[DiffPiece]
    is_draft: bool = False

    @property
    def percent(self) -> int:
        """The likeness as a percentage, rounded down: 100 only for equal sources."""
        return int(self.likeness * 100)


def keys_of(html: str, code: str) -> dict[Kind, set[int]]:
    """Return the hashed keys of a text in the language *code*, by kind."""
    stems = [term.folded for term in analyse(plain_text(html), code) if term.folded]
    around = ["^", *stems, "$"]
    neighbours = {_hash(*pair) for pair in pairwise(around)}
    words = {_hash(stem) for stem in stems[:WORDS_KEPT]}
    return {
        Kind.WORD: words,
        Kind.NEIGHBOURS: set(sorted(neighbours)[:NEIGHBOURS_KEPT]),
    }


def _hash(*words: str) -> int:
    digest = blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def remember(texts: Iterable[StringTranslation]) -> None:
    """Replace the memory keys of *texts* by those of their present contents."""
    texts = [text for text in texts if text.translation_of_id]
    rows: list[MemoryKey] = []
    for text in texts:
        source = text.translation_of
        rows += _keys(source.data, source.locale, text.locale, text=text)
        if not text.has_error:
            rows += _keys(text.data, text.locale, source.locale, text=text)
    with transaction.atomic():
        MemoryKey.objects.filter(text__in=texts).delete()
        MemoryKey.objects.bulk_create(rows, batch_size=_ADDED_AT_ONCE)


def remember_imported(units: Sequence[ImportedUnit]) -> None:
    """Replace the memory keys of imported *units*, in both directions."""
    rows: list[MemoryKey] = []
    for unit in units:
        here, there = unit.source_locale, unit.target_locale
        rows += _keys(unit.source, here, there, imported=unit)
        rows += _keys(unit.target, there, here, imported=unit)
    with transaction.atomic():
        MemoryKey.objects.filter(imported__in=units).delete()
        MemoryKey.objects.bulk_create(rows, batch_size=_ADDED_AT_ONCE)


def _keys(html: str, locale: Locale, other: Locale, **unit: Any) -> list[MemoryKey]:
    return [
        MemoryKey(locale=locale, other=other, kind=kind, key=key, **unit)
        for kind, keys in keys_of(html, locale.language_code).items()
        for key in keys
    ]


def rebuild() -> int:
    """Index every translation again; return the number of units."""
    texts = StringTranslation.objects.select_related("translation_of__locale", "locale")
    return _in_batches(texts, remember) + _in_batches(all_imported(), remember_imported)


def _in_batches(units: QuerySet, do: Callable[[list[Any]], None]) -> int:
    count = 0
    rows = units.order_by("pk").iterator(chunk_size=_ADDED_AT_ONCE)
    while batch := list(islice(rows, _ADDED_AT_ONCE)):
        do(batch)
        count += len(batch)
    return count


def suggestions(
    segments: Sequence[SegmentText], *, source: int, target: int, code: str
) -> dict[str, list[MemorySuggestion]]:
    """Return the best earlier translations for each of *segments*, by its key.

    *source* and *target* are primary keys of locales; *code* is the source's language.
    The number of queries does not depend on the number of segments.
    """
    wanted = {s.key: keys_of(s.source, code)[Kind.NEIGHBOURS] for s in segments}
    refs = _candidates(set().union(*wanted.values()), source, target)
    units = _units({ref for found in refs.values() for ref in found})
    return {
        segment.key: _best(segment, wanted[segment.key], refs, units, source)
        for segment in segments
    }


def exact_matches(
    translation: Translation, segments: Sequence[SegmentText]
) -> dict[str, str]:
    """Return the latest human translation of exactly the same text, by segment key.

    Segments without one are left out. Drafts that were not accepted do not count.
    """
    texts = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        translation_of__in={segment.string for segment in segments},
        has_error=False,
    ).exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    known = dict(
        texts.order_by("updated_at", "pk").values_list("translation_of", "data")
    )
    found = {one.key: known[one.string] for one in segments if one.string in known}
    rest = [segment for segment in segments if segment.key not in found]
    near = suggestions(
        rest,
        source=translation.source.locale_id,
        target=translation.target_locale_id,
        code=translation.source.locale.language_code,
    )
    for segment in rest:
        for one in near[segment.key]:
            if one.source == segment.source and not one.is_draft:
                found.setdefault(segment.key, one.text)
    return found


def _candidates(keys: set[int], source: int, target: int) -> dict[int, list[Ref]]:
    rows = MemoryKey.objects.filter(
        key__in=keys, locale=source, other=target, kind=Kind.NEIGHBOURS
    )
    refs: dict[int, list[Ref]] = defaultdict(list)
    for key, *ref in rows.order_by("-text", "-imported").values_list(
        "key", "text", "imported"
    ):
        refs[key].append((ref[0], ref[1]))
    return {key: found for key, found in refs.items() if len(found) <= MAX_SHARED}


def _units(refs: set[Ref]) -> dict[Ref, MemoryUnit]:
    texts = StringTranslation.objects.filter(has_error=False)
    texts = texts.select_related("translation_of")
    units: dict[Ref, MemoryUnit] = {
        (pk, None): MemoryUnit(
            text.translation_of.locale_id,
            text.translation_of.data,
            text.data,
            (text.context_id, text.translation_of_id),
            text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE,
        )
        for pk, text in texts.in_bulk({pk for pk, _ in refs if pk}).items()
    }
    imported = ImportedUnit.objects.in_bulk({pk for _, pk in refs if pk})
    for pk, unit in imported.items():
        units[None, pk] = MemoryUnit(unit.source_locale_id, unit.source, unit.target)
    return units


def _best(
    segment: SegmentText,
    keys: set[int],
    refs: dict[int, list[Ref]],
    units: dict[Ref, MemoryUnit],
    source: int,
) -> list[MemorySuggestion]:
    shared = Counter(ref for key in keys for ref in refs.get(key, ()))
    found: dict[str, MemorySuggestion] = {}
    for ref, _count in shared.most_common(CANDIDATES):
        unit = units.get(ref)
        if unit is None or unit.place == (segment.context, segment.string):
            continue
        pair = (unit.source, unit.target)
        earlier, translated = pair if unit.locale == source else pair[::-1]
        likeness = Levenshtein.normalized_similarity(
            plain_text(earlier), plain_text(segment.source)
        )
        if likeness >= MIN_LIKENESS and translated not in found:
            pieces = word_diff(plain_text(earlier), plain_text(segment.source))
            found[translated] = MemorySuggestion(
                likeness, earlier, translated, pieces, unit.is_draft
            )
    best = sorted(found.values(), key=lambda one: -one.likeness)
    return best[:SUGGESTIONS]


def all_texts() -> QuerySet[StringTranslation]:
    """Return the translations of articles without errors, newest first."""
    texts = StringTranslation.objects.filter(has_error=False)
    return texts.order_by("-updated_at", "-pk")


def all_imported() -> QuerySet[ImportedUnit]:
    """Return the imported translations, newest first."""
    units = ImportedUnit.objects.select_related("source_locale", "target_locale")
    return units.order_by("-pk")


def concordance(query: str) -> QuerySet[StringTranslation]:
    """Return article translations with all words of *query* on a side, in any form."""
    return _with_words(all_texts(), "text", query)


def imported_concordance(query: str) -> QuerySet[ImportedUnit]:
    """Return imported units with all words of *query* on one side, in any form."""
    return _with_words(all_imported(), "imported", query)


def _with_words(units: QuerySet, field: str, query: str) -> QuerySet:
    codes = site_languages()
    words = analyse_query(query, codes)
    if not words:
        return units.none()
    for word in words:
        stems = (way.term.folded for way in word.alternatives)
        keys = {_hash(stem) for stem in stems if stem}
        rows = MemoryKey.objects.filter(kind=Kind.WORD, key__in=keys)
        units = units.filter(pk__in=rows.exclude(**{field: None}).values(field))
    return units
