import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.search_analytics import privacy
from newsroom.search_analytics.privacy import is_countable, normalised


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Қала   ФОРУМЫ\n", "қала форумы"),
        ("и\u0306од", "йод"),
        ("қа\u200bла\u202e", "қала"),
        ("a\x00b", "a b"),
        ("Straße", "strasse"),
    ],
    ids=["case and spaces", "composed", "invisible", "control", "folded"],
)
def test_a_text_is_kept_in_one_form(typed, kept):
    assert normalised(typed) == kept


@given(st.text())
def test_a_kept_form_is_its_own_kept_form(text):
    once = normalised(text)
    assert normalised(once) == once
    assert not any(unicodedata.category(character) == "Cc" for character in once)


@pytest.mark.parametrize(
    "text",
    [
        "aigerim@mail.kz",
        "write to a.b＠example.com",
        "+7 701 123-45-67",
        "8(7172)123456",
        "иин 920101300123",
        "4400 4301 2345 6789",
        "٠٧٠١١٢٣٤",
        "ахметов 16.12.1986",
        "2010 2011 2012",
        "https://site.kz/reset?token=abc",
        "site.kz/login#access_token=abc",
        "ftp://host/?q=1",
    ],
)
def test_queries_that_look_personal_are_not_counted(text):
    assert not is_countable(normalised(text))


@pytest.mark.parametrize(
    "text",
    [
        "қызылорда форумы",
        "бюджет 2024",
        "1941–1945",
        "выборы 2019 2024",
        "100 000 теңге",
        "before:2025-07-01 қала",
        "кейін:2024-01 дейін:2025-07-01",
        "https://site.kz/kk/news/",
        "что делать?",
        "не так ли?да",
        "c# тілі",
        "@akorda",
    ],
)
def test_queries_about_the_news_are_counted(text):
    assert is_countable(normalised(text))


@pytest.mark.parametrize("text", ["", "?!", "а" * 201], ids=["empty", "signs", "long"])
def test_text_that_is_no_query_is_not_counted(text):
    assert not is_countable(normalised(text))


def test_the_longest_query_is_counted():
    assert is_countable("а" * 200)


def test_a_long_text_is_not_looked_through(monkeypatch):
    monkeypatch.setattr(privacy, "unicodedata", None)
    assert privacy.looks_personal("a." * 1_000_000)
    assert not privacy.is_countable("қ" * (privacy.MAX_TEXT_LENGTH + 1))


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("https://a.kz/?q=1", True),
        ("a.kz/b#c", True),
        ("see a.kz?b now", True),
        ("a.kz/b?", False),
        ("a.kz/b c?d", False),
        ("c?d a.kz", False),
        ("a?b.kz", False),
        ("what? a.kz", False),
        ("://x?#", True),
    ],
)
def test_an_address_with_a_query_is_found_word_by_word(text, personal):
    assert privacy.looks_personal(text) is personal
