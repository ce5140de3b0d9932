"""Kazakh words in forms, spellings and scripts of any time, found on every engine."""

import pytest

from search.query import parse
from search.ranking.spelling import corrected, corrections

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("elasticsearch")]

FORMED = {
    "f-bank": "Kaspiге жаңа басшы келді",
    "f-network": "Қала 5G-ге көшеді",
    "f-firm": "ЖШСға айыппұл салынды",
    "f-illness": "COVID-19-дан екпе алды",
    "f-five": "Ойыншылардың бесеуі жараланды",
    "f-congress": "Аграршылар съезге жиналды",
    "f-train": "Жолаушылар поезда ұйықтады",
    "f-village": "Автобус Бөрліге барады",
    "f-deputy": "Ахметованың сауалына жауап берілді",
    "f-laptop": "Менің ноутбугім бұзылды",
    "f-weaver": "Әжем кілем тоқиды",
}
FORMS = {
    "Kaspi": {"f-bank"},
    "kaspi": {"f-bank"},
    "5G": {"f-network"},
    "ЖШС": {"f-firm"},
    "жшс-ның": {"f-firm"},
    "COVID-19": {"f-illness"},
    "бес": {"f-five"},
    "съезд": {"f-congress"},
    "поезд": {"f-train"},
    "Бөрлі": {"f-village"},
    "бөрліде": {"f-village"},
    "Ахметова": {"f-deputy"},
    "ахметоваға": {"f-deputy"},
    "ноутбук": {"f-laptop"},
    "тоқу": {"f-weaver"},
}
CALLED = {
    "c-ermek": "Конкурста Ермектің күйі орындалды",
    "c-followed": "Көшке ерген ит үреді",
    "c-tolegen": "Жастар Төлегенге ескерткіш қойды",
    "c-paid": "Салық төлеген кәсіпкер",
    "c-karaganda": "Қарағандыда шахта жабылды",
    "c-looked": "Терезеден қараған қыз",
    "c-almaty": "Алматыда қар жауды",
    "c-apple": "Алма піскен шақ",
}
# With a capital, a name is nothing else. In lower case it may be another word, too.
NAMES_AND_WORDS = {
    "Ермек": {"c-ermek"},
    "Ермекке": {"c-ermek"},
    "еру": {"c-followed"},
    "ермек": {"c-ermek", "c-followed"},
    "Төлеген": {"c-tolegen"},
    "төлеу": {"c-paid"},
    "төлеген": {"c-tolegen", "c-paid"},
    "tolegen": {"c-tolegen", "c-paid"},
    "Қарағанды": {"c-karaganda"},
    "Karaganda": {"c-karaganda"},
    "қарау": {"c-looked"},
    "Алматы": {"c-almaty"},
    "алматыда": {"c-almaty"},
    "алма": {"c-apple"},
}
OLD = {
    "o-1929": "Qazaqtьꞑ çaꞑa mektebi açьldь",
    "o-1938": "Qazaqtьꞑ eꞑbekcileri toj өtkizdi",
    "o-1912": "كهڭهس وكىمهتى جاريالادى",
    "o-1940": "Ӯлт театры өнерін көрсетті",
    "o-today": "Партия жиналысы бітті",
}
OLD_SCRIPTS = {
    "қазақ": {"o-1929", "o-1938"},
    "жаңа мектеп": {"o-1929"},
    "еңбекшілер": {"o-1938"},
    "кеңес": {"o-1912"},
    "ұлт": {"o-1940"},
    "Ӯлттың": {"o-1940"},
    "çaꞑa": {"o-1929", "f-bank"},
    "partьjja": {"o-today"},
}
KAZAKH = FORMED | CALLED | OLD
ARCHIVE = {key: ("kk", text) for key, text in KAZAKH.items()} | {
    f"m-{number}": ("kk", text)
    for number, text in enumerate(
        2 * ["Орталықтағы мұғалімдер", "Астананың орталығы", "Мұғалімдердің жиыны"]
    )
}
# What is typed, and the documents that the correction finds.
SLIPS = {
    "оратлығы": {"m-0", "m-1", "m-3", "m-4"},
    "мұғалімедр": {"m-0", "m-2", "m-3", "m-5"},
    "астаананың": {"m-1", "m-4"},
}


def test_a_name_brand_number_or_loan_is_found_in_all_its_forms(found):
    assert {query: found(query, "kk") for query in FORMS} == FORMS


def test_a_name_is_not_read_as_a_form_of_another_word(found):
    answers = {query: found(query, "kk") for query in NAMES_AND_WORDS}
    assert answers == NAMES_AND_WORDS


def test_texts_in_the_scripts_of_1912_to_1957_are_found_and_so_are_their_words(found):
    assert {query: found(query, "kk") for query in OLD_SCRIPTS} == OLD_SCRIPTS


def test_a_misspelt_word_is_found_or_corrected(found):
    answers = {}
    for typed in SLIPS:
        meant = corrected(typed, corrections(parse(typed), ["kk"]))
        answers[typed] = found(typed, "kk") or found(meant, "kk")
    assert answers == SLIPS
