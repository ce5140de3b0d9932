"""The part of a text that shows why it was found, with the words found marked."""

import re
from dataclasses import dataclass

from django.utils.html import escape

from search.languages import Term, analyse
from search.meaning import Meaning

# About three lines on a phone: enough to judge a hit by, short enough to skim.
EXCERPT_LENGTH = 240

_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\"]?\s+|\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is marked, or not."""

    text: str
    is_marked: bool = False


def marked(text: str, meaning: Meaning, locale: str) -> list[Piece]:
    """Cut the whole of *text* into pieces, the words that *meaning* wants marked."""
    spans = [(term.start, term.end) for term in _found(text, meaning, locale)]
    return _pieces(text, spans, 0, len(text))


def excerpt(text: str, meaning: Meaning, locale: str) -> list[Piece]:
    """Cut out the sentences around the densest run of found words, about
    :data:`EXCERPT_LENGTH` characters, with ``…`` where the text goes on."""
    found = _found(text, meaning, locale)
    start, end = _window(text, [term.start for term in found])
    pieces = _pieces(text, [(term.start, term.end) for term in found], start, end)
    if start > 0:
        pieces.insert(0, Piece("… "))
    if end < len(text.rstrip()):
        pieces.append(Piece(" …"))
    return pieces


def as_html(pieces: list[Piece]) -> str:
    """Return *pieces* as escaped text with ``<mark>`` elements."""
    return "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.is_marked else escape(piece.text)
        for piece in pieces
    )


def _found(text: str, meaning: Meaning, locale: str) -> list[Term]:
    return [
        term
        for term in analyse(text, locale)
        if any(wanted.matches(term) for wanted in meaning.all_of)
    ]


def _window(text: str, starts: list[int]) -> tuple[int, int]:
    """Return where to cut: from the start of the sentence of the first found word in
    the stretch that holds most of them, to a word's end within the length."""
    if len(text) <= EXCERPT_LENGTH:
        return 0, len(text)
    best = max(
        starts,
        key=lambda start: sum(start <= s < start + EXCERPT_LENGTH for s in starts),
        default=0,
    )
    start = 0
    for boundary in _SENTENCE_END.finditer(text):
        if boundary.end() > best:
            break
        start = boundary.end()
    if best - start > EXCERPT_LENGTH // 2:  # a very long sentence: cut within it
        start = text.find(" ", best - EXCERPT_LENGTH // 2, best) + 1 or best
    end = start + EXCERPT_LENGTH
    if end >= len(text):
        return start, len(text)
    return start, max(text.rfind(" ", start, end), best + 1)


def _pieces(
    text: str, spans: list[tuple[int, int]], start: int, end: int
) -> list[Piece]:
    pieces, position = [], start
    for span_start, span_end in spans:
        if span_start < position or span_end > end:
            continue
        if span_start > position:
            pieces.append(Piece(text[position:span_start]))
        pieces.append(Piece(text[span_start:span_end], is_marked=True))
        position = span_end
    if position < end:
        pieces.append(Piece(text[position:end]))
    return pieces
