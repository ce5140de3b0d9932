"""Readings of a query's words: without Kazakh letters, and in any Latin alphabet."""

import pytest

from search.languages import analyse, analyse_query, other_words, registry
from search.languages.kazakh.asked import meant
from search.languages.kazakh.keyboard import spellings, typed
from search.languages.kazakh.scripts import convert


def asked(word):
    (one,) = analyse_query(word, ("kk",))
    return set(one.alternatives[0].term.stems)


def written(word):
    return {stem for term in analyse(word, "kk") for stem in term.stems}


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("жана", "жаңа"),
        ("ушин", "үшін"),
        ("онын", "ол"),
        ("жане", "және"),
        ("турады", "тұру"),
        ("китабын", "кітап"),
        ("халкынын", "халық"),
        ("журегим", "жүрек"),
        ("окиды", "оқу"),
        ("тауып", "табу"),
        ("кояды", "қою"),
        ("Кызылордада", "қызылорда"),
        ("казакстандыктардын", "қазақстандық"),
        ("алемде", "әлем"),
    ],
)
def test_a_word_without_kazakh_letters_is_asked_by_the_stem_that_is_meant(word, stem):
    assert stem in asked(word)


@pytest.mark.parametrize(
    "word", ["қала", "бар", "орын", "мен", "он", "сол", "алма", "көше", "маңызды"]
)
def test_a_word_that_is_right_as_typed_gets_no_further_stem(word):
    assert asked(word) == written(word)


def test_the_stems_of_the_word_as_typed_are_kept():
    assert {"жану", "жаңа"} <= asked("жана")


def test_texts_are_read_as_they_are_written():
    assert written("жана") == {"жану"}


def test_a_word_with_a_kazakh_letter_is_not_respelled():
    assert meant("қазир") == ()
    assert meant("қазір") == ()


def test_an_ending_without_kazakh_letters_after_a_hyphen_is_an_ending():
    assert "бұұ" in asked("БҰҰ-нын")
    assert "ақш" in asked("АҚШ-тын")


def test_spellings_of_a_word_typed_without_kazakh_letters_include_the_right_one():
    words = "қазақстандықтардың өмірінде мұғалімдеріміздің үйлеріңіз әкімшілігіне"
    for word in words.split():
        assert word in spellings(typed(word))


@pytest.mark.parametrize("word", ["к" * 41, "кугнхоиа" * 5, "", "а", "щщщщ"])
def test_a_long_or_odd_word_has_few_spellings(word):
    assert len(spellings(word)) < 100


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("zhane", "және"),
        ("ushin", "үшін"),
        ("onyn", "ол"),
        ("uyde", "үй"),
        ("zhuyk", "жуық"),
        ("kitabyn", "кітап"),
        ("qalalardyn", "қала"),
        ("bul", "бұл"),
        ("eki", "екі"),
        ("qazır", "қазір"),
        ("kelisim", "келісім"),
    ],
)
def test_a_latin_word_is_asked_by_the_stem_of_the_likeliest_alphabet(word, stem):
    assert stem in asked(word)


@pytest.mark.parametrize("word", ["Google", "window", "the", "whatsapp", "ministry's"])
def test_a_foreign_word_keeps_its_spelling(word):
    (one,) = analyse_query(word, ("kk",))
    assert one.alternatives[0].term.exact == word.lower()


def test_a_latin_tag_decides_the_alphabet_of_a_query():
    (one,) = analyse_query("gaz", ("kk-Latn",))
    assert one.alternatives[0].term.exact == "газ"


@pytest.mark.parametrize(
    "word", ["қазір", "бұл", "екі", "газ", "ауыл", "халқымыз", "күнінде", "шыңның"]
)
@pytest.mark.parametrize(
    "alphabet", ["Latn", "Latn-2018", "Latn-2019", "Latn-2017", "Latn-2007"]
)
def test_a_latin_word_alone_is_read_in_the_alphabet_it_was_written_in(word, alphabet):
    assert convert(convert(word, alphabet, source="Cyrl"), "Cyrl") == word


def test_words_of_a_short_text_decide_its_alphabet_together():
    text = "екі бұл ит"
    assert convert(convert(text, "Latn-2018"), "Cyrl") == text


def test_a_module_registered_for_kazakh_reads_queries_too(monkeypatch):
    monkeypatch.setattr(registry, "_modules", dict(registry._modules))
    monkeypatch.setattr(registry, "_of_queries", dict(registry._of_queries))
    before = registry._modules["kk"]
    registry.register({"kk": "search.languages.plain"})
    try:
        assert asked("жана") == {"жана"}
    finally:
        registry._modules["kk"] = before
        registry.language.cache_clear()
        registry.query_language.cache_clear()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("жана", [("kk", "жаңа")]),
        ("ушин", [("kk", "үшін")]),
        ("qazır", [("kk", "қазір")]),
        ("жаңа", []),
        ("бар", []),
        ("government", []),
        ("Karaganda", [("kk", "Қарағанды")]),
        ("Қарағанды", []),
        ("85,000", [("kk", "85\u00a0000")]),
        ("1.234.567", [("kk", "1\u00a0234\u00a0567")]),
        ("85000", [("kk", "85\u00a0000")]),
        ("85\u2009000", []),
        ("2025", []),
        ("87242401122", []),
        ("0,5", []),
    ],
)
def test_other_words_lists_the_further_readings_of_a_typed_word(typed, words):
    assert other_words(typed, ["kk", "ru", "en"]) == words
