"""The translation memory: earlier translations of nearly the same, and of a word.

Its contents are wagtail-localize's own: every translated segment is a unit, in both
directions. They are found by hashes of stems, and of stems that stand side by side, so
that one look-up serves a whole article.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from html import unescape
from itertools import pairwise

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from rapidfuzz.distance import Levenshtein
from wagtail_localize.models import StringTranslation

from newsroom.articles.wording import TAG, Piece, word_diff
from newsroom.translation.models import MemoryKey
from newsroom.translation.segments import SegmentText
from search.languages import analyse, analyse_query

# How alike two source texts must be: below, a translator would rather begin anew.
MIN_LIKENESS = 0.75
SUGGESTIONS = 3
# Neighbours by which a unit is found: those with the smallest hashes, so that two
# texts that share most of theirs share most of these.
NEIGHBOURS_KEPT = 8
# Words of a unit that the concordance knows; a segment is a paragraph at most.
WORDS_KEPT = 200
# Units that are compared letter by letter, for each segment.
CANDIDATES = 20
# Keys that so many units share say nothing: "the editors of".
MAX_SHARED = 200
_ADDED_AT_ONCE = 500
Kind = MemoryKey.Kind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An earlier translation. ``pieces`` say how its source became this one."""

    likeness: float
    source: str
    text: str
    pieces: list[Piece]

    @property
    def percent(self) -> int:
        """As whole per cent: 100 only where the sources are the same."""
        return int(self.likeness * 100)


def plain(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", html)).split())


def keys_of(html: str, code: str) -> dict[Kind, set[int]]:
    """The keys of a text in the language *code*."""
    stems = [term.folded for term in analyse(plain(html), code) if term.folded]
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
    """Let the memory find *texts* as they are now."""
    texts = [text for text in texts if text.translation_of_id]
    rows = []
    for text in texts:
        source = text.translation_of
        sides = [(source.data, source.locale, text.locale)]
        if not text.has_error:
            sides.append((text.data, text.locale, source.locale))
        for data, locale, other in sides:
            for kind, keys in keys_of(data, locale.language_code).items():
                rows += [
                    MemoryKey(text=text, locale=locale, other=other, kind=kind, key=key)
                    for key in keys
                ]
    with transaction.atomic():
        MemoryKey.objects.filter(text__in=texts).delete()
        MemoryKey.objects.bulk_create(rows, batch_size=_ADDED_AT_ONCE)


def rebuild() -> int:
    """Remember every translation anew; return how many there are."""
    count = 0
    texts = StringTranslation.objects.select_related("translation_of__locale", "locale")
    batch: list[StringTranslation] = []
    for text in texts.order_by("pk").iterator(chunk_size=_ADDED_AT_ONCE):
        batch.append(text)
        if len(batch) == _ADDED_AT_ONCE:
            remember(batch)
            batch = []
        count += 1
    remember(batch)
    return count


def suggestions(
    segments: Sequence[SegmentText], *, source: int, target: int, code: str
) -> dict[str, list[Suggestion]]:
    """Return the best earlier translations for each of *segments*, by its key.

    *source* and *target* are primary keys of locales, *code* is the source's language.
    The queries are as many for any number of segments.
    """
    wanted = {s.key: keys_of(s.source, code)[Kind.NEIGHBOURS] for s in segments}
    units = _candidates(set().union(*wanted.values()), source, target)
    texts = _texts({pk for found in units.values() for pk in found})
    return {
        segment.key: _best(segment, wanted[segment.key], units, texts, source)
        for segment in segments
    }


def _candidates(keys: set[int], source: int, target: int) -> dict[int, list[int]]:
    rows = MemoryKey.objects.filter(
        key__in=keys, locale=source, other=target, kind=Kind.NEIGHBOURS
    )
    units: dict[int, list[int]] = defaultdict(list)
    for key, text in rows.order_by("-text").values_list("key", "text"):
        units[key].append(text)
    return {key: found for key, found in units.items() if len(found) <= MAX_SHARED}


def _texts(numbers: set[int]) -> dict[int, StringTranslation]:
    texts = StringTranslation.objects.filter(has_error=False)
    return texts.select_related("translation_of").in_bulk(numbers)


def _best(
    segment: SegmentText,
    keys: set[int],
    units: dict[int, list[int]],
    texts: dict[int, StringTranslation],
    source: int,
) -> list[Suggestion]:
    shared = Counter(pk for key in keys for pk in units.get(key, ()))
    found: dict[str, Suggestion] = {}
    for pk, _count in shared.most_common(CANDIDATES):
        text = texts.get(pk)
        if text is None or _is_own(text, segment):
            continue
        is_forward = text.translation_of.locale_id == source
        pair = (text.translation_of.data, text.data)
        earlier, translated = pair if is_forward else pair[::-1]
        likeness = Levenshtein.normalized_similarity(
            plain(earlier), plain(segment.source)
        )
        if likeness >= MIN_LIKENESS and translated not in found:
            pieces = word_diff(plain(earlier), plain(segment.source))
            found[translated] = Suggestion(likeness, earlier, translated, pieces)
    best = sorted(found.values(), key=lambda one: -one.likeness)
    return best[:SUGGESTIONS]


def _is_own(text: StringTranslation, segment: SegmentText) -> bool:
    return (text.context_id, text.translation_of_id) == (
        segment.context,
        segment.string,
    )


def concordance(query: str) -> QuerySet[StringTranslation]:
    """The earlier translations with every word of *query* on one side, in any form,
    the newest first."""
    texts = StringTranslation.objects.filter(has_error=False)
    codes = [code for code, _name in settings.LANGUAGES]
    words = analyse_query(query, codes)
    if not words:
        return texts.none()
    readings = [
        {_hash(way.term.folded) for way in word.alternatives if way.term.folded}
        for word in words
    ]
    for keys in readings:
        rows = MemoryKey.objects.filter(kind=Kind.WORD, key__in=keys)
        texts = texts.filter(pk__in=rows.values("text"))
    return texts.order_by("-updated_at", "-pk")
