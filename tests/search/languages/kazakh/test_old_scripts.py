"""Texts in the orthographies of 1912 to 1957 are read as those of today."""

import re

import pytest

from search.languages import analyse, detect_language, detect_script
from search.languages.kazakh.scripts import OLD_SCRIPTS, convert, fold
from search.languages.kazakh.transliteration.latin_alphabets import alphabet_of
from search.languages.kazakh.transliteration.words import read, script_of, write

TEXT = (
    "Қазақстан Республикасының үкіметі жаңа заң жобасын талқылады. Мұғалімдер мен "
    "оқушылар ауылда жиналды, партия кеңесі өтті."
)
OLD_LATIN = ("Latn-1929", "Latn-1938")

WORDS_1929 = {
    "çaꞑalьq": "жаңалық",
    "qazaqtьꞑ": "қазақтың",
    "çazuv": "жазу",
    "kelyv": "келу",
    "avьlƣa": "ауылға",
    "qьjьn": "қиын",
    "bijik": "биік",
    "sьjaqtь": "сияқты",
    "əkimdik": "әкімдік",
    "kɵceniꞑ": "көшенің",
    "çyrek": "жүрек",
    "Bajtursьnulь": "Байтұрсынұлы",
    "qojuv": "қою",
    "zijan": "зиян",
    "accь": "ащы",
}
WORDS_1938 = {
    "oqucьlar": "оқушылар",
    "tūrmьs": "тұрмыс",
    "çūmьscь": "жұмысшы",
    "uaqьt": "уақыт",
    "suьq": "суық",
    "fabrika": "фабрика",
    "xalьq": "халық",
    "çer": "жер",
}


@pytest.mark.parametrize(("written", "today"), WORDS_1929.items())
def test_a_word_of_1929_is_read_by_its_rules(written, today):
    assert convert(written, "Cyrl", source="Latn-1929") == today
    assert read(written, "Latn-1929") == today


@pytest.mark.parametrize(("written", "today"), WORDS_1938.items())
def test_a_word_of_1938_is_read_by_its_rules(written, today):
    assert convert(written, "Cyrl", source="Latn-1938") == today


@pytest.mark.parametrize(
    ("written", "today"),
    [
        ("institut", "институт"),
        ("Lenin", "Ленин"),
        ("cempijon", "чемпион"),
        ("zavod", "завод"),
        ("vagon", "вагон"),
    ],
)
def test_letters_that_a_loan_leaves_open_are_those_of_the_lexicon(written, today):
    assert read(written, "Latn-1929") == today


@pytest.mark.parametrize("written", ["Bajtasov", "Bajtasovtьꞑ", "Isekecev", "Abajev"])
def test_the_end_of_a_surname_is_no_glide(written):
    assert "в" in read(written, "Latn-1929")


@pytest.mark.parametrize("script", OLD_LATIN)
def test_text_comes_back_from_an_old_alphabet(script):
    written = convert(TEXT, script)
    assert written != TEXT
    assert convert(written, "Cyrl") == TEXT
    assert convert(written.upper().replace("ь", "Ь"), "Cyrl") == TEXT.upper()


@pytest.mark.parametrize("script", OLD_LATIN)
def test_an_old_alphabet_is_recognised_by_its_letters(script):
    text = convert(TEXT, script)
    assert alphabet_of(text) == script
    assert detect_language(text).code == "kk"
    assert detect_script(text).code == script


@pytest.mark.parametrize("script", OLD_LATIN)
def test_analysis_finds_the_same_forms_in_an_old_alphabet(script):
    today = [term[3:] for term in analyse(TEXT, "kk")]
    assert [term[3:] for term in analyse(convert(TEXT, script), "kk")] == today


@pytest.mark.parametrize("tag", ["kk-Latn-x-1929", "kk_Latn_x_1929"])
def test_a_language_tag_selects_the_orthography(tag):
    # Without the tag, nothing in the word tells that j is й.
    (term,) = analyse("jod", tag)
    assert term.exact == read("jod", "Latn-1929") == "йод"


@pytest.mark.parametrize(
    "word", ["qьzьl", "partьjja", "өkimet", "çazuvcь", "Qazaqtьꞑ", "QAZAQTЬꞐ"]
)
def test_a_word_with_ь_among_latin_letters_is_latin(word):
    assert script_of(word) == "Latn"


@pytest.mark.parametrize("word", ["кiтап", "Cот", "өкiмет", "ось", "Kaspiге", "әке"])
def test_a_cyrillic_word_with_stray_latin_letters_is_cyrillic(word):
    assert script_of(word) == "Cyrl"


@pytest.mark.parametrize("word", ["жаңа", "қызыл", "көше", "оқушы", "Әкімдік"])
def test_a_word_has_one_key_in_the_old_alphabets(word):
    for script in OLD_LATIN:
        assert fold(write(word, script)) == fold(word)


@pytest.mark.parametrize("script", OLD_LATIN)
def test_running_words_of_the_news_come_back_from_an_old_alphabet(script, shared):
    text = (shared / "data/kazakh/news-sentences.txt").read_text("utf-8").lower()
    words = re.findall("[а-яёәғқңөұүһі]+", text)[:15_000]
    right = {word: read(write(word, script), script) == word for word in set(words)}
    assert sum(right[word] for word in words) >= 0.98 * len(words)


def test_ӯ_of_1940_is_ұ_of_today():
    for written, today in {
        "тӯрмыс": "тұрмыс",
        "ӮЛТ": "ҰЛТ",
        "қӯрылыс": "құрылыс",
        "бу\u0304л": "бұл",
    }.items():
        assert convert(written, "Cyrl") == today
        assert fold(written) == fold(today)
        assert analyse(written, "kk")[0][3:] == analyse(today, "kk")[0][3:]
    assert convert("тӯрмыс", "Latn") == "tūrmys"


@pytest.mark.parametrize(
    ("written", "today"),
    [
        ("كهڭهس", "кеңес"),
        ("توراغا", "төраға"),
        ("ءتىل", "тіл"),
        ("خالىق", "халық"),
        ("وقۋشى", "оқушы"),
        ("ءۇي", "үй"),
    ],
)
def test_a_word_in_the_letters_of_baitursynuly_is_read(written, today):
    assert convert(written, "Cyrl", source="Arab-1912") == today
    assert analyse(written, "kk")[0].exact == today


@pytest.mark.parametrize("source", OLD_SCRIPTS)
def test_the_old_scripts_of_the_press_are_read(source, shared):
    table = (shared / "data/kazakh/old-scripts.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line[0] != "#"]
    words = [(written, today) for script, written, today in rows if script == source]
    assert words
    wrong = [w for w, today in words if convert(w, "Cyrl", source=source) != today]
    assert len(wrong) <= len(words) * 2 // 59
