from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from search import checks
from search.engines import choice


@pytest.mark.django_db  # on every database that the suite runs on
def test_the_database_of_this_suite_has_an_engine():
    assert checks.check_engine() == []


def test_a_database_without_an_engine_is_refused_with_a_reason(monkeypatch):
    for module in (checks, choice):
        monkeypatch.setattr(module, "connection", SimpleNamespace(vendor="oracle"))
    assert [error.id for error in checks.check_engine()] == ["search.E001"]
    with pytest.raises(ImproperlyConfigured, match="oracle"):
        choice.database_engine()


def test_every_language_of_the_site_has_an_analyser():
    assert checks.check_languages() == []


def test_a_setting_brings_a_language_its_analyser(settings):
    settings.LANGUAGES = [("qq", "Made up")]
    assert [warning.id for warning in checks.check_languages()] == ["search.W001"]
    settings.SEARCH_LANGUAGES = {"qq": "search.languages.plain"}
    apps.get_app_config("search").ready()
    assert checks.check_languages() == []


def test_a_language_without_an_analyser_is_named(settings):
    settings.LANGUAGES = [("kk", "Kazakh"), ("xx", "Unknown")]
    (warning,) = checks.check_languages()
    assert warning.id == "search.W001"
    assert "'xx'" in warning.msg
