import pytest

from search.languages import analyse_query


def readings(word):
    return {language: term.stems for language, term in word.alternatives}


def test_a_word_is_read_in_every_language():
    (word,) = analyse_query("books", ("kk", "ru", "en"))
    assert list(readings(word)) == ["kk", "ru", "en"]
    assert readings(word)["en"] == ("book",)


def test_a_compound_has_its_parts():
    compound, last = analyse_query("тау-тас бар", ("kk",))
    assert compound.surface == "тау-тас"
    assert [part.surface for part in compound.parts] == ["тау", "тас"]
    assert (last.surface, last.parts) == ("бар", ())


def test_an_ending_in_one_language_is_a_compound_in_another():
    (word,) = analyse_query("БҰҰ-ның", ("kk", "en"))
    assert readings(word)["kk"] == ("бұұ",)
    assert [part.surface for part in word.parts] == ["БҰҰ", "ның"]
    assert all(
        alternative.language == "en"
        for part in word.parts
        for alternative in part.alternatives
    )


def test_chinese_is_read_in_overlapping_pairs_of_characters():
    words = analyse_query("中国人", ("zh",))
    assert [word.surface for word in words] == ["中国", "国人"]


@pytest.mark.parametrize("text", ["", "  ", "?!", "\u00ad"])
def test_nothing_to_search_for(text):
    assert analyse_query(text) == []
