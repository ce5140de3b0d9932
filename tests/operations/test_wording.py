"""What an editor of each language expects of the interface's words."""

import re

import polib
import pytest
from django.utils.translation import override

from newsroom.archive.calendar import weekdays
from newsroom.operations.catalogues import catalogue_path

# Words that Russian dictionaries write with ё and hurried people with е.
WITHOUT_YO = re.compile(
    r"\b(ее|еще|о чем|трех|четырех|прием\w*|включен|включенн\w+|звездочк\w*|утвержден"
    r"|счет\w*|удален|удаленн\w+|сохранен|сохраненн\w+|изменен|измененн\w+|добавлен"
    r"|переведен|завершен|отменен|отчет\w*|объем\w*|возвращен|отклонен|ведет|идет|ждет"
    r"|дает|берет)\b",
    re.IGNORECASE,
)
# In Kazakh a noun after a number stays singular: 3 бет, not 3 беттер.
PLURAL_AFTER_NUMBER = re.compile(
    r"(?:%\(\w*(?:count|number|total|counter|length|limit|size)\w*\)[sd]|\d+)[ \u00a0]"
    r"\w+(?:лар|лер|дар|дер|тар|тер)\b"
)


def texts(code: str) -> list[str]:
    catalogue = polib.pofile(str(catalogue_path(code)))
    admin = catalogue_path(code).parents[2] / f"admin/{code}/LC_MESSAGES/django.po"
    entries = [*catalogue, *(polib.pofile(str(admin)) if admin.exists() else [])]
    return [
        text
        for entry in entries
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    ]


def test_kazakh_weekdays_are_abbreviated_as_calendars_do():
    with override("kk"):
        assert [str(day.short) for day in weekdays()] == [
            *("Дс", "Сс", "Ср", "Бс", "Жм", "Сб", "Жс")
        ]
        assert [str(day.name) for day in weekdays()][4] == "Жұма"


def test_kazakh_nouns_stay_singular_after_a_number():
    assert PLURAL_AFTER_NUMBER.search("%(count)s беттер")
    assert [text for text in texts("kk") if PLURAL_AFTER_NUMBER.search(text)] == []


def test_kazakh_has_one_word_for_place_and_person():
    wrong = re.compile(r"\b(жер|жерлер|адам|адамдар)\b", re.IGNORECASE)
    own = polib.pofile(str(catalogue_path("kk")))
    labels = [e for e in own if len(e.msgid.split()) <= 3]
    assert [e.msgid for e in labels if wrong.search(e.msgstr)] == []


@pytest.mark.parametrize("text", ["Ее можно", "еще нет", "включен фильтр", "о чем"])
def test_a_missing_yo_is_noticed(text):
    assert WITHOUT_YO.search(text)


def test_russian_is_written_with_yo():
    assert [text for text in texts("ru") if WITHOUT_YO.search(text)] == []


def test_russian_has_one_word_for_section():
    sections = [e for e in texts("ru") if re.search(r"\bраздел", e, re.IGNORECASE)]
    own = {e.msgstr for e in polib.pofile(str(catalogue_path("ru")))}
    assert [text for text in sections if text in own] == []
