import pytest
from hypothesis import given

from search.languages.tokens import tokenise
from tests.search.languages.strategies import any_text


def surfaces(text, **options):
    return [text[token.start : token.end] for token in tokenise(text, **options)]


def kinds(text):
    return [token.kind for token in tokenise(text)]


@given(any_text)
def test_tokens_are_in_order_and_do_not_overlap(text):
    end = 0
    for token in tokenise(text, final_apostrophes=True):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Қ.Тоқаев келді.", ["Қ", "Тоқаев", "келді"], id="initial"),
        pytest.param("тау-тас БҰҰ-ның", ["тау-тас", "БҰҰ-ның"], id="hyphens"),
        pytest.param("Алматы – Астана", ["Алматы", "Астана"], id="dash"),
        pytest.param("қа\u00adла", ["қа\u00adла"], id="soft_hyphen"),
        pytest.param("и\u0306од", ["и\u0306од"], id="combining_mark"),
        pytest.param("हिन्दी", ["हिन्दी"], id="indic_vowel_signs"),
        pytest.param("don't O‘zbek", ["don't", "O‘zbek"], id="inner_apostrophes"),
        pytest.param("a_b #тег @аты", ["a", "b", "тег", "аты"], id="marks_of_networks"),
        pytest.param("24/7 «А» (б)", ["24", "7", "А", "б"], id="punctuation"),
        pytest.param("中国тау", ["中国", "тау"], id="unspaced_script_beside_a_word"),
    ],
)
def test_words(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("https://jarialike.kz/kk/a-b?x=1.", "url", "https://jarialike.kz/kk/a-b?x=1"),
        ("www.gov.kz,", "url", "www.gov.kz"),
        ("egov.kz сайты", "url", "egov.kz"),
        ("info@jarialike.kz)", "email", "info@jarialike.kz"),
        ("10 000 теңге", "number", "10 000"),
        ("10\u00a0000 теңге", "number", "10\u00a0000"),
        ("3,5 пайыз", "number", "3,5"),
        ("20км жол", "number", "20км"),
        ("1990-шы жылдар", "number", "1990-шы"),
        ("23.11.2026 күні", "number", "23.11.2026"),
        ("2026-11-23", "number", "2026-11-23"),
        ("18:30 кезінде", "number", "18:30"),
        ("%", "sign", "%"),
        ("₸", "sign", "₸"),
        ("№5", "sign", "№"),
        ("中国人民", "run", "中国人民"),
    ],
)
def test_the_first_token_is_of_its_kind(text, kind, expected):
    assert (kinds(text)[0], surfaces(text)[0]) == (kind, expected)


def test_a_sentence_without_a_space_is_no_domain():
    assert kinds("барды.Сол күні")[0] == "word"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("jan' bas", ["jan'", "bas"], id="ng_of_2017"),
        pytest.param("'tas'", ["tas"], id="quotation_marks"),
        pytest.param("Алматы' да", ["Алматы", "да"], id="cyrillic"),
    ],
)
def test_a_word_may_end_in_an_apostrophe_where_its_language_lets_it(text, expected):
    assert surfaces(text, final_apostrophes=True) == expected


def test_a_long_text_without_spaces_is_cut_too():
    assert surfaces("а.b" * 20_000)[:3] == ["а", "bа", "bа"]
    assert len(surfaces("a.b@" * 20_000)) == 40_000
