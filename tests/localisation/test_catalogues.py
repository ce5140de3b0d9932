import json
from pathlib import Path

import polib
import pytest
from django.utils import formats, translation

from newsroom.localisation.admin_catalogues import (
    admin_catalogue_path,
    admin_faults,
    entry_faults,
)
from newsroom.localisation.catalogues import (
    catalogue_path,
    compile_catalogues,
    faults_of,
    gather_messages,
)
from search.site_languages import site_languages

CODES = site_languages()


@pytest.fixture(scope="module")
def messages():
    return gather_messages()


@pytest.mark.parametrize("code", CODES)
def test_every_string_is_translated(code, messages):
    assert len(messages) > 80
    assert faults_of(code, messages) == []


@pytest.mark.parametrize("code", CODES)
def test_placeholders_are_the_same_in_every_language(code):
    for entry in polib.pofile(str(catalogue_path(code))):
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        placeholders = sorted(_placeholders(entry.msgid_plural or entry.msgid))
        for text in texts:
            # A singular may leave the number out: «One article».
            assert set(_placeholders(text)) <= set(placeholders), entry.msgid
        assert sorted(_placeholders(list(texts)[-1])) == placeholders


def _placeholders(text: str) -> list[str]:
    return [part.split(")")[0] for part in text.split("%(")[1:]]


def test_a_missing_string_is_reported(messages):
    extra = {**messages, (None, "Never written", None): [("x.py", 1)]}
    assert faults_of("kk", extra) == ["kk: missing: 'Never written'"]


def test_compiling_twice_compiles_once():
    compile_catalogues()
    assert compile_catalogues() == 0
    assert Path(catalogue_path("kk")).with_suffix(".mo").exists()


@pytest.mark.parametrize(
    ("code", "date"),
    [
        ("kk", "2025 жылғы 8 шілде"),
        ("ru", "8 июля 2025 года"),
        ("en", "8 July 2025"),
    ],
)
def test_dates_are_written_as_people_write_them(code, date):
    from datetime import date as day

    with translation.override(code):
        assert formats.date_format(day(2025, 7, 8)) == date


@pytest.mark.parametrize("code", CODES)
def test_a_short_moment_begins_with_the_day(code):
    from datetime import datetime

    moment = datetime(2025, 7, 8, 19, 5)
    with translation.override(code):
        short = formats.date_format(moment, "SHORT_DATETIME_FORMAT")
    assert short.replace("/", ".") == "08.07.2025 19:05"


@pytest.mark.parametrize("code", CODES)
def test_every_string_of_the_admin_is_translated(code):
    assert admin_faults(code) == []


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("", "not translated"),
        ("Бет", "other placeholders than the message"),
        ("<b>%(name)s</b> беті", "other tags than the message"),
        (" %(name)s беті", "other blanks at its ends than the message"),
    ],
)
def test_a_faulty_translation_of_the_admin_is_reported(translation, fault):
    entry = polib.POEntry(msgid="Page %(name)s", msgstr=translation)
    assert list(entry_faults(entry, forms=2)) == [fault]


def test_a_missing_plural_form_is_reported():
    entry = polib.POEntry(
        msgid="1 page", msgid_plural="%(n)s pages", msgstr_plural={0: "%(n)s бет"}
    )
    assert list(entry_faults(entry, forms=2)) == ["1 plural forms instead of 2"]


def test_a_package_without_a_kazakh_catalogue_is_reported(settings, tmp_path):
    settings.LOCALE_PATHS = [settings.LOCALE_PATHS[0], tmp_path]
    assert "kk: missing in django: 'Sign in to Wagtail'" in admin_faults("kk")
    assert "kk: missing in djangojs: 'Insert a block'" in admin_faults("kk")


def test_a_string_that_its_package_translates_is_reported(settings, tmp_path):
    settings.LOCALE_PATHS = [settings.LOCALE_PATHS[0], tmp_path]
    path = admin_catalogue_path("ru")
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Plural-Forms": "nplurals=4; plural=0;"}
    catalogue.append(polib.POEntry(msgid="Sign in to Wagtail", msgstr="Вход"))
    catalogue.save(str(path))
    reported = "ru: its own package translates it: 'Sign in to Wagtail'"
    assert reported in admin_faults("ru")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/admin/jsi18n/", "Insert a block"),
        ("/admin/localize/jsi18n/", "Translate"),
    ],
)
def test_the_browser_receives_the_admins_kazakh_strings(admin_client, address, message):
    script = admin_client.get(address, headers={"accept-language": "kk"}).content
    kazakh = {
        entry.msgid: entry.msgstr
        for entry in polib.pofile(str(admin_catalogue_path("kk", "djangojs")))
    }
    assert f'"{message}": {json.dumps(kazakh[message])}' in script.decode()


def test_the_login_form_names_its_fields_in_kazakh(client, db):
    page = client.get("/admin/login/", headers={"accept-language": "kk"})
    with translation.override("kk"):
        assert str(page.context["form"].fields["password"].label) == "Құпия сөз"


def test_a_catalogue_compiled_after_its_first_use_is_read_again(settings, tmp_path):
    """On a new clone, models read the default language before anything is compiled."""
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(polib.POEntry(msgid="A made-up message", msgstr="Ойдан"))
    path = tmp_path / "kk" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("kk"):
        assert translation.gettext("A made-up message") == "A made-up message"
    catalogue.save(str(path))
    assert compile_catalogues() == 1
    with translation.override("kk"):
        assert translation.gettext("A made-up message") == "Ойдан"
