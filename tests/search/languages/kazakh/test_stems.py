"""The words that readers search for, and the kinds that are easily got wrong."""

import pytest

from search.languages.kazakh import exact, folded, inflect, prefix, stem, stems

WORDS_THAT_MUST_WORK = {
    "қала": "қалалардың қаланың қалаларды",
    "Қызылорда": "Қызылордада",
    "өңір": "өңірлерден",
    "форум": "форумның",
    "қатысушы": "қатысушылар",
    "дамыту": "дамытуда",
    "министр": "министрінің",
    "басқару": "басқарудағы",
    "әкімдік": "әкімдігінің",
    "мектеп": "мектептеріміздегі",
    "кітап": "кітабы",
    "жүрек": "жүрегі",
    "халық": "халқы",
    "орын": "орны",
    "көрік": "көркі",
    "Тоқаев": "Тоқаевтың",
    "Алматы": "Алматыда",
    "Ұлытау": "Ұлытауға",
    "БҰҰ": "БҰҰ-ның",
}


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        (lemma, form)
        for lemma, forms in WORDS_THAT_MUST_WORK.items()
        for form in forms.split()
    ],
)
def test_a_word_that_must_work_has_its_lemma_as_first_stem(
    lemma: str, form: str
) -> None:
    assert stem(form) == exact(lemma)
    assert stem(lemma) == exact(lemma)


@pytest.mark.parametrize(
    "spelling",
    ["Qyzylorda", "Qızılorda", "Kyzylorda", "Кызылорда", "قىزىلوردا", "Qyzylordada"],
)
def test_a_town_is_found_in_every_script_and_from_a_russian_keyboard(
    spelling: str,
) -> None:
    assert "қызылорда" in stems(spelling)
    assert folded(spelling) == folded("Қызылорда")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("казір", "қазір"),
        ("Казакстанда", "қазақстан"),
        ("омир", "өмір"),
        ("укимет", "үкімет"),
        ("Кызылордадан", "қызылорда"),
    ],
)
def test_words_from_a_russian_keyboard_find_what_they_mean(
    typed: str, meant: str
) -> None:
    assert stem(typed) == meant


def test_unknown_words_are_not_read_as_misspelt_ones() -> None:
    assert stem("Миннибаевтың") == "миннибаев"
    assert stems("терминалдар") == ("терминал",)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("болу", "болды болады болмайды болған болып болатын болса болмас боп"),
        ("айту", "айтты айтпайды айтқан айтатын айтылған айтсам айтыңыз айтпақшы"),
        ("оқу", "оқиды оқыған оқып оқитындар оқыдық оқылды оқымаған"),
        ("қою", "қояды қойған қойып қоймайды қойылды"),
        ("табу", "тапты табады тауып тапқан табылатынын"),
        ("жоспарлау", "жоспарланған жоспарлап жоспарлайды жоспарланып"),
        ("қорқу", "қорқады қорықты қорыққан қорқып"),
        ("деу", "деді дейді деп деген"),
        ("жату", "жатыр жатырмын жатқан жатады"),
    ],
)
def test_all_forms_of_a_verb_share_its_dictionary_form(verb: str, forms: str) -> None:
    missed = [form for form in forms.split() if verb not in stems(form)]
    assert missed == []


def test_a_noun_and_a_verb_that_sound_alike_stay_apart() -> None:
    assert stem("бар") == "бар"
    assert stem("барды") == stem("барған") == "бару"


@pytest.mark.parametrize(
    ("pronoun", "forms"),
    [
        ("ол", "оны оның оған одан онда"),
        ("мен", "мені менің маған менде"),
        ("бұл", "мұны мұның бұған мұнда бұлардың"),
        ("біз", "бізге біздің бізден"),
    ],
)
def test_pronouns_find_their_first_form(pronoun: str, forms: str) -> None:
    assert {stem(form) for form in forms.split()} == {pronoun}


@pytest.mark.parametrize(
    "word", ["Назарбаев", "Сәтпаев", "Путин", "Алтынсарин", "Бөкейханов", "Петров"]
)
def test_surnames_are_not_split_but_their_endings_are(word: str) -> None:
    assert stem(word) == exact(word)
    assert stem(inflect(word, "genitive")) == exact(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("АҚШ-тың", "ақш"),
        ("ЖШС-нің", "жшс"),
        ("2013-те", "2013"),
        ("90%-ға", "90%"),
        ("ертең-ақ", "ертең"),
        ("құрал-жабдықтар", "құрал-жабдық"),
        ("YouTubeтің", "youtube"),
    ],
)
def test_hyphens_and_other_alphabets(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_derivations_stay_in_the_stem() -> None:
    assert stem("мемлекеттік") == "мемлекеттік"
    assert stem("мемлекеттіктің") == "мемлекеттік"
    assert prefix("мемлекеттік") == prefix("мемлекет")


def test_homoglyphs_and_case_make_no_difference() -> None:
    assert stems("кiтaбы") == stems("КІТАБЫ") == ("кітап",)


@pytest.mark.parametrize(
    "word", ["", "-", "--", "-ның", "ь", "ъъ", "а", "і", "й-й", "'"]
)
def test_scraps_of_words_give_one_stem_and_no_error(word: str) -> None:
    assert len(stems(word)) >= 1
    assert isinstance(stem(word), str)
