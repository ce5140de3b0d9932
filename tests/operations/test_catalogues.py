from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import formats, translation

from newsroom.operations.catalogues import (
    catalogue_path,
    compile_catalogues,
    faults_of,
    gather_messages,
)

CODES = [code for code, _name in settings.LANGUAGES]


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
