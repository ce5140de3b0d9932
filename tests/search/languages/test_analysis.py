from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.languages import VARIANT_WEIGHTS, Variants, analyse, registry
from tests.search.languages.strategies import any_text

LANGUAGES = ("kk", "ru", "en", "tr", "de", "fr", "ar", "zh", "ja", "ky", "uz", "xx")
any_language = st.sampled_from(LANGUAGES)


def terms(text, language="kk"):
    return [(term.surface, term.position) for term in analyse(text, language)]


def exacts(text, language="kk"):
    return [term.exact for term in analyse(text, language)]


@settings(deadline=None)
@given(any_text, any_language)
def test_offsets_slice_the_text_and_no_form_is_empty(text, language):
    for term in analyse(text, language):
        assert text[term.start : term.end] == term.surface
        assert term.exact
        assert term.prefix
        assert all(term.stems)
        assert len(term.stems) in (1, 2)


@settings(deadline=None)
@given(any_text, any_language)
def test_positions_rise_without_gaps(text, language):
    positions = [term.position for term in analyse(text, language)]
    assert all(later - earlier in (0, 1) for earlier, later in pairwise(positions))


@settings(deadline=None)
@given(any_text, any_language)
def test_the_exact_form_analyses_to_itself(text, language):
    script = registry.language(language).script_for(text)
    for term in analyse(text, language):
        assert analyse(term.exact, language, script)[0].exact == term.exact


def test_weights_name_the_forms():
    assert set(VARIANT_WEIGHTS) == set(Variants._fields)


def test_a_compound_is_found_whole_and_by_its_parts():
    assert terms("тау-тас бар") == [
        ("тау-тас", 0),
        ("тау", 0),
        ("тас", 1),
        ("бар", 2),
    ]


@pytest.mark.parametrize(
    ("language", "text", "stem"),
    [
        ("kk", "БҰҰ-ның", "бұұ"),
        ("kk", "АҚШ-тың", "ақш"),
        ("kk", "2013-те", "2013"),
        ("kk", "YouTubeтің", "youtube"),
        ("ru", "5-го", "5"),
        ("en", "21st", "21"),
        ("tr", "Ankara'da", "ankara"),
        ("tr", "1990'larda", "1990"),
    ],
)
def test_an_ending_after_a_hyphen_or_number_leaves_one_term(language, text, stem):
    (term,) = analyse(text, language)
    assert term.stems == (stem,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 000", ["10000"]),
        ("1,234,567", ["1234567"]),
        ("3,5", ["3.5"]),
        ("20км", ["20км", "20", "км"]),
        ("2025-жылы", ["2025-жылы", "2025", "жылы"]),
        ("23.11.2026", ["2026-11-23", "23", "11", "2026"]),
        ("2026-11-23", ["2026-11-23", "2026", "11", "23"]),
        ("18:30", ["18:30"]),
        (
            "https://www.jarialike.kz/kk/",
            ["https://www.jarialike.kz/kk", "jarialike.kz", "jarialike"],
        ),
        ("info@mail.kz", ["info@mail.kz", "mail.kz", "mail"]),
        ("中国人民", ["中国", "国人", "人民"]),
        ("中", ["中"]),
    ],
)
def test_numbers_dates_addresses_and_runs(text, expected):
    assert exacts(text) == expected


@pytest.mark.parametrize(
    ("language", "word", "sign"),
    [("kk", "пайыз", "%"), ("kk", "теңге", "₸"), ("ru", "процент", "%")],
)
def test_a_sign_has_the_stem_of_its_word(language, word, sign):
    (spoken,) = analyse(word, language)
    (written,) = analyse(sign, language)
    assert written.stems == spoken.stems
    assert written.exact == sign


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "городами", "город"),
        ("ru", "ёлки", "елка"),
        ("en", "cities", "city"),
        ("tr", "İSTANBUL'DA", "istanbul"),
        ("de", "Häuser", "Häusern"),
        ("fr", "l'école", "écoles"),
        ("ar", "المدينة", "مدينة"),
    ],
)
def test_stemmed_languages_join_the_forms_of_a_word(language, one, other):
    assert analyse(one, language)[0].stems == analyse(other, language)[0].stems


def test_turkish_has_two_letters_i():
    assert exacts("ISPARTA İZMİR", "tr") == ["ısparta", "izmir"]


def test_a_language_without_a_stemmer_has_prefix_and_folding():
    (term,) = analyse("Өлкөлөрдүн", "ky")
    assert term[4:] == ("өлкөлөрдүн", ("өлкөлөрдүн",), "өлкөл", "олколордун")


def test_a_tag_with_region_or_case_is_its_language():
    plain = analyse("города", "ru")
    assert analyse("города", "ru-KZ") == analyse("города", "RU") == plain
