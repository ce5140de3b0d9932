"""Excerpts: the parts of a text that show why it was found, with matches marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape

from search.languages import analyse
from search.models import Entry
from search.plan.leaves import ScoredTerm

# About three lines on a phone: enough to judge a hit, short enough to skim.
EXCERPT_LENGTH = 240
# Two places say more about a long article than one.
FRAGMENTS = 2
# A sentence longer than this is split.
LONGEST_SENTENCE = 200
# Characters of a text that are analysed: the first matches are near its start, and
# analysing a book would make the reader wait.
MAX_LENGTH = 40_000

_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\"]?\s+|\n+|\s·\s")


@dataclass(frozen=True, slots=True)
class ExcerptPiece:
    """A part of a text, marked or not.

    A word that is only related to a word of the query is not marked like that word.
    """

    text: str
    is_marked: bool = False
    is_related: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A matching or related word: its position, and the leaves it matches."""

    start: int
    end: int
    leaves: frozenset[int]
    is_related: bool = False


@dataclass(frozen=True, slots=True)
class _Fragment:
    start: int
    end: int


def marked(text: str, leaves: Sequence[ScoredTerm], locale: str) -> list[ExcerptPiece]:
    """Split *text* into pieces, with the words that match *leaves* marked."""
    return _pieces(text, _find(text, leaves, locale), _Fragment(0, len(text)))


def excerpt(text: str, leaves: Sequence[ScoredTerm], locale: str) -> list[ExcerptPiece]:
    """Return an excerpt of *text* with the words that match *leaves* marked.

    The excerpt has up to two fragments, of about :data:`EXCERPT_LENGTH` characters
    together, with ``…`` where text is left out. Sentences that match most leaves are
    chosen; without any match the excerpt is the beginning of the text.
    """
    text = text[:MAX_LENGTH]
    if len(text) <= EXCERPT_LENGTH:
        return marked(text, leaves, locale)
    found = _find(text, leaves, locale)
    fragments = _fragments(text, found)
    pieces: list[ExcerptPiece] = []
    position = 0
    for fragment in fragments:
        if fragment.start > position:
            pieces.append(ExcerptPiece(" … " if pieces else "… "))
        pieces += _pieces(text, found, fragment)
        position = fragment.end
    if position < len(text.rstrip()):
        pieces.append(ExcerptPiece(" …"))
    return pieces


def names_beyond(
    entry: Entry, text: str, leaves: Sequence[ScoredTerm]
) -> tuple[str, ...]:
    """Return the names of *entry* that match leaves which its *text* does not match."""
    matched = {
        name: {n for one in _find(name, leaves, entry.locale) for n in one.leaves}
        | {number for number, leaf in enumerate(leaves) if leaf.is_name(name)}
        for name in dict.fromkeys(entry.names.splitlines())
    }
    wanted = sorted(set().union(*matched.values()))
    others = [leaves[number] for number in wanted]
    found = _find(text[:MAX_LENGTH], others, entry.written_in)
    in_text = {wanted[leaf] for one in found for leaf in one.leaves}
    return tuple(name for name, numbers in matched.items() if numbers - in_text)


def is_shown(leaf: ScoredTerm, entry: Entry, text: str) -> bool:
    """Return whether *leaf* matches the *text* or a name of *entry*, as readers see it.

    An entry is also found by names of its entities in other languages, which they do
    not see.
    """
    shown = entry.names.splitlines()
    return (
        any(leaf.is_name(name) for name in shown)
        or any(_find(name, [leaf], entry.locale) for name in shown)
        or bool(_find(text[:MAX_LENGTH], [leaf], entry.written_in))
    )


def running_text(lead: str, body: str) -> str:
    """Join lead and body, with a dot after lines that do not end a sentence."""
    lines = [line for line in f"{lead}\n{body}".splitlines() if line]
    ended = [f"{line} " if line[-1] in ".!?…:;»”" else f"{line} · " for line in lines]
    return "".join(ended).removesuffix(" ").removesuffix(" ·")


def as_html(pieces: Sequence[ExcerptPiece]) -> str:
    """Return *pieces* as escaped HTML with ``<mark>`` elements.

    Related words are in ``<em>`` elements.
    """
    return "".join(map(_html_of, pieces))


def _html_of(piece: ExcerptPiece) -> str:
    text = escape(piece.text)
    if piece.is_marked:
        return f"<mark>{text}</mark>"
    return f"<em>{text}</em>" if piece.is_related else str(text)


def _find(text: str, leaves: Sequence[ScoredTerm], locale: str) -> list[_Found]:
    if not leaves:
        return []
    terms = analyse(text, locale)
    places: dict[int, set[int]] = {}
    for number, leaf in enumerate(leaves):
        for place in leaf.places(terms):
            places.setdefault(place, set()).add(number)
    related: dict[int, set[int]] = {}
    for number, leaf in enumerate(leaves):
        for place in leaf.related(terms):
            if place not in places:
                related.setdefault(place, set()).add(number)
    return [
        _Found(
            terms[place].start, terms[place].end, frozenset(numbers), place in related
        )
        for place, numbers in sorted((places | related).items())
    ]


def _fragments(text: str, found: Sequence[_Found]) -> list[_Fragment]:
    """Return the best fragments of *text*, in text order.

    Up to :data:`FRAGMENTS` sentences are chosen and extended while there is room.
    """
    sentences = _sentences(text)
    chosen: list[int] = []
    shown: set[int] = set()
    left = EXCERPT_LENGTH
    while len(chosen) < FRAGMENTS and left > EXCERPT_LENGTH // 4:
        best = _best(sentences, found, shown, chosen)
        if best is None:
            break
        chosen.append(best)
        shown |= _leaves_in(sentences[best], found)
        left -= sentences[best].end - sentences[best].start
    chosen = sorted(chosen) or [0]
    return _grown(text, sentences, chosen)


def _best(
    sentences: Sequence[_Fragment],
    found: Sequence[_Found],
    shown: set[int],
    chosen: Sequence[int],
) -> int | None:
    """Return the index of the best sentence not chosen yet, None without a match.

    The best sentence has the most leaves not shown yet, then the most matches, then
    comes first.
    """
    best, best_worth = None, (0, 0)
    for number, sentence in enumerate(sentences):
        if number in chosen:
            continue
        here = [one for one in found if sentence.start <= one.start < sentence.end]
        leaves = {leaf for one in here for leaf in one.leaves}
        worth = (len(leaves - shown), len(leaves) and len(here))
        if worth > best_worth:
            best, best_worth = number, worth
    return best


def _leaves_in(sentence: _Fragment, found: Sequence[_Found]) -> set[int]:
    return {
        leaf
        for one in found
        if sentence.start <= one.start < sentence.end
        for leaf in one.leaves
    }


def _sentences(text: str) -> list[_Fragment]:
    """Return the sentences of *text*; very long ones are split at a space."""
    edges = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    sentences = []
    for start, end in pairwise(edges):
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind(
                " ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE
            )
            cut = cut + 1 if cut > 0 else start + LONGEST_SENTENCE
            sentences.append(_Fragment(start, cut))
            start = cut
        if text[start:end].strip():
            sentences.append(_Fragment(start, end))
    return sentences or [_Fragment(0, len(text))]


def _grown(
    text: str, sentences: Sequence[_Fragment], chosen: Sequence[int]
) -> list[_Fragment]:
    """Return the chosen sentences, extended by following ones while there is room."""
    length = sum(sentences[n].end - sentences[n].start for n in chosen)
    taken = list(chosen)
    for number in chosen:
        following = number + 1
        while following < len(sentences) and following not in taken:
            more = sentences[following].end - sentences[following].start
            if length + more > EXCERPT_LENGTH:
                break
            taken.append(following)
            length += more
            following += 1
    fragments: list[_Fragment] = []
    for number in sorted(taken):
        sentence = sentences[number]
        if fragments and fragments[-1].end == sentence.start:
            fragments[-1] = _Fragment(fragments[-1].start, sentence.end)
        else:
            fragments.append(sentence)
    return [_trimmed(text, fragment) for fragment in fragments]


def _trimmed(text: str, fragment: _Fragment) -> _Fragment:
    part = text[fragment.start : fragment.end]
    end = fragment.start + len(part.rstrip(" \n·"))
    return _Fragment(fragment.start, end)


def _pieces(
    text: str, found: Sequence[_Found], fragment: _Fragment
) -> list[ExcerptPiece]:
    pieces, position = [], fragment.start
    for one in found:
        if one.start < position or one.end > fragment.end:
            continue
        if one.start > position:
            pieces.append(ExcerptPiece(text[position : one.start]))
        shown = text[one.start : one.end]
        pieces.append(ExcerptPiece(shown, not one.is_related, one.is_related))
        position = one.end
    if position < fragment.end:
        pieces.append(ExcerptPiece(text[position : fragment.end]))
    return pieces
