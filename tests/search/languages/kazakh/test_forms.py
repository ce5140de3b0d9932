"""Forms of names, brands, numbers, acronyms and loans have the stem of their base."""

import pytest

from search.languages import analyse
from search.languages.homoglyphs import unify
from search.languages.kazakh import inflect, stems

FORMS = {
    "a collective numeral": {"үшеуі": "үш", "алтауыңыз": "алты", "жетеумізге": "жеті"},
    "an approximate numeral": {"ондаған": "он", "миллиондаған": "миллион"},
    "the ordinal of twenty": {"жиырмасыншыдан": "жиырма", "отызыншы": "отыз"},
    "a second passive": {"қолданылынды": "қолдану", "істелінген": "істеу"},
    "a causative": {"айтқызды": "айту", "күлдірді": "күлу", "барғызбады": "бару"},
    "a causative of a causative": {"жасаттырды": "жасау"},
    "a negated passive": {"көрсетілмеген": "көрсету", "сатылмады": "сату"},
    "an entreaty": {"барайыншы": "бару", "келейікші": "келу", "жазсаңшы": "жазу"},
    "a root in ы or і": {"шоқиды": "шоқу", "тоқып": "тоқу", "бекиді": "беку"},
    "a surname": {"Есенованың": "Есенова", "Сәрсенбаеваға": "Сәрсенбаева"},
    "possession by a surname": {"Оспановтікі": "Оспанов"},
    "a patronymic": {"Сәбитұлына": "Сәбитұлы", "Қуатқызын": "Қуатқызы"},
    "a loan in зд": {"подъезге": "подъезд", "съезіміз": "съезд", "поездан": "поезд"},
    "a loan in a double letter": {"класқа": "класс", "процесі": "процесс"},
    "a loan that takes і": {"пунктіге": "пункт", "дискісін": "диск"},
    "a loan in к": {"фейсбугім": "фейсбук"},
}


@pytest.mark.parametrize("forms", FORMS.values(), ids=FORMS)
def test_a_form_has_the_stem_of_its_base(forms):
    missed = {
        form: (stems(form), stems(base))
        for form, base in forms.items()
        if not set(stems(form)) & set(stems(base))
    }
    assert not missed


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("ҚХРға", "ҚХР"),
        ("АЭСтің", "АЭС"),
        ("ҚазҰТУдың", "ҚазҰТУ"),
        ("OLXтан", "OLX"),
        ("Kaspiге", "Kaspi"),
        ("TikTokта", "TikTok"),
        ("Halyk-тың", "Halyk"),
        ("5G-ге", "5G"),
        ("GPT-4-тің", "GPT-4"),
        ("Booking.com-да", "Booking.com"),
        ("5-інші", "5"),
        ("1916-ыншыдан", "1916"),
        ("XXI-нші", "XXI"),
    ],
)
def test_an_ending_is_no_part_of_a_brand_an_acronym_or_a_number(written, base):
    found = {stem for term in analyse(written, "kk") for stem in term.stems}
    assert found & {stem for term in analyse(base, "kk") for stem in term.stems}


def test_a_capital_inside_a_word_is_no_acronym():
    assert stems("ЖАҢАда") == ("жаңа",)
    assert stems("ЖаңАлық") == stems("жаңалық")


@pytest.mark.parametrize("word", ["ахметова", "александра", "назарбаеваны"])
def test_no_verb_ends_like_a_surname(word):
    assert not any(stem.endswith("у") for stem in stems(word))


def test_a_root_is_voiced_before_a_vowel():
    assert stems("шығу") == ("шығу",)
    assert "тоғу" not in stems("тоқу")


def test_generation_makes_the_new_forms():
    assert inflect("бар", "causative", "past", part_of_speech="verb") == "бардырды"
    assert inflect("көр", "let me", "pray", part_of_speech="verb") == "көрейінші"


@pytest.mark.parametrize("word", ["Kaspiге", "TikTokта", "Samsungтың", "HPға"])
def test_a_latin_word_with_a_cyrillic_ending_stays_latin(word):
    assert unify(word) == word


@pytest.mark.parametrize(
    ("typed", "meant"), [("Cот", "Сот"), ("кiтап", "кітап"), ("Googlе", "Google")]
)
def test_a_letter_of_another_alphabet_is_corrected(typed, meant):
    assert unify(typed) == meant


def test_latin_s_and_j_are_not_replaced_by_macedonian_letters():
    # Not ѕүт and јеңіс, with letters of Macedonian.
    assert unify("sүт") == "sүт"
    assert unify("jеңіс") == "jеңіс"


def test_the_forms_of_the_shared_list_meet_their_base(shared):
    table = (shared / "data/kazakh/forms.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t")[:2] for line in table if not line.startswith("#")]

    def met(form: str, base: str) -> bool:
        found = [
            {stem for term in analyse(text, "kk") for stem in term.stems}
            for text in (form, base)
        ]
        return bool(found[0] & found[1])

    assert sum(met(form, base) for form, base in rows) >= 0.97 * len(rows)
