"""Conversion between the scripts of Kazakh, and the key that they share."""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.languages import analyse
from search.languages.kazakh import places
from search.languages.kazakh.scripts import SCRIPTS, convert, convert_pieces, fold
from search.languages.kazakh.transliteration.latin_alphabets import alphabet_of
from search.languages.kazakh.transliteration.letters import ALPHABETS
from search.languages.kazakh.transliteration.words import read
from tests.search.languages.strategies import any_text

OTHER_SCRIPTS = [script for script in SCRIPTS if script != "Cyrl"]

TWENTY_LARGEST = places.TOWNS.split()[:20]
REGIONS = places.REGIONS.split()

TEXT = (
    "Қазақстан Республикасының Президенті Қ.Тоқаев Үкімет мәжілісінде: «Экономика мен "
    "ғылым туралы айттық, әкімдер де келді», — деді. Шымкентте өмір сүретін мұғалімдер "
    "БҰҰ-ның 5-ші кітаптарын, объектінің жобасын, сәуірде жаңғыртылған заңды оқыды; "
    "ҚазМұнайГаз бен Google ше? Толығырақ: https://gov.kz/kk?a=1,2 және 3,5 пайыз."
)


@settings(deadline=None)
@given(any_text, st.sampled_from(SCRIPTS))
def test_any_text_can_be_converted(text, script):
    assert isinstance(convert(text, script), str)


@settings(deadline=None)
@given(any_text)
def test_a_key_is_its_own_key(text):
    assert fold(fold(text)) == fold(text)


def test_an_unknown_script_is_named():
    with pytest.raises(ValueError, match="'Grek' is not a script of Kazakh"):
        convert("қала", "Grek")


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("Latn", "Şymkentte ömır süretın ūly jañğyru, ğylym men äkımdık, İağni iür."),
        (
            "Latn-2018",
            "Shymkentte ómir súretin uly jańǵyrý, ǵylym men ákimdik, Iaǵnı ıúr.",
        ),
        ("Arab", "شىمكەنتتە ٴومىر سۇرەتىن ۇلى جاڭعىرۋ، عىلىم مەن اكىمدىك، ياعني ٴيۇر."),
    ],
)
def test_spellings(script, expected):
    text = "Шымкентте өмір сүретін ұлы жаңғыру, ғылым мен әкімдік, Яғни иүр."
    assert convert(text, script) == expected


@pytest.mark.parametrize(
    ("cyrillic", "latin", "latin_2018", "arabic"),
    [
        pytest.param("щётка", "şşiotka", "shıotka", "ششيوتكا", id="щ_ё"),
        pytest.param("цирк", "tsirk", "tsırk", "تسيرك", id="ц"),
        pytest.param("объект", "obekt", "obekt", "وبەكت", id="ъ"),
        pytest.param("фильм", "film", "fılm", "فيلم", id="ь"),
        pytest.param("эфир", "efir", "efır", "ەفير", id="э"),
        pytest.param("аю", "aiu", "aıý", "ايۋ", id="ю"),
        pytest.param("Ия", "İia", "Iıa", "ييا", id="capital_и"),
        pytest.param("ЯОК", "İAOK", "IAOK", "ياوك", id="digraph_in_capitals"),
        pytest.param("БҰҰ", "BŪŪ", "BUU", "بۇۇ", id="acronym"),
        pytest.param("өзен", "özen", "ózen", "وزەن", id="е_makes_hamza_needless"),
        pytest.param("ән", "än", "án", "\u0674ان", id="hamza"),
        pytest.param("мұғалім", "mūğalım", "muǵalim", "مۇعالىم", id="mixed_series"),
        pytest.param("ХХІ", "XXI", "XXI", "XXI", id="roman_numeral"),
        pytest.param("кiтап", "kıtap", "kitap", "كىتاپ", id="homoglyph"),
    ],
)
def test_words_by_rule(cyrillic, latin, latin_2018, arabic):
    assert convert(cyrillic, "Latn") == latin
    assert convert(cyrillic, "Latn-2018") == latin_2018
    assert convert(cyrillic, "Arab") == arabic


@pytest.mark.parametrize("script", [s for s in OTHER_SCRIPTS if s != "Arab"])
def test_latin_text_comes_back(script):
    assert convert(convert(TEXT, script), "Cyrl") == TEXT


def test_arabic_text_comes_back_without_its_capitals():
    back = convert(convert(TEXT, "Arab"), "Cyrl")
    assert back == TEXT.lower().replace("google", "Google")


@pytest.mark.parametrize("script", OTHER_SCRIPTS)
def test_analysis_finds_the_same_forms_in_every_script(script):
    cyrillic = [term[3:] for term in analyse(TEXT, "kk")]
    assert [term[3:] for term in analyse(convert(TEXT, script), "kk")] == cyrillic


def test_a_script_of_its_own_is_left_alone():
    assert convert("Qyzylorda qalasy", "Latn") == "Qyzylorda qalasy"
    assert convert("Қызылорда", "Cyrl") == "Қызылорда"


@pytest.mark.parametrize(
    "word", ["Facebook", "WhatsApp", "Google", "XXI", "info@gov.kz"]
)
def test_foreign_words_in_latin_text_stay(word):
    assert convert(f"Qazaqstandağy {word} jañalyğy", "Cyrl") == (
        f"Қазақстандағы {word} жаңалығы"
    )


@pytest.mark.parametrize(
    ("alphabet", "text"),
    [(name, convert(TEXT, name)) for name in ALPHABETS if name != "Arab"],
)
def test_a_latin_alphabet_is_recognised(alphabet, text):
    assert alphabet_of(text) == alphabet


@pytest.mark.parametrize(
    "word",
    ["Qyzylorda", "Qızılorda", "Kyzylorda", "Кызылорда", "قىزىلوردا"],
)
def test_all_spellings_of_qyzylorda_have_its_key(word):
    assert fold(word) == fold("Қызылорда") == "kizilorda"


@pytest.mark.parametrize(
    ("one", "other"),
    [("болды", "болған"), ("қала", "көл"), ("ас", "аш"), ("тау", "той")],
)
def test_different_words_have_different_keys(one, other):
    assert fold(one) != fold(other)


def columns(shared):
    table = (shared / "data/kazakh/scripts.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line[0] != "#"]
    for index, name in enumerate(rows[0]):
        yield name, {row[0]: row[index].replace("-", "").split("|") for row in rows[1:]}


@pytest.mark.parametrize("name", [*TWENTY_LARGEST, *REGIONS])
def test_a_place_has_one_key_in_all_spellings(name, shared):
    for column, letters in columns(shared):
        choices = [letters[letter] for letter in name.lower()]
        for spelling in map("".join, product(*choices)):
            assert fold(spelling) == fold(name), f"{spelling} in {column}"


@pytest.mark.parametrize("script", OTHER_SCRIPTS)
def test_running_words_of_the_news_come_back(script, shared):
    text = (shared / "data/kazakh/news-sentences.txt").read_text("utf-8").lower()
    words = re.findall("[а-яёәғқңөұүһі]+", text)
    spellings = {word: convert(word, script) for word in set(words)}
    # The rest of a sentence tells a reader, and `convert`, which alphabet it is in.
    alphabet = None if script == "Arab" else script
    back = {
        word: read(spelling, alphabet) or spelling
        for word, spelling in spellings.items()
    }
    exact = sum(back[word] == word for word in words)
    assert exact >= 0.99 * len(words)


@pytest.mark.parametrize("script", OTHER_SCRIPTS)
def test_text_that_markup_cuts_is_written_as_if_it_were_whole(script):
    text = "Шымкентте ӨМІРШЕҢ, Щучинсктің мұғалімдері; Әкімдіктің үйі – ЮНЕСКО-ның."
    whole = convert(text, script, source="Cyrl")
    for cut in range(len(text) + 1):
        for second in (cut, min(cut + 2, len(text))):
            pieces = [text[:cut], text[cut:second], text[second:]]
            written = convert_pieces(pieces, script)
            assert len(written) == len(pieces)
            assert "".join(written) == whole


def test_the_script_of_a_short_text_can_be_given():
    assert convert("Microsoft Windows жүйесі", "Latn", source="Cyrl") == (
        "Microsoft Windows jüiesı"
    )
    assert convert("YouTubeтің", "Arab", source="Cyrl") == "YouTubeٴتىڭ"


@pytest.mark.parametrize("word", ["кооператив", "зертхана", "Зертханадан"])
def test_kazakh_words_with_pairs_that_look_foreign_come_back(word):
    assert read(convert(word, "Latn"), "Latn") == word
