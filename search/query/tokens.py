"""The tokenizer: splits a typed query into operators, brackets and leaves.

Any text is accepted. A word that only looks like an operator stays a word: a URL, a
time of day, a hyphen within a word, ``OR`` in lower case, an unknown filter.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from search.languages.query_words import operator_called
from search.languages.tokens import spaced_number_end
from search.query.fields import DATE_FIELDS, field_of, filter_of
from search.query.notes import MIN_PREFIX, Note, NoteCode
from search.query.tree import Node, Phrase, Prefix, Word

# « and » close only each other; readers mix the other quotation marks.
_CLOSING = {'"': '"', "“": "”", "”": "”", "„": "“”", "«": "»", "»": "«"}
_MIXED = '"“”„'
_QUOTES = "".join(_CLOSING)
_QUOTE = re.compile(f"[{_QUOTES}]")
_DASHES = re.compile("[-−–]+")
_BARS = re.compile(r"\|+")
_NO_VALUE = ("/", ":")  # https://…, std::string
_NOTE_LENGTH = 60  # characters of the text quoted in a note: one line


class TokenKind(Enum):
    """The kind of a token."""

    LEAF = auto()
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class QueryToken:
    """A token of the text; a leaf without ``node`` has no letter or digit."""

    kind: TokenKind
    text: str
    node: Node | None = None


class Tokens:
    """One pass over a text, which collects notes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.notes: list[Note] = []
        # After a closing mark, a hyphen starts a case ending: `«Астана»-ның`.
        self._may_end = False

    def read(self) -> Generator[QueryToken, None, None]:
        """Yield the tokens in order."""
        while self.position < len(self.text):
            character = self.text[self.position]
            may_end, self._may_end = self._may_end, False
            if character.isspace():
                self.position += 1
            elif character in "()":
                self.position += 1
                self._may_end = character == ")"
                yield QueryToken(
                    TokenKind.OPEN if character == "(" else TokenKind.CLOSE, character
                )
            elif bars := _BARS.match(self.text, self.position):
                self.position = bars.end()
                yield QueryToken(TokenKind.OR, "|")
            elif dashes := _DASHES.match(self.text, self.position):
                self.position = dashes.end()
                if may_end:
                    self.position = self._word_end()
                else:
                    yield from self._negation(dashes[0])
            elif character in _QUOTES:
                yield from self._phrase()
            else:
                yield from self._word(is_excluded=False)

    def note(self, code: NoteCode, text: str) -> None:
        """Add a note on *text*, unless it is already recorded."""
        if len(text) > _NOTE_LENGTH:
            text = f"{text[: _NOTE_LENGTH - 1].rstrip()}…"
        if (note := Note(code, text)) not in self.notes:
            self.notes.append(note)

    def _negation(self, dashes: str) -> Iterator[QueryToken]:
        following = self.text[self.position : self.position + 1]
        if not following or following.isspace():
            if dashes == "-":  # a longer one is punctuation
                self.note(NoteCode.DANGLING_OPERATOR, dashes)
            return
        yield QueryToken(TokenKind.NOT, "-")
        if following not in f"()|{_QUOTES}":
            yield from self._word(is_excluded=True)

    def _phrase(self) -> Iterator[QueryToken]:
        content = self._quoted()
        if content is None:
            self.note(NoteCode.UNBALANCED_QUOTE, self.text[self.position])
            self.position += 1
        else:
            yield QueryToken(
                TokenKind.LEAF, f'"{content}"', _filled(Phrase(content), content)
            )

    def _quoted(self) -> str | None:
        """Consume a quotation and return its text.

        Returns None, and does not advance, if the quotation is not closed.
        """
        opening, start = self.text[self.position], self.position + 1
        marks = [_CLOSING[opening], _MIXED] if opening in _MIXED else _CLOSING[opening]
        for closing in marks:
            if match := re.compile(f"[{closing}]").search(self.text, start):
                self.position = match.end()
                self._may_end = True
                inner = self.text[start : match.start()]
                return " ".join(_QUOTE.sub(" ", inner).split())
        return None

    def _word(self, *, is_excluded: bool) -> Iterator[QueryToken]:
        start = self.position
        # A number with spaces inside is one word, with what is attached to its end.
        self.position = spaced_number_end(self.text, start) or start
        self.position = self._word_end()
        text = " ".join(self.text[start : self.position].split())
        if operator := operator_called(text):
            if is_excluded:
                yield QueryToken(TokenKind.LEAF, text, Word(text.lower()))
            else:
                yield QueryToken(TokenKind[operator.upper()], text)
            return
        name, colon, value = text.partition(":")
        if not colon or not name.isalpha() or value.startswith(_NO_VALUE):
            yield QueryToken(TokenKind.LEAF, text, self._plain(text))
        elif value:
            yield QueryToken(TokenKind.LEAF, text, self._filter(name, value, text))
        else:
            yield from self._quoted_filter(name)

    def _word_end(self) -> int:
        """Return the end of the word at the current position.

        Brackets within a word, `әкім(дер)`, are part of the word if they are balanced.
        """
        end = self.position
        while end < len(self.text):
            character = self.text[end]
            if character.isspace() or character in f"|){_QUOTES}":
                break
            if character == "(":
                before = self.text[self.position : end]
                closing = _closing_bracket(self.text, end)
                if not closing or not before or operator_called(before):
                    break
                end = closing
            end += 1
        return end

    def _plain(self, text: str) -> Node | None:
        if not text.endswith("*"):
            return _filled(Word(text), text)
        beginning = text.rstrip("*")
        letters = sum(map(str.isalnum, beginning))
        if letters >= MIN_PREFIX:
            return Prefix(beginning)
        if letters:
            self.note(NoteCode.SHORT_PREFIX, text)
        return _filled(Word(text), text)

    def _filter(self, name: str, value: str, text: str) -> Node | None:
        """Return the filter that *text* denotes, or else a word."""
        return self._named(name, value, text) or _filled(Word(text), text)

    def _named(self, name: str, value: str, text: str) -> Node | None:
        field = field_of(name.lower())
        is_empty = not any(map(str.isalnum, value))
        if not field:
            if not is_empty:
                self.note(NoteCode.UNKNOWN_FIELD, text)
            return None
        if is_empty:
            self.note(NoteCode.DANGLING_OPERATOR, text)
            return None
        node = filter_of(field, value)
        if node is None:
            is_date = field in DATE_FIELDS
            code = NoteCode.BAD_DATE if is_date else NoteCode.UNKNOWN_LANGUAGE
            self.note(code, text)
        return node

    def _quoted_filter(self, name: str) -> Iterator[QueryToken]:
        """Yield the filter `name:` with the quotation after it, or else words."""
        is_quoted = self.text[self.position : self.position + 1] in tuple(_QUOTES)
        content = self._quoted() if is_quoted else None
        text = f"{name}:" if content is None else f'{name}:"{content}"'
        if node := self._named(name, content or "", text):
            yield QueryToken(TokenKind.LEAF, text, node)
        elif content is None:
            yield QueryToken(TokenKind.LEAF, text, Word(text))
        else:
            yield QueryToken(TokenKind.OPEN, "(")
            word = name.lower() if operator_called(name) else name
            yield QueryToken(TokenKind.LEAF, name, Word(word))
            yield QueryToken(
                TokenKind.LEAF, f'"{content}"', _filled(Phrase(content), content)
            )
            yield QueryToken(TokenKind.CLOSE, ")")


def _filled(node: Node, text: str) -> Node | None:
    """Return *node* if its text has a letter or digit, else None."""
    return node if any(map(str.isalnum, text)) else None


def _closing_bracket(text: str, opening: int) -> int | None:
    depth = 0
    for position in range(opening, len(text)):
        character = text[position]
        if character.isspace() or character in f"|{_QUOTES}":
            return None
        depth += (character == "(") - (character == ")")
        if not depth:
            return position
    return None
