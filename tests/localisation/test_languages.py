"""One row of newsroom.localisation.languages has all the facts about a language."""

import polib
import pytest
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import formats

from newsroom.localisation import languages
from newsroom.localisation.catalogues import (
    catalogue_path,
    plural_forms,
    update_catalogue,
)
from newsroom.localisation.checks import check_languages
from newsroom.localisation.interface import interface_language
from newsroom.localisation.languages import MESSAGE_LANGUAGE, SiteLanguage, language
from newsroom.search_analytics.privacy import looks_personal
from newsroom.translation.checks.dates import take_days
from newsroom.translation.checks.marks import check_quotes
from newsroom.translation.checks.numbers import numbers
from newsroom.translation.exchange.languages import language_of
from search.query import Dates, Or, parse
from search.query.fields import date_filter_names, names_of
from search.query.text import written
from search.site_languages import site_languages
from tests.localisation.made_up import CODE, ROW, registered, site_with

CODES = site_languages()


@pytest.mark.parametrize("code", CODES)
def test_every_language_of_the_site_has_a_whole_row(code):
    row = language(code)
    assert languages.has_row(code)
    assert all((row.own_name, row.alpha_3, row.quotes, row.biblatex_name, row.fonts))
    assert len(row.months) == 12
    for name in row.fonts:
        assert (settings.BASE_DIR / f"static/fonts/{name}.woff2").exists()


@pytest.mark.parametrize("code", CODES)
def test_dates_and_numbers_are_shown_with_the_marks_of_the_row(code):
    shown = formats.get_format("DECIMAL_SEPARATOR", lang=code, use_l10n=True)
    grouped = formats.get_format("THOUSAND_SEPARATOR", lang=code, use_l10n=True)
    assert (shown, grouped) == (language(code).decimal_mark, language(code).group_mark)


def test_a_row_is_enough_for_every_check_and_conversion():
    with registered(ROW):
        [found] = check_quotes("«a»", "«a»", CODE)
        assert found.code == "quotes-foreign"
        assert take_days("8 zumoc 2025", CODE)[0] == {(8, 3): 1}
        assert [str(one) for one in numbers("1,234.5", CODE)] == ["1234.5"]
        assert language_of("qaa-Latn") == "qaa"
        assert LANG_INFO[CODE]["name_local"] == "Zuzuca"
    assert CODE not in LANG_INFO


def test_query_words_of_a_row_parse_and_are_written():
    with registered(ROW):
        tree = parse("zua ZUOR zub").tree
        assert isinstance(tree, Or)
        assert written(tree, CODE) == "zua ZUOR zub"
        assert isinstance(parse("zubefore:2024").tree, Dates)
        assert written(parse("zuperson:zua").tree, CODE) == 'zuperson:"zua"'
        assert names_of("person")[CODE] == ("zuperson",)
        # A field without a name in this language is written by its own.
        assert written(parse("place:zua").tree, CODE) == 'place:"zua"'
    assert not isinstance(parse("zua ZUOR zub").tree, Or)


@pytest.mark.parametrize(
    "words",
    [
        {"operators": {"or": "НЕ"}},
        {"operators": {"xor": "ZU"}},
        {"operators": {"or": "zu"}},
        {"filters": {"after": ("до",)}},
        {"filters": {"after": ("Zu",)}},
        {"names": ("русский",)},
    ],
)
def test_query_words_with_two_meanings_are_refused_and_change_nothing(words):
    row = SiteLanguage(
        code=CODE,
        name="Made up",
        own_name="Zu",
        query_words=type(ROW.query_words)(**words),
    )
    with pytest.raises(ValueError, match=r"\w"):
        languages.add(row)
    assert not languages.has_row(CODE)
    assert isinstance(parse("a ИЛИ b").tree, Or)


def test_a_date_filter_in_any_language_is_no_personal_number():
    with registered(ROW):
        names = date_filter_names()
        assert {"year", "before", "after", "жыл", "до", "zubefore"} <= names
        for name in names:
            assert not looks_personal(f"{name}:2025-07-01"), name
            assert looks_personal(f"x{name}:2025-07-01"), name
    assert looks_personal("zubefore:2025-07-01")


def test_a_language_without_a_row_is_refused_with_what_to_add():
    with override_settings(LANGUAGES=[*settings.LANGUAGES, (CODE, "Made up")]):
        [error] = check_languages()
    assert error.id == "localisation.E001"
    assert "localisation.languages" in error.msg
    assert language(CODE).own_name == CODE


def test_a_language_without_any_catalogue_is_refused():
    with registered(ROW):
        named = [*settings.LANGUAGES, (CODE, "Made up")]
        with override_settings(LANGUAGES=named):
            [error] = check_languages()
        assert error.id == "localisation.E003"
        assert "update_catalogues" in error.hint
        with override_settings(WAGTAIL_CONTENT_LANGUAGES=named):
            [error] = check_languages()
        assert error.id == "localisation.E002"


def test_missing_catalogues_are_made_and_compiled(tmp_path):
    with site_with(ROW, tmp_path):
        assert catalogue_path(CODE).exists()
        assert (tmp_path / f"locale/admin/{CODE}/LC_MESSAGES/django.po").exists()
        [warning] = check_languages()
        assert warning.id == "localisation.W001"
        assert interface_language(CODE) == settings.LANGUAGE_CODE
        with pytest.raises(CommandError, match="qaa: not translated"):
            call_command("update_catalogues", check=True)
        call_command("update_catalogues", verbosity=0)  # a second time changes nothing


def test_a_catalogue_that_is_not_compiled_is_reported_as_that(tmp_path):
    with site_with(ROW, tmp_path):
        catalogue_path("ru").with_suffix(".mo").unlink()
        found = [warning for warning in check_languages() if "'ru'" in warning.msg]
        assert [warning.id for warning in found] == ["localisation.W002"]
        assert "compile_catalogues" in found[0].hint


def test_a_catalogue_that_does_not_exist_is_reported_not_made(tmp_path):
    named = [*settings.LANGUAGES, (CODE, "Made up")]
    with registered(ROW), override_settings(LANGUAGES=named):
        with pytest.raises(CommandError, match="qaa: no catalogue"):
            call_command("update_catalogues", check=True)
        assert not catalogue_path(CODE).exists()


def test_catalogues_have_the_plural_forms_of_their_language(tmp_path):
    with override_settings(LOCALE_PATHS=[tmp_path, tmp_path / "admin"]):
        for code, forms in (("uk", 3), ("ja", 1), (CODE, 2), ("zh-hans", 1)):
            update_catalogue(code, {(None, "%(n)s page", "%(n)s pages"): []})
            catalogue = polib.pofile(str(catalogue_path(code)))
            assert plural_forms(catalogue) == forms
            assert len(catalogue[0].msgstr_plural) == forms


@pytest.mark.parametrize("code", CODES)
def test_languages_with_a_catalogue_speak_it(code):
    assert interface_language(code) == code
    assert interface_language(MESSAGE_LANGUAGE) == MESSAGE_LANGUAGE
