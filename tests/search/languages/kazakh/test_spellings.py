"""The rules that read Latin and Arabic letters, and the stems that break them."""

from collections import Counter

import pytest

from search.languages.kazakh.transliteration.arabic_letters import broad_from_arabic
from search.languages.kazakh.transliteration.reading import by_rules
from search.languages.kazakh.transliteration.spellings import (
    FILE,
    Arabic,
    Latin,
    arabic_key,
    broaden,
    listed,
)
from search.languages.kazakh.transliteration.writing import needs_hamza
from tools.kazakh import learn_spellings
from tools.kazakh.learn_spellings import ArabicLearner, LatinLearner, learn


@pytest.mark.parametrize(
    ("broad", "spelling"),
    [
        pytest.param("үиі", "үйі", id="glide"),
        pytest.param("заманауи", "заманауи", id="no_glide_after_у"),
        pytest.param("саиасат", "саясат", id="iotated_a"),
        pytest.param("ииа", "ия", id="iotated_a_after_и"),
        pytest.param("материал", "материал", id="no_iotated_a_after_a_consonant"),
        pytest.param("биуджет", "бюджет", id="iotated_u"),
        pytest.param("раион", "район", id="iotated_o"),
        pytest.param("миллион", "миллион", id="no_iotated_o_after_a_consonant"),
        pytest.param("позитсииа", "позиция", id="affricate"),
        pytest.param("жатса", "жатса", id="no_affricate_in_a_conditional"),
        pytest.param("ашшы", "ащы", id="fricative"),
        pytest.param("економика", "экономика", id="loan_e"),
    ],
)
def test_rules_read_broad_cyrillic(broad, spelling):
    assert by_rules(broad) == spelling


@pytest.mark.parametrize(
    ("letters", "hamza", "broad"),
    [
        pytest.param("ومىر", True, "өмір", id="hamza"),
        pytest.param("كىتاپ", False, "кітап", id="place"),
        pytest.param("ۇلكەن", False, "үлкен", id="clue"),
        pytest.param("مەكتەپتىڭ", False, "мектептің", id="harmony"),
        pytest.param("قالالىق", False, "қалалық", id="neighbour"),
        pytest.param("ساباقتارى", False, "сабақтары", id="otherwise_back"),
        pytest.param("توقاەۆتىڭ", False, "тоқаевтың", id="е_after_а"),
        pytest.param("سونىمەن", False, "сонымен", id="instrumental"),
    ],
)
def test_arabic_vowels_get_their_series(letters, hamza, broad):
    assert broad_from_arabic(letters, hamza=hamza) == broad


def test_rules_leave_the_known_beginning_alone():
    assert by_rules("арқа", before="сары") == "арқа"
    assert by_rules("алы", before="ми") == "алы"
    assert by_rules("сиз", before="объект") == "сиз"
    assert by_rules("иа", before="комисси") == "я"


def test_foreign_letters_are_not_read():
    assert broad_from_arabic("ظ") is None


def test_the_longest_listed_beginning_wins():
    reader = Latin(["эл", "элек", "ел."])
    assert reader.read("елекке") == "элекке"
    assert reader.read("елде") == "элде"
    assert reader.read("ел") == "ел"


def test_a_listed_stem_must_agree_with_the_hamza():
    reader = Arabic(["аб"])
    assert reader.read("ابى", hamza=False) == "абы"
    assert reader.read("ابى", hamza=True) == "әбі"


@pytest.mark.parametrize("learner", [LatinLearner, ArabicLearner])
def test_learned_entries_correct_errors_of_the_rules(learner):
    words = ["процент", "проценті", "процентке", "жатса", "айтса", "қазір", "қала"]
    counts = Counter(dict.fromkeys(words, 10))
    reader = learner.reader(learn(counts, learner))
    assert [learner.read(reader, word) for word in words] == words


def test_a_rarer_word_with_the_same_letters_does_not_displace_a_commoner_one():
    entries = learn(Counter({"ал": 100, "аль": 1}), LatinLearner)
    assert Latin(entries).read("ал") == "ал"


def test_every_listed_word_is_read_as_it_is_listed():
    body = FILE.read_text(encoding="utf-8").partition("\n\n")[2]
    latin, arabic = listed()
    for line in body.splitlines():
        letters, entry = line.split("\t")
        if not entry.endswith("."):
            continue
        word = entry[:-1]
        if letters == "latin":
            assert latin.read(broaden(word)) == word
        else:
            key = arabic_key(word)
            assert arabic.read(key, needs_hamza(word, key)) == word


def test_learning_gives_the_file_of_the_repository(tmp_path, monkeypatch):
    made = tmp_path / "spellings.tsv"
    monkeypatch.setattr("sys.argv", ["learn_spellings", "--output", str(made)])
    learn_spellings.main()
    assert made.read_text(encoding="utf-8") == FILE.read_text(encoding="utf-8")
