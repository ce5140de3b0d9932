"""Texts in former orthographies are found by those who say so, on every engine."""

from dataclasses import replace

import pytest

from search.results import search as results
from tests.search.contract.engines import titled

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("elasticsearch")]

(_OLD,) = titled({"bay": ("kk", "baj men ceker", "Абай")})
ARCHIVE = {
    # Plain letters, which no detection can tell from those of today.
    "bay": replace(_OLD, tag="kk-Latn-x-1929"),
    "bay-1938": replace(
        _OLD, key="bay-1938", group="bay-1938", tag="kk-Latn-x-1938", title="su men baj"
    ),
    "undeclared": ("kk", "Qazaqtьꞑ baj tyrmьsь"),
    "today": ("kk", "Бай мен шекер"),
    "latin": ("kk", "Bai men şeker"),
    "arabic": ("kk", "باي مەن شەكەر"),
    "arabic-1912": ("kk", "غىلىم مهن خالىق"),
    "cyrillic-1940": ("kk", "Бай мен тӯрмыс"),
    "russian": ("ru", "Бай и сахар"),
}
OLD = {"bay", "undeclared"}
SCRIPTS = {
    "latn-1929": OLD,
    "LATN-1929": OLD,
    "kk-Latn-x-1929": OLD,
    "latn-1938": {"bay-1938"},
    "latn": {"latin"},
    "cyrl": {"today"},
    "cyrl-1940": {"cyrillic-1940"},
    "arab": {"arabic"},
    "arab-1912": {"arabic-1912"},
}


@pytest.mark.parametrize("name", ["жазу", "письмо", "script"])
@pytest.mark.parametrize(("script", "keys"), SCRIPTS.items())
def test_the_filter_by_script_finds_the_texts_in_it(found, name, script, keys):
    assert found(f"{name}:{script}") == keys


@pytest.mark.parametrize(
    "name",
    [
        "1929–38 жылдардағы латын әліпбиі",
        "Латиница 1929–38 годов",
        "Latin letters of 1929–38",
    ],
)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_script_is_called_by_its_name_in_any_interface_language(
    found, name, language
):
    assert found(f'жазу:"{name}"', language) == OLD


def test_words_that_several_scripts_share_name_all_of_them(found):
    assert found("жазу:латын") == {*OLD, "bay-1938", "latin"}


@pytest.mark.parametrize(
    "query",
    [
        "baj жазу:latn-1929",
        "жазу:latn-1929 baj",
        '"baj men ceker" жазу:latn-1929',
        "baj* жазу:latn-1929",
        "(baj жазу:latn-1929) OR (baj жазу:latn-1929)",
        "бай жазу:latn-1929",
        "шекер жазу:latn-1929",
        "bai жазу:latn-1929 ceker",
    ],
)
def test_the_words_beside_a_script_are_read_in_it(found, query):
    assert "bay" in found(query)
    assert found(query) <= OLD


def test_a_word_is_not_read_as_in_the_script_where_the_query_does_not_say_so(found):
    # ceker is шекер in 1929, and жекер nowhere; without a script it is a word of today.
    assert "today" not in found("ceker")
    assert found("жазу:latn-1929 OR ceker") == OLD


def test_letters_that_changed_their_sound_are_read_by_the_script_that_is_named(found):
    assert found("su жазу:latn-1938") == {"bay-1938"}
    assert found("sūw жазу:latn-1938") == set()


def test_a_text_of_a_declared_script_is_found_by_words_of_today(found):
    assert {"bay", "today", "latin", "arabic"} <= found("шекер")


def test_the_script_that_is_selected_as_a_filter_is_that_of_the_words(engine):
    asked = results.Search(
        "ceker", ("kk",), selected={"script": ["latn-1929"]}, may_loosen=False
    )
    assert [hit.entry.key for hit in results.find(asked).results] == ["bay"]


@pytest.mark.parametrize("query", ["шекер", "ceker жазу:latn-1929"])
def test_the_word_found_is_marked_in_a_text_of_a_declared_script(engine, query):
    hits = results.find(results.Search(query, ("kk",), limit=50)).results
    (hit,) = [hit for hit in hits if hit.entry.key == "bay"]
    assert [piece.text for piece in hit.title if piece.is_marked] == ["ceker"]


def test_the_facet_counts_each_script_of_a_language_with_several(engine):
    asked = results.Search("жазу:латын OR бай", ("kk", "ru"), facets=("script",))
    counts = results.find(asked).facets["script"]
    assert sum(count for _value_pk, count in counts.values) == 7
