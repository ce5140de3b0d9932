"""The parser: from the tokens of a query to its tree.

Grammar: a group is a sequence of operands, all of which must match. ``OR`` between two
operands makes one operand of both, ``AND`` changes nothing, ``-`` and ``NOT`` exclude
the operand that follows. An operand is a leaf or a group in brackets.
"""

import unicodedata
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from search.query.notes import MAX_CLAUSES, MAX_DEPTH, MAX_LENGTH, Note, NoteCode
from search.query.tokens import QueryToken, TokenKind, Tokens
from search.query.tree import Field, Node, Phrase, Prefix, Word

# The most characters parsed. MAX_LENGTH counts words and values only; the factor leaves
# room for the most operators, field names and brackets that are allowed.
MAX_TEXT = 4 * MAX_LENGTH


def read(text: str) -> tuple[Node | None, bool, tuple[Note, ...]]:
    """Return the tree of *text*, whether the text was cut, and notes on it."""
    text = text.strip()
    tokens = Tokens(_clean(text[:MAX_TEXT]))
    parser = _Parser(tokens)
    tree = parser.group(0)
    if len(text) > MAX_TEXT and not parser.was_cut:
        parser.cut(NoteCode.TOO_LONG, text[MAX_TEXT : MAX_TEXT + MAX_LENGTH])
    return tree, parser.was_cut, tuple(tokens.notes)


def _clean(text: str) -> str:
    """Return *text* in NFC, without control characters."""
    kept = (
        character
        for character in text
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", "".join(kept))


@dataclass(slots=True)
class _Group:
    """The state of a group: its operands, and operators that await an operand."""

    nodes: list[Node] = field(default_factory=list)
    joint: QueryToken | None = None
    negations: list[QueryToken] = field(default_factory=list)

    def join(self, token: QueryToken) -> None:
        if self.joint is None or token.kind is TokenKind.OR:
            self.joint = token

    def add(self, node: Node) -> None:
        if self.joint and self.joint.kind is TokenKind.OR and self.nodes:
            self.nodes[-1] |= node
        else:
            self.nodes.append(node)
        self.joint = None

    def negated(self, node: Node) -> Node:
        """Return *node* with the pending negations applied, and clear these."""
        is_negated = len(self.negations) % 2
        self.negations = []
        return ~node if is_negated else node


class _Parser:
    def __init__(self, tokens: Tokens) -> None:
        self.notes = tokens
        self.tokens = tokens.read()
        self.was_cut = False
        self.is_done = False
        self.clauses = 0
        self.length = 0

    def group(self, depth: int) -> Node | None:
        """Parse up to the closing bracket of the group at nesting level *depth*."""
        group = _Group()
        is_open = depth > 0
        for token in self.tokens:
            if token.kind is TokenKind.CLOSE:
                if is_open:
                    is_open = False
                    break
                self.notes.note(NoteCode.UNBALANCED_BRACKET, ")")
            elif token.kind is TokenKind.NOT:
                group.negations.append(token)
            elif token.kind in (TokenKind.OR, TokenKind.AND):
                self._give_up_negations(group)
                group.join(token)
            elif (node := self._operand(token, depth)) is None:
                self._give_up_negations(group)
            else:
                if group.joint and not group.nodes:
                    self._give_up_joint(group)
                group.add(group.negated(node))
        if is_open and not self.is_done:
            self.notes.note(NoteCode.UNBALANCED_BRACKET, "(")
        self._give_up_negations(group)
        self._give_up_joint(group)
        return reduce(and_, group.nodes) if group.nodes else None

    def cut(self, code: NoteCode, text: str) -> None:
        """Record that *text* was left out because of *code*."""
        self.was_cut = True
        self.notes.note(code, text)

    def _operand(self, token: QueryToken, depth: int) -> Node | None:
        if token.kind is not TokenKind.OPEN:
            return self._leaf(token.node, token.text) if token.node else None
        if depth < MAX_DEPTH:
            return self.group(depth + 1)
        self.cut(NoteCode.TOO_DEEP, self._skipped())
        return None

    def _skipped(self) -> str:
        """Skip a group and return its text."""
        depth, texts = 1, ["("]
        for token in self.tokens:
            texts.append(token.text)
            depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
            if not depth:
                break
        return " ".join(texts)

    def _leaf(self, node: Node, written: str) -> Node | None:
        """Return *node* if it is within the limits.

        At the first leaf that exceeds a limit parsing ends. A phrase is shortened, any
        other leaf is left out (None).
        """
        if self.is_done:
            return None
        text = _text(node)
        room = MAX_LENGTH - self.length
        if self.clauses == MAX_CLAUSES:
            self._end(NoteCode.TOO_MANY_CLAUSES, written)
            return None
        if len(text) > room:
            start = text[: room + 1].rpartition(" ")[0]
            is_phrase = isinstance(node, Phrase) and any(map(str.isalnum, start))
            self._end(NoteCode.TOO_LONG, text[len(start) :] if is_phrase else written)
            return Phrase(start) if is_phrase else None
        self.clauses += 1
        self.length += len(text)
        return node

    def _end(self, code: NoteCode, text: str) -> None:
        self.cut(code, text.strip())
        self.is_done = True
        self.tokens.close()

    def _give_up_negations(self, group: _Group) -> None:
        negations, group.negations = group.negations, []
        for token in negations:
            self._give_up(token, group)

    def _give_up_joint(self, group: _Group) -> None:
        if token := group.joint:
            group.joint = None
            self._give_up(token, group)

    def _give_up(self, token: QueryToken, group: _Group) -> None:
        """Add an operator without an operand as a word.

        The word is in lower case, so that it is not parsed as an operator again.
        Nothing is added if the operand was cut off by a limit.
        """
        if self.was_cut:
            return
        self.notes.note(NoteCode.DANGLING_OPERATOR, token.text)
        if token.text.isalpha():
            word = self._leaf(Word(token.text.lower()), token.text)
            if word is not None:
                group.add(word)


def _text(node: Node) -> str:
    """Return the text of a leaf that counts towards the length limit."""
    if isinstance(node, Field):
        return node.value
    return node.text if isinstance(node, (Word, Phrase, Prefix)) else ""
