"""Queries find texts with other spellings of numbers and letters, on every engine.

Each case has a small archive of its own words: a text of ``ARCHIVE`` is found, or not,
by a query. All are one index, so a query must also leave the other texts alone.
"""

import pytest

# All in the worker that has the node: the archive is filled once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("elasticsearch")]

# Key of the document: language and text.
ARCHIVE = {
    "crowd": ("kk", "Форумға 85 000 адам жиналды"),
    "crowd-thin": ("ru", "На форум приехали 85\u202f000 человек"),
    "crowd-comma": ("en", "The forum drew 85,000 people"),
    "few": ("kk", "Залда 85 адам отырды"),
    "budget": ("kk", "Бюджет 1 234 567,5 теңге болды"),
    "budget-english": ("en", "The budget was 1,234,567.5 tenge"),
    "road": ("ru", "Построено 12 500 км дорог"),
    "road-joined": ("ru", "Отремонтировано 12 500км трасс"),
    "telephone": ("kk", "Анықтама: +7 (7242) 40-11-22, жұмыс күндері"),
    "telephone-inland": ("ru", "Справки: 8 727 272 12 34, в будни"),
    "telephone-joined": ("en", "Call 88000807777 on weekdays"),
    "year": ("ru", "В 2025 году 100 домов"),
    "capital": ("kk", "Астанада көпір ашылды"),
    "capital-1985": ("ru", "В Целинограде открыт завод"),
    "capital-1996": ("en", "Akmola becomes the capital"),
    "capital-2020": ("ru", "Жители Нур-Султана"),
    "south": ("kk", "Алматының бағы"),
    "south-1985": ("ru", "Алма-Ата: сады"),
    "south-1985-english": ("en", "Apples of Alma-Ata"),
    "port": ("ru", "Порт города Актау"),
    "port-1985": ("ru", "Новый дом в городе Шевченко"),
    "poet": ("ru", "Стихи Шевченко"),
    "hall": ("kk", "Кітапханада жаңа зал ашылды"),
    "fire": ("kk", "Отын жаққан пеш жанады"),
    "teachers": ("kk", "Мұғалімдеріміздің мерекесі өтті"),
    "life": ("kk", "Тұрғындардың өмірі өзгерді"),
}
# Query: the documents that it finds, in all languages.
NUMBERS = {
    "85 000": {"crowd", "crowd-thin", "crowd-comma"},
    "85\u00a0000": {"crowd", "crowd-thin", "crowd-comma"},
    "85\u2009000 адам": {"crowd"},
    "85,000": {"crowd", "crowd-thin", "crowd-comma"},
    "85.000": {"crowd", "crowd-thin", "crowd-comma"},
    "85000": {"crowd", "crowd-thin", "crowd-comma"},
    '"85 000 people"': {"crowd-comma"},
    '"85,000 адам"': {"crowd"},
    "85": {"few"},
    "адам -85 000": {"few"},
    "(85 000 OR 12 500)": {
        *("crowd", "crowd-thin", "crowd-comma"),
        *("road", "road-joined"),
    },
    "1234567,5": {"budget", "budget-english"},
    "1 234 567.5": {"budget", "budget-english"},
    "1.234.567,5": {"budget", "budget-english"},
    "12500 км": {"road", "road-joined"},
    "12 500км": {"road", "road-joined"},
    "12,500 км": {"road", "road-joined"},
    "2025 100": {"year"},
}
TELEPHONES = {
    "+7 (7242) 40-11-22": {"telephone"},
    "8 (7242) 40-11-22": {"telephone"},
    "87242401122": {"telephone"},
    "+77242401122": {"telephone"},
    "40-11-22": {"telephone"},
    "40 11 22": {"telephone"},
    "401122": {"telephone"},
    "+7 727 272-12-34": {"telephone-inland"},
    "8(727)2721234": {"telephone-inland"},
    "7272721234": {"telephone-inland"},
    "2721234": {"telephone-inland"},
    "272 12 34": {"telephone-inland"},
    "8-800-080-7777": {"telephone-joined"},
    "8 800 080 77 77": {"telephone-joined"},
    "8 800 080 77 78": set(),
}
FORMER_NAMES = {
    "Астана": {"capital", "capital-1985", "capital-1996", "capital-2020"},
    "целиноград": {"capital", "capital-1985", "capital-1996", "capital-2020"},
    "Tselinograd": {"capital", "capital-1985", "capital-1996", "capital-2020"},
    "Алматы": {"south", "south-1985", "south-1985-english"},
    "Alma-Ata": {"south", "south-1985", "south-1985-english"},
    "Актау": {"port", "port-1985"},
    "город Шевченко": {"port", "port-1985"},
    "Шевченко": {"poet", "port-1985"},
    '"Астанада"': {"capital"},
}

WITHOUT_KAZAKH_LETTERS = {
    "жана зал": {"hall"},
    "китапхана": {"hall"},
    "мугалимнин": {"teachers"},
    "мерекесинде": {"teachers"},
    "омир": {"life"},
    "тургын омири": {"life"},
    "жанады": {"fire"},
}
LATIN = {
    "zhana zal": {"hall"},
    "kitapkhana": {"hall"},
    "mugalimnin": {"teachers"},
    "omir": {"life"},
    "muǵalimder": {"teachers"},
    "mūğalımder": {"teachers"},
    "mug'alimder": {"teachers"},
    "muğalimderimiz": {"teachers"},
    "turgyndar": {"life"},
    "turǵyndar": {"life"},
}


def test_a_number_is_found_however_its_digits_are_grouped(found):
    assert {query: found(query) for query in NUMBERS} == NUMBERS


def test_a_telephone_number_is_found_however_it_is_typed(found):
    assert {query: found(query) for query in TELEPHONES} == TELEPHONES


def test_a_place_is_found_by_its_former_names_and_its_name_of_today(found):
    assert {query: found(query) for query in FORMER_NAMES} == FORMER_NAMES


def test_a_word_without_kazakh_letters_finds_the_word_that_has_them(found):
    assert {
        query: found(query) for query in WITHOUT_KAZAKH_LETTERS
    } == WITHOUT_KAZAKH_LETTERS


def test_a_word_in_passport_latin_or_any_alphabet_finds_the_cyrillic_word(found):
    assert {query: found(query) for query in LATIN} == LATIN
