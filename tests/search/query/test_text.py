"""A query tree written as text parses to the same tree."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from search.languages import query_words
from search.query import (
    MAX_DEPTH,
    Dates,
    Field,
    Node,
    Note,
    NoteCode,
    Query,
    Word,
    describe,
    parse,
)
from search.query.notes import LIMITS

# What a query language trips over, more often than chance would have it.
pieces = st.sampled_from(
    [
        *("a", "b", "ab*", "c*", "қала", "f(x)", " ", "  ", "\n", "\u0301"),
        *('"', "«", "»", "„", "“", "(", ")", "((", "))", "|", "-", "–", ":", "*"),
        *(" OR ", " НЕМЕСЕ ", " ИЛИ ", " AND ", " И ", " NOT ", "НЕ "),
        *("place:", "орын:x ", 'тема:"x y" ', "x:y", 'OR:"x y"', 'жыл:"x y"'),
        *("year:2020-2024 ", "before:2025-07 ", "after:1.7.2025 ", "тіл:kk "),
        *("-(", " OR (", "-(a -(b ", "https://a.kz/(b)", "10:30"),
    ]
)
texts = st.lists(pieces, max_size=120).map("".join) | st.text(max_size=400)


@given(texts)
@example("-(x -(x -(x -(x -(x -(a|b c))))))")  # no room for brackets that only help
@example("a OR -(b -(c -(d -(e -(f (g OR -(h i)))))))")
@example("ұйым:ж|" * 60)
@example('"-a "b"-c d-e')
def test_the_text_of_a_query_is_read_as_the_same_query(text):
    query = parse(text)
    assert parse(str(query)).tree == query.tree
    assert not parse(str(query)).was_cut


@given(texts, st.sampled_from(["kk", "ru", "en"]))
def test_so_is_its_description_in_each_language(text, language):
    query = parse(text)
    with translation.override(language):
        assert parse(describe(query)).tree == query.tree


@given(texts)
def test_a_query_can_be_a_key(text):
    assert {parse(text): 1}[parse(text)] == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", '(қала НЕМЕСЕ ауыл) -дала* орын:"Ақтау" жыл:2020-2024 дейін:2025-07'),
        ("ru", '(қала ИЛИ ауыл) -дала* место:"Ақтау" год:2020-2024 до:2025-07'),
        ("en", '(қала OR ауыл) -дала* place:"Ақтау" year:2020-2024 before:2025-07'),
        ("en-gb", '(қала OR ауыл) -дала* place:"Ақтау" year:2020-2024 before:2025-07'),
        ("ru-kz", '(қала ИЛИ ауыл) -дала* место:"Ақтау" год:2020-2024 до:2025-07'),
        ("tr", '(қала OR ауыл) -дала* place:"Ақтау" year:2020-2024 before:2025-07'),
    ],
)
def test_a_query_is_described_in_the_language_of_the_reader(language, text):
    query = parse("қала | ауыл NOT дала* жер:Ақтау year:2020..2024 before:01.07.2025")
    with translation.override(language):
        assert describe(query) == text


def test_its_text_is_the_same_in_every_language():
    query = parse("қала НЕМЕСЕ ауыл ұйым:ҚазМұнайГаз")
    with translation.override("kk"):
        assert str(query) == '(қала OR ауыл) organisation:"ҚазМұнайГаз"'


@pytest.mark.parametrize(
    ("dates", "text"),
    [
        (Dates(date(2025, 1, 1), date(2026, 1, 1)), "year:2025"),
        (Dates(date(2025, 1, 1), None), "after:2025"),
        (Dates(None, date(2025, 7, 2)), "before:2025-07-02"),
        (
            Dates(date(2025, 7, 1), date(2025, 8, 1)),
            "(after:2025-07 before:2025-08)",
        ),
        # No day at all is no year.
        (Dates(date(2025, 1, 1), date(2025, 1, 1)), "(after:2025 before:2025)"),
        (Dates(None, None), ""),
    ],
)
def test_dates_are_written_as_short_as_can_be(dates, text):
    assert str(Query(dates)) == text


def test_a_query_without_anything_is_no_text():
    assert str(Query()) == describe(Query()) == ""


def test_alternatives_among_other_words_get_brackets():
    assert str(parse("a OR b c -(d OR e)")) == "(a OR b) c -(d OR e)"


def nested(text: str, depth: int) -> str:
    for _level in range(depth):
        text = f"-(x {text})"
    return text


@pytest.mark.parametrize(
    ("alternatives", "levels"),
    [
        ("a OR b", 1),
        ("a OR (b c)", 2),
        ("a OR -b", 1),
        ("a OR -(b c)", 2),
        ("-(b c) OR a", 2),
        ("a OR (b -(c d))", 3),
        ("a OR -(c -(d e))", 3),
        ("a OR -(c OR d)", 2),
        ("a OR -(c OR (d e))", 3),
    ],
)
def test_alternatives_get_brackets_up_to_the_limit_of_nesting(alternatives, levels):
    """``levels`` is the nesting of the alternatives with brackets around them."""
    for depth in range(MAX_DEPTH + 1 - levels):
        text = nested(f"({alternatives})", depth + 1).removeprefix("-(")[:-1]
        assert str(parse(text)) == text
    past = nested(alternatives, MAX_DEPTH - levels + 1)
    query = parse(past)
    assert not query.was_cut
    assert str(query) == past


def test_an_operator_without_a_word_in_a_language_is_written_in_english(monkeypatch):
    tatar = query_words.QueryWords(filters={"before": ("кадәр",)})
    monkeypatch.setitem(query_words._words, "tt", tatar)
    with translation.override("tt"):
        assert describe(parse("a OR b before:2025")) == "(a OR b) кадәр:2025"


def test_a_facet_without_a_name_is_written_with_its_own():
    assert str(Query(Field("month", "2025-07"))) == 'month:"2025-07"'


def test_only_nodes_can_be_written():
    with pytest.raises(TypeError, match="is no node"):
        str(Query(Node()))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("code", list(NoteCode))
def test_every_note_quotes_its_text_and_limit(code, language):
    with translation.override(language):
        message = Note(code, "100% қала").message()
    assert "100% қала" in message
    assert (str(LIMITS[code]) in message) if code in LIMITS else True


def test_a_note_repeats_no_more_than_a_line():
    (note,) = parse("a:" + "b" * 300).notes
    assert len(note.text) == 60


def test_a_tree_may_be_made_by_hand():
    tree = (Word("қала") | Word("ауыл")) & ~Field("place", "Алматы")
    assert parse(str(Query(tree))).tree == tree
