"""A typed text is split into operators, brackets and leaves, and none is lost."""

import pytest

from search.query import Field, Note, NoteCode, Phrase, Prefix, Word
from search.query.tokens import QueryToken, TokenKind, Tokens

LEAF, OPEN, CLOSE = TokenKind.LEAF, TokenKind.OPEN, TokenKind.CLOSE
OR, AND, NOT = TokenKind.OR, TokenKind.AND, TokenKind.NOT


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a b", [(LEAF, "a", Word("a")), (LEAF, "b", Word("b"))]),
        ('«a  "b"»', [(LEAF, '"a b"', Phrase("a b"))]),
        ("ab*", [(LEAF, "ab*", Prefix("ab"))]),
        ("1\u00a0000", [(LEAF, "1 000", Word("1 000"))]),
        ("place:x", [(LEAF, "place:x", Field("place", "x"))]),
        ('Place:"x y"', [(LEAF, 'Place:"x y"', Field("place", "x y"))]),
        ("place:", [(LEAF, "place:", Word("place:"))]),
        ("a:b", [(LEAF, "a:b", Word("a:b"))]),
        (
            'Ab:"x y"',
            [
                (OPEN, "("),
                (LEAF, "Ab", Word("Ab")),
                (LEAF, '"x y"', Phrase("x y")),
                (CLOSE, ")"),
            ],
        ),
        ("(a)", [(OPEN, "("), (LEAF, "a", Word("a")), (CLOSE, ")")]),
        ("a||b", [(LEAF, "a", Word("a")), (OR, "|"), (LEAF, "b", Word("b"))]),
        ("OR ЖӘНЕ НЕ", [(OR, "OR"), (AND, "ЖӘНЕ"), (NOT, "НЕ")]),
        ("−a", [(NOT, "-"), (LEAF, "a", Word("a"))]),
        ("-OR", [(NOT, "-"), (LEAF, "OR", Word("or"))]),
        ("***", [(LEAF, "***", None)]),
        ('""', [(LEAF, '""', None)]),
    ],
)
def test_a_text_gives_tokens_with_their_kind_text_and_node(text, tokens):
    assert list(Tokens(text).read()) == [QueryToken(*token) for token in tokens]


@pytest.mark.parametrize(
    ("text", "code", "noted"),
    [
        ("- a", NoteCode.DANGLING_OPERATOR, "-"),
        ("a -", NoteCode.DANGLING_OPERATOR, "-"),
        ("place:* b", NoteCode.DANGLING_OPERATOR, "place:*"),
        ("place: b", NoteCode.DANGLING_OPERATOR, "place:"),
        ('a "b', NoteCode.UNBALANCED_QUOTE, '"'),
        ("a »b", NoteCode.UNBALANCED_QUOTE, "»"),
        ("a* b", NoteCode.SHORT_PREFIX, "a*"),
        ("ab:c d", NoteCode.UNKNOWN_FIELD, "ab:c"),
        ('Ab:"c d"', NoteCode.UNKNOWN_FIELD, 'Ab:"c d"'),
        ("year:x", NoteCode.BAD_DATE, "year:x"),
        ("lang:?!a", NoteCode.UNKNOWN_LANGUAGE, "lang:?!a"),
    ],
)
def test_a_note_repeats_what_it_is_about(text, code, noted):
    tokens = Tokens(text)
    list(tokens.read())
    assert tokens.notes == [Note(code, noted)]


@pytest.mark.parametrize("dashes", ["–", "−", "--", "–-"])
def test_a_dash_between_words_is_punctuation(dashes):
    tokens = Tokens(f"a {dashes} b {dashes}")
    assert [token.text for token in tokens.read()] == ["a", "b"]
    assert tokens.notes == []


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 59 + "…"),
        ("a" * 58 + " bc", "a" * 58 + "…"),
        (" a" + "b" * 60, " a" + "b" * 57 + "…"),
    ],
)
def test_a_note_repeats_no_more_than_sixty_characters(text, noted):
    tokens = Tokens("")
    tokens.note(NoteCode.TOO_LONG, text)
    assert tokens.notes == [Note(NoteCode.TOO_LONG, noted)]
