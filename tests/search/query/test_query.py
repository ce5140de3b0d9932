"""Nothing that a reader can type is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import (
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_TEXT,
    And,
    Field,
    Not,
    NoteCode,
    Or,
    Phrase,
    Prefix,
    Word,
    parse,
)

A, B, C = Word("a"), Word("b"), Word("c")


def codes(text):
    return [note.code for note in parse(text).notes]


def test_words_phrases_and_exclusions_are_distinguished():
    tree = Word("қала") & Phrase("тұрақты даму") & ~Word("ауыл")
    assert parse('қала "тұрақты даму" -ауыл').tree == tree


@pytest.mark.parametrize(
    "quotes",
    ['""', "“”", "«»", "„“", "„”", "””", "»«", '“"', '"”', '„"', "““"],
)
def test_every_kind_of_quotation_mark_makes_a_phrase(quotes):
    query = parse(f"{quotes[0]}тұрақты даму{quotes[1]}")
    assert query.tree == Phrase("тұрақты даму")
    assert not query.notes


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"қала"', Phrase("қала")),
        ('«ТОО "Ромашка"»', Phrase("ТОО Ромашка")),
        ('"  тұрақты \t даму "', Phrase("тұрақты даму")),
        ('"a"b', Phrase("a") & B),
        ("«Астана»-ның", Phrase("Астана")),
        ("«Астана»-ның b", Phrase("Астана") & B),
        ('place:"Қызылорда"-да', Field("place", "Қызылорда")),
    ],
)
def test_quoted_words_are_one_phrase(text, tree):
    assert parse(text).tree == tree


@pytest.mark.parametrize("operator", ["OR", "НЕМЕСЕ", "ИЛИ", "|", "||"])
def test_or_binds_tighter_than_the_implied_and(operator):
    assert parse(f"a {operator} b c").tree == And((Or((A, B)), C))
    assert parse(f"a b {operator} c").tree == And((A, Or((B, C))))


@pytest.mark.parametrize("operator", ["AND", "ЖӘНЕ", "И"])
def test_and_is_what_words_side_by_side_mean_anyway(operator):
    assert parse(f"a {operator} b") == parse("a b")


@pytest.mark.parametrize("operator", ["-", "−", "–", "--", "NOT ", "НЕ "])
@pytest.mark.parametrize(
    ("operand", "tree"),
    [
        ("a", A),
        ('"a b"', Phrase("a b")),
        ("ab*", Prefix("ab")),
        ("place:a", Field("place", "a")),
        ("(a b)", A & B),
        ("(a OR b)", A | B),
    ],
)
def test_everything_can_be_excluded(operator, operand, tree):
    assert parse(f"c {operator}{operand}").tree == C & Not(tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("(a b) OR c", (A & B) | C),
        ("a(b c)", A & B & C),
        ("a|b", A | B),
        ("(a|b)(b|c)", (A | B) & (B | C)),
        ("a OR (b (c OR -a))", A | (B & (C | ~A))),
        ("NOT(a b)", ~(A & B)),
        ("-(-a)", A),
        ("NOT NOT a", A),
        ("NOT -a", A),
        ("NOT(a)", ~A),
        ("a OR(b)", A | B),
        ("(a)-ның b", A & B),
        ("1 000(b)", Word("1 000") & B),
        ("a -OR b", A & ~Word("or") & B),
        ("-NOT b", ~Word("not") & B),
        ("a OR () b", A | B),
        ("a OR OR b", A | B),
        ("a AND OR b", A | B),
        ("a OR AND b", A | B),
        ("әкім(дер)", Word("әкім(дер)")),
    ],
)
def test_brackets_and_operators_nest(text, tree):
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    "word",
    [
        "https://example.kz/wiki/a_(b)?c=d",
        "10:30",
        "hello@example.kz",
        "std::string",
        "қала-мемлекет",
        "C++",
        "or",
        "Or",
        "and",
        "not",
        "немесе",
        "или",
        "и",
        "не",
        "place:",
        "қа*ла",
        "X",
        "1 000",
    ],
)
def test_a_word_that_looks_like_an_operator_is_a_word(word):
    assert parse(f"{word} b").tree == And((Word(word), B))


def test_a_star_makes_a_prefix_query():
    assert parse("қала*").tree == Prefix("қала")
    assert parse("қа**").tree == Prefix("қа")
    assert parse("MAX*").tree == Prefix("MAX")


@pytest.mark.parametrize("text", ["", "   ", "-", '"', '""', "()*:-", "\x00", "|", "—"])
def test_a_query_without_a_word_is_empty(text):
    query = parse(text)
    assert query.tree is None
    assert not query


@pytest.mark.parametrize(
    ("text", "tree", "code"),
    [
        ("a:b", Word("a:b"), NoteCode.UNKNOWN_FIELD),
        ('a:"b c"', A & Phrase("b c"), NoteCode.UNKNOWN_FIELD),
        ('-a:"b c"', ~(A & Phrase("b c")), NoteCode.UNKNOWN_FIELD),
        ('Ab:"b c"', Word("Ab") & Phrase("b c"), NoteCode.UNKNOWN_FIELD),
        ('OR:"b c"', Word("or") & Phrase("b c"), NoteCode.UNKNOWN_FIELD),
        ("a OR", A & Word("or"), NoteCode.DANGLING_OPERATOR),
        ("НЕМЕСЕ a", Word("немесе") & A, NoteCode.DANGLING_OPERATOR),
        ("OR -a", Word("or") & ~A, NoteCode.DANGLING_OPERATOR),
        ("a AND", A & Word("and"), NoteCode.DANGLING_OPERATOR),
        ("AND a", Word("and") & A, NoteCode.DANGLING_OPERATOR),
        ("a NOT", A & Word("not"), NoteCode.DANGLING_OPERATOR),
        ("a |", A, NoteCode.DANGLING_OPERATOR),
        ("a - b", A & B, NoteCode.DANGLING_OPERATOR),
        ('-"" b', B, NoteCode.DANGLING_OPERATOR),
        ("-*** b", B, NoteCode.DANGLING_OPERATOR),
        ("place: b", Word("place:") & B, NoteCode.DANGLING_OPERATOR),
        ("(a b", A & B, NoteCode.UNBALANCED_BRACKET),
        ("a) b", A & B, NoteCode.UNBALANCED_BRACKET),
        ('"a b', A & B, NoteCode.UNBALANCED_QUOTE),
        ('«a b"', A & B, NoteCode.UNBALANCED_QUOTE),
        ("a*", Word("a*"), NoteCode.SHORT_PREFIX),
        ("И*", Word("И*"), NoteCode.SHORT_PREFIX),
    ],
)
def test_invalid_syntax_is_searched_as_words_with_a_note(text, tree, code):
    assert parse(text).tree == tree
    assert set(codes(text)) == {code}


@pytest.mark.parametrize(
    "text", ["a", 'a "b c"', "a — b", "10:30", "https://a.kz", "-a", "(a)", "a AND b"]
)
def test_a_valid_query_has_no_note(text):
    assert not parse(text).notes


@pytest.mark.parametrize(
    ("text", "noted"),
    [("(a b", "("), ("a) b", ")"), ("a |", "|"), ('-"" b', "-"), ("a OR", "OR")],
)
def test_a_note_names_the_bracket_or_the_operator(text, noted):
    assert [note.text for note in parse(text).notes] == [noted]


def test_the_same_thing_is_noted_once():
    assert codes("a:b a:b a:b") == [NoteCode.UNKNOWN_FIELD]


def test_control_characters_are_dropped_and_letters_composed():
    assert parse("қа\x00ла\x1bлар\ud800").tree == Word("қалалар")
    assert parse("деи\u0306ін:2024") == parse("дейін:2024")


@pytest.mark.parametrize(
    ("text", "is_positive"),
    [
        ("-қала", False),
        ("-(қала ауыл)", False),
        ("-қала OR -ауыл", False),
        ("қала -ауыл", True),
        ("place:Алматы", True),
        ("year:2024", True),
        ("-қала (ауыл OR -дала)", True),
    ],
)
def test_exclusions_alone_find_nothing(text, is_positive):
    assert bool(parse(text)) is is_positive


def test_only_words_that_are_asked_for_are_words_of_the_query():
    query = parse('a -b place:x ("b c" OR ab* OR -c) year:2024')
    assert list(query.words) == [A, Phrase("b c"), Prefix("ab")]


def test_clauses_past_the_limit_are_left_out():
    within, past = parse("a " * MAX_CLAUSES), parse("a " * MAX_CLAUSES + "b OR c")
    assert not within.was_cut
    assert past.was_cut
    assert past.tree == within.tree
    assert [(n.code, n.text) for n in past.notes] == [(NoteCode.TOO_MANY_CLAUSES, "b")]


def test_text_past_the_limit_is_left_out():
    word = "қ" * (MAX_LENGTH - 3)
    within, past = parse(f"{word} бір"), parse(f"{word} бір е OR")
    assert not within.was_cut
    assert past.was_cut
    assert past.tree == within.tree
    assert [(n.code, n.text) for n in past.notes] == [(NoteCode.TOO_LONG, "е")]


def test_a_long_phrase_is_cut_between_words():
    query = parse(f'"{"бір екі " * 100}" OR қала')
    assert query.was_cut
    assert len(query.tree.text) <= MAX_LENGTH
    assert set(query.tree.text.split()) == {"бір", "екі"}


def test_brackets_past_the_limit_are_left_out():
    deep, deeper = "a", "b"
    for _level in range(MAX_DEPTH):
        deep, deeper = f"-({deep} c)", f"-({deeper} c)"
    assert not parse(deep).was_cut
    query = parse(f"a -({deeper}) c")
    assert query.was_cut
    assert codes(f"a -({deeper}) c") == [NoteCode.TOO_DEEP]
    assert B not in leaves(query.tree)
    assert C in leaves(query.tree)


def leaves(node):
    if isinstance(node, Not):
        return leaves(node.node)
    if isinstance(node, (And, Or)):
        return [leaf for part in node.nodes for leaf in leaves(part)]
    return [node]


@pytest.mark.parametrize(
    "text",
    ["қала " * 20_000, "(" * 20_000, "NOT " * 20_000, '"' * 20_001, "a(" * 9_999],
    ids=["words", "brackets", "operators", "quotes", "words and brackets"],
)
def test_a_huge_query_is_cut_with_a_note(text):
    query = parse(text)
    assert query.was_cut
    assert query.notes
    assert len(str(query)) <= MAX_TEXT


@given(st.text(max_size=3 * MAX_TEXT // 2))
def test_parsing_never_fails(text):
    query = parse(text)
    assert hash(query) == hash(parse(text))
    assert all(note.message() for note in query.notes)
