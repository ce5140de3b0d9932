"""The choice of a correction, given term statistics."""

import pytest

from search.index.term_statistics import PREFIX, STEM, folded
from search.models import TermStatistic
from search.query import parse
from search.ranking import spelling
from search.ranking.spelling import SpellingCorrection, corrected, corrections

pytestmark = pytest.mark.django_db


def count(locale: str = "en", kind: str = STEM, **words: int) -> None:
    """Write the number of entries with each of *words*, which are stems."""
    TermStatistic.objects.bulk_create(
        TermStatistic(
            locale=locale,
            kind=kind,
            text=word,
            folded=folded(word, locale),
            shown=word,
            entries=entries,
        )
        for word, entries in words.items()
    )


def offered(text: str, *locales: str) -> list[str]:
    found = corrections(parse(text), iter(locales or ["en"]))
    return [correction.meant for correction in found]


@pytest.mark.parametrize(
    "typed",
    [
        "volkano",  # another letter
        "vulcano",
        "volcanp",
        "volcno",  # a missing letter
        "vlcano",
        "volcan",
        "volccano",  # one too many
        "volcanox",
        "vvolcano",
        "xvolcano",
        "vlocano",  # two swapped
        "ovlcano",
        "volcaon",
    ],
)
def test_one_error_at_any_position_is_corrected(typed):
    count(volcano=5)
    assert offered(typed) == ["volcano"]


@pytest.mark.parametrize("typed", ["uolcano", "olcano", "xxvolcano"])
def test_a_first_letter_that_is_missing_or_another_is_not_guessed(typed):
    count(volcano=5)
    assert offered(typed) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hangxx", "hangar"),  # six letters, two errors
        ("hangarx", "hangar"),
        ("hangaxx", "hangar"),  # seven letters, two errors
        ("terrarxx", "terrarium"),  # eight letters, three errors
    ],
)
def test_words_of_fewer_than_eight_letters_may_have_one_error(typed, meant):
    count(hangar=5, terrarium=5)
    is_near = typed == "hangarx"
    assert offered(typed) == ([meant] if is_near else [])


@pytest.mark.parametrize(
    ("typed", "is_near"),
    [
        ("terraixm", True),  # eight letters: one is missing, one is another
        ("terrarixx", True),
        ("terrariumxx", True),
        ("terraxxx", False),
        ("terrariumxxx", False),
        ("terrari", False),  # seven letters: two are missing
        ("terrariu", True),
    ],
)
def test_words_of_eight_letters_or_more_may_have_two_errors(typed, is_near):
    count(terrarium=5)
    assert offered(typed) == (["terrarium"] if is_near else [])


def test_words_of_fewer_than_four_letters_are_left_alone():
    count(atom=5, atoms=5)
    assert offered("atm") == []
    assert offered("atmo") == ["atom"]


def test_a_word_of_one_entry_may_be_an_error_itself():
    count(volcano=1, hangar=2)
    assert offered("volkano hangra") == ["hangar"]


def test_a_word_of_one_entry_is_replaced_by_one_twenty_times_as_frequent():
    count(hanger=1, hangar=19)
    assert offered("hanger") == []
    TermStatistic.objects.filter(text="hangar").update(entries=20)
    assert offered("hanger") == ["hangar"]


def test_a_word_of_two_entries_is_right_however_frequent_another_is():
    count(hanger=2, hangar=5_000)
    assert offered("hanger") == []


def test_a_word_with_several_stems_is_as_frequent_as_the_most_frequent():
    """«government» in a Kazakh text may be an English word or Kazakh in Latin."""
    count("kk", government=1, говернмент=2, governmint=39)
    assert offered("government", "kk") == []
    TermStatistic.objects.filter(text="governmint").update(entries=40)
    TermStatistic.objects.filter(text="говернмент").update(folded="")
    assert offered("government", "kk") == ["governmint"]


def test_the_frequency_of_the_same_text_in_another_language_or_kind_is_no_matter():
    count("ru", volkano=9)
    count(volkano=1, volcano=20)
    count(kind=PREFIX, volkano=9)
    assert offered("volkano") == ["volcano"]


def test_only_stems_of_the_searched_languages_are_offered():
    count("ru", volcano=5)
    count(kind=PREFIX, volcano=5)
    assert offered("volkano") == []
    assert offered("volkano", "en", "ru") == ["volcano"]


def test_the_nearest_word_is_offered_before_more_frequent_ones():
    count(terrarium=5, terrariums=90)
    assert offered("terrarim") == ["terrarium"]
    assert offered("terrariumy") == ["terrariums"]  # as near: the more frequent


def test_ties_of_distance_and_frequency_are_decided_by_alphabet():
    count(hangar=5, hangor=5)
    assert offered("hanger") == ["hangar"]


def test_a_word_of_the_language_it_seems_to_be_in_is_offered_first():
    """«volkano» is detected as English: a Russian entry counts one error more."""
    count("ru", volkanq=50)
    count("en", volcano=5)
    for locales in (("en", "ru"), ("ru", "en")):
        assert offered("volkano", *locales) == ["volcano"]
    count("en", volcanxx=900)
    assert offered("volcanyy", "en", "ru") == ["volcanxx"]
    count("ru", volcanyx=3)
    assert offered("volcanyy", "en", "ru") == ["volcanxx"]  # two errors, or one and ru


def test_a_word_that_another_searched_language_has_is_right():
    count("ru", volkano=2)
    count(volcano=500)
    assert offered("volkano", "en", "ru") == []
    assert offered("volkano", "ru", "en") == []
    assert offered("volkano", "en") == ["volcano"]


def test_a_word_typed_in_other_letters_is_right():
    count("kk", қызғалдақ=5)
    assert offered("кызгалдак", "kk") == []


def test_the_typed_word_is_no_correction_of_itself():
    """An entry may have given it another stem, from the words around it."""
    count(volcan=5)
    TermStatistic.objects.update(shown="volcano", folded="volcano")
    assert offered("Volcano") == []
    assert offered("volkano") == ["volcano"]


def test_a_word_that_lost_too_much_as_an_ending_is_looked_up_as_typed_too():
    """«терезеде» is read as «терезе» with an ending, one letter from «терезедей»."""
    count("kk", терезедей=5)
    assert offered("терезеде", "kk") == ["терезедей"]


def test_the_stem_of_a_misspelt_form_is_looked_up():
    count("kk", вулкан=5)
    assert offered("вулканн", "kk") == ["вулкан"]
    assert offered("вулкэндардың", "kk") == ["вулкан"]


@pytest.mark.parametrize("typed", ["volkano9", "hangra-volkano", "12345678"])
def test_only_single_words_of_letters_are_corrected(typed):
    count(volcano=5, hangar=5, hangarvolcano=5, volcano9=5)
    assert offered(typed) == []


def test_a_word_with_an_ending_after_a_hyphen_is_one_word_in_its_language():
    """Elsewhere it is three terms, but the other languages are still tried."""
    count("kk", вулкан=5)
    assert offered("вулкэн-да", "ru", "kk") == ["вулкан"]
    assert offered("вулкэн-да", "ru") == []


def test_a_stem_without_a_shown_word_is_offered_itself():
    count(volcano=5)
    TermStatistic.objects.update(shown="")
    assert offered("volkano") == ["volcano"]
    TermStatistic.objects.update(shown="volcanoes")
    assert offered("volkano") == ["volcanoes"]


def test_the_most_frequent_words_are_compared_if_there_are_too_many(monkeypatch):
    count(volcano=5, vegetable=9, victory=7, orange=9)
    monkeypatch.setattr(spelling, "MAX_COMPARED", 3)
    assert offered("volkano") == ["volcano"]
    monkeypatch.setattr(spelling, "MAX_COMPARED", 2)
    assert offered("volkano") == []
    assert offered("victery") == ["victory"]


def test_the_first_words_of_a_long_query_are_looked_up():
    count(volcano=5)
    words = ["aaaa"] * (spelling.MAX_WORDS - 1)
    assert offered(" ".join([*words, "volkano"])) == ["volcano"]
    assert offered(" ".join([*words, "aaaa", "volkano"])) == []


def test_only_words_are_corrected_not_phrases_beginnings_filters_or_exclusions():
    count(volcano=5)
    text = '"volkano" volkan* place:volkano -volkano volkano'
    found = corrections(parse(text), ["en"])
    assert found == [SpellingCorrection("volkano", "volcano")]


def test_each_word_is_corrected_in_place():
    count(volcano=5, hangar=5)
    text = "a volkano (hangra OR tree)"
    assert corrected(text, corrections(parse(text), ["en"])) == (
        "a volcano (hangar OR tree)"
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("volkano", "volcano"),
        ("Volkano", "Volcano"),
        ("VOLKANO", "VOLCANO"),
        ("volKANO", "volcano"),
    ],
)
def test_a_correction_has_capitals_as_typed(typed, meant):
    count(volcano=5)
    assert offered(typed) == [meant]
