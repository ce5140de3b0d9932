"""Wording of the interface in each language, as an editor would write it."""

import re
from pathlib import Path

import django.conf
import django.contrib.humanize
import polib
import pytest
from bs4 import BeautifulSoup
from django.utils.translation import gettext, ngettext, override
from wagtail.admin.paginator import WagtailPaginator
from wagtail.users.models import UserProfile

from newsroom.archive.calendar import weekdays
from newsroom.articles.models import Person
from newsroom.localisation.catalogues import catalogue_path

# Words that Russian dictionaries write with ё and hurried people with е.
WITHOUT_YO = re.compile(
    r"\b(ее|еще|о чем|трех|четырех|прием\w*|включен|включенн\w+|звездочк\w*|утвержден"
    r"|счет\w*|удален|удаленн\w+|сохранен|сохраненн\w+|изменен|измененн\w+"
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
    folder = catalogue_path(code).parents[2] / f"admin/{code}/LC_MESSAGES"
    admin = [entry for path in folder.glob("*.po") for entry in polib.pofile(str(path))]
    assert admin or code == "en"
    return [
        text
        for entry in (*catalogue, *admin)
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


# Django's own catalogue: "3 жыл", "7 секунд бұрын".
@pytest.mark.parametrize("package", [django.conf, django.contrib.humanize])
def test_django_leaves_kazakh_nouns_singular_after_a_number(package):
    folder = Path(package.__file__).parent
    path = next(iter(folder.rglob("kk/LC_MESSAGES/django.po")))
    after_number = re.compile(
        r"%\(?\w*\)?[ds][ \u00a0]\w+(?:лар|лер|дар|дер|тар|тер)\b"
    )
    found = [
        text
        for entry in polib.pofile(str(path))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if after_number.search(text)
    ]
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "label"),
    [("kk", "Тұлғалар: 2"), ("ru", "Люди: 2"), ("en", "People: 2")],
)
def test_lists_count_their_rows_without_declining_a_noun(locales, code, label):
    for name in ("Абай", "Шәкәрім"):
        Person.objects.create(name=name, locale=locales["kk"])
    with override(code):
        assert WagtailPaginator(Person.objects.all(), 7).items_count_label == label


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_no_screen_puts_a_number_before_a_plural(
    admin_client, admin_user, locales, code
):
    UserProfile.objects.create(user=admin_user, preferred_language=code)
    people = [
        Person.objects.create(name=name, locale=locales["kk"]) for name in ("А", "Б")
    ]
    query = "&".join(f"id={person.pk}" for person in people)
    urls = (
        "/admin/snippets/articles/person/",
        f"/admin/bulk/articles/person/delete/?{query}&next=/admin/",
    )
    with override(code):
        plural = str(Person._meta.verbose_name_plural)
    for url in urls:
        text = BeautifulSoup(admin_client.get(url).content, "html.parser").get_text(" ")
        assert not re.search(rf"\b2\s+{plural}", text, re.IGNORECASE)
        assert re.search(plural, text, re.IGNORECASE)


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


def test_the_admin_s_russian_is_written_with_yo():
    shown = {
        "Reports": "Отчёты",
        "Draft saved": "Черновик сохранён",
        "Workflow cancelled": "Рабочий процесс отменён.",
    }
    with override("ru"):
        assert {text: gettext(text) for text in shown} == shown


def test_messages_with_model_names_are_complete_in_russian():
    with override("ru"):
        said = gettext("No %(model_name)s match your query.") % {"model_name": "статьи"}
        assert said == "По вашему запросу ничего не найдено (статьи)."
        forms = {
            ngettext(
                "This %(model_name)s is referenced %(usage_count)s time.",
                "This %(model_name)s is referenced %(usage_count)s times.",
                count,
            )
            % {"model_name": "статья", "usage_count": count}
            for count in (0, 1, 2, 5)
        }
    assert forms == {
        f"Ссылок на этот объект (статья): {count}." for count in (0, 1, 2, 5)
    }


def test_russian_has_one_word_for_section():
    sections = [e for e in texts("ru") if re.search(r"\bраздел", e, re.IGNORECASE)]
    own = {e.msgstr for e in polib.pofile(str(catalogue_path("ru")))}
    assert [text for text in sections if text in own] == []
