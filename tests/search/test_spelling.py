"""Did you mean: from the archive's own words."""

import pytest

from search.index.documents import Value
from search.query import parse
from search.ranking.spelling import corrected, corrections
from tests.search.records import put, record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive():
    put(
        *(record(f"k{n}", "Қызылордада әкімдіктің жиналысы өтті") for n in range(4)),
        *(record(f"r{n}", "Заседание акимата в Кызылорде", "ru") for n in range(4)),
        *(record(f"e{n}", "The government meets in Kyzylorda", "en") for n in range(4)),
    )


def meant(text: str) -> str:
    return corrected(text, corrections(parse(text), ["kk", "ru", "en"]))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Қызылрода", "Қызылорда"),
        ("Қызылордо", "Қызылорда"),
        ("жиналыц", "жиналыс"),
        ("әкімдйк", "әкімдік"),
        ("жиналдыс өтті", "жиналыс өтті"),
        ("зоседание", "заседание"),
        ("goverment", "government"),
        ("gevernment", "government"),
    ],
)
def test_a_slip_is_offered_its_word(typed, expected):
    assert meant(typed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Қызылордадағы",  # an unused form of an indexed word
        "Qyzylorda",  # another script
        "Кызылорда",
        "акимат",
        "governments",
        "динозавр",  # nothing is close
        "су",  # too short to tell
        '"Қызылрода"',  # as it is written
        "123456",
        "",
    ],
)
def test_correct_words_and_words_like_no_other_get_no_correction(text):
    assert meant(text) == text


def test_an_existing_word_is_corrected_only_to_a_far_more_frequent_one():
    put(record("rare", "Жиналық туралы"))
    assert meant("жиналық") == "жиналық"
    put(*(record(f"m{n}", "Жиналыс болды") for n in range(40)))
    assert meant("жиналық") == "жиналыс"


def test_a_name_is_offered_however_rare_it_is():
    person = Value("person", "n", {"kk": "Ерлан Нысанбаев", "en": "Yerlan Nysanbaev"})
    put(record("one", "Хабар", values=(person,)))
    assert meant("Нысанбаеф") == "Нысанбаев"
    assert meant("Nysanbaef") == "Nysanbaev"
    assert meant("нысанбаев") == "нысанбаев"
