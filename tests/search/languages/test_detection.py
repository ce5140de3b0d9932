import pytest
from hypothesis import given, settings

from search.languages import detect_language, detect_script
from search.languages.kazakh.scripts import convert
from tests.search.languages.strategies import any_text

KAZAKH = (
    "Қазақстан Республикасының Үкіметі жаңа заң жобасын қарап жатыр және оны қолдайды"
)


@settings(deadline=None)
@given(any_text)
def test_any_text_has_a_confidence_from_none_to_full(text):
    for guess in (detect_language(text), detect_script(text)):
        assert guess.code
        assert 0.0 <= guess.confidence <= 1.0


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("kk", KAZAKH),
        ("kk", "қала"),
        ("ru", "Президент подписал закон о бюджете на новый год"),
        ("ru", "город"),
        ("en", "The president has signed a new law on the budget"),
        ("ky", "Кыргызстандын президенти жаңы мыйзамга кол койду"),
        ("uz", "O‘zbekiston Prezidenti yangi qonunni imzoladi"),
        ("uz", "Ўзбекистон Президенти янги қонунни имзолади"),
        ("tr", "Türkiye Cumhurbaşkanı yeni yasayı imzaladı"),
        ("uk", "Президент України підписав закон про бюджет"),
        ("de", "Der Präsident unterzeichnet das neue Gesetz"),
        ("fr", "Le président a signé la nouvelle loi"),
        ("ar", "وقع الرئيس القانون الجديد في البلاد"),
        ("fa", "رئیس جمهور قانون جدید را امضا کرد"),
        ("zh", "国家主席签署新法"),
        ("ja", "大統領が新しい法律に署名した"),
        ("ko", "대통령이 새 법에 서명했다"),
        ("other", "Prezydent podpisał nową ustawę"),
        ("other", "12345 %"),
    ],
)
def test_language(code, text):
    assert detect_language(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "балалардың он төрт пайызы",
        "аз уақытта аянышты халге",
        "жүзеге асырылып жатыр",
        "жерінен тауып алыпты",
    ],
)
def test_a_letter_foreign_to_a_language_counts_against_it(text):
    assert detect_language(text).code == "kk"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("Turkmen", "Çagalar mekdebe gidýärler we žurnal okaýarlar"),
        ("Tatar", "Xalıq öçen bik möhim xäbär, uquçılar çaqıruı"),
        ("Estonian", "Žürii tähtsad liikmed külastasid näitust"),
    ],
)
def test_text_with_letters_that_no_kazakh_alphabet_has_is_not_kazakh(language, text):
    """Its other letters, as ä, ö, ü or ı, are those of the Kazakh alphabet of 2021."""
    assert detect_language(text).code != "kk"
    assert detect_language(f"{text}. {text.upper()}").code != "kk"


@pytest.mark.parametrize(
    "script",
    ["Cyrl", "Latn", "Latn-2018", "Latn-2017", "Latn-2019", "Latn-2007", "Arab"],
)
def test_kazakh_is_known_in_all_its_scripts(script):
    text = convert(KAZAKH, script)
    assert detect_language(text).code == "kk"
    assert detect_script(text).code == script


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("Latn", "The president signed"),
        ("Hani", "国家主席"),
        ("Jpan", "新しい法律"),
        ("Zyyy", "2025"),
    ],
)
def test_script(code, text):
    assert detect_script(text).code == code


def test_more_text_gives_more_confidence():
    word, sentence = detect_language("заң"), detect_language(KAZAKH)
    assert word.code == sentence.code == "kk"
    assert word.confidence < sentence.confidence


def test_news_is_recognised(shared):
    text = (shared / "data/kazakh/news-sentences.txt").read_text("utf-8")
    sentences = [line for line in text.splitlines() if len(line.split()) > 3][:1000]
    kazakh = sum(detect_language(sentence).code == "kk" for sentence in sentences)
    assert kazakh >= 0.98 * len(sentences)
