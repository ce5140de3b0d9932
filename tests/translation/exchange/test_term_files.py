"""The termbase as TBX, out and in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.terms import tbx
from newsroom.translation.exchange.terms.concepts import entries_of
from newsroom.translation.models import Concept, Term
from search.index import synonyms
from tests.translation.factories import make_concept

MODERN = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc/></tbxHeader><text><body>
<conceptEntry id="c1">
<langSec xml:lang="kk"><termSec><term>тұрақты даму</term></termSec></langSec>
<langSec xml:lang="en-GB"><termSec><term>sustainable  development</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
</termSec></langSec>
<langSec xml:lang="de"><termSec><term>nachhaltige Entwicklung</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""


@pytest.fixture
def editor(log_in):
    return log_in("News editors")


def look(client, data: str | bytes):
    file = SimpleUploadedFile("a.tbx", data.encode() if isinstance(data, str) else data)
    return client.post(reverse("translation_desk:terms_import"), {"document": file})


def accept(client, response):
    return client.post(
        reverse("translation_desk:terms_import"),
        {"accepted": response.context["accepted"]},
        follow=True,
    )


def terms() -> set[tuple[str, str, str]]:
    return set(Term.objects.values_list("locale__language_code", "text", "status"))


def test_a_termbase_file_round_trip_changes_nothing(editor, locales):
    make_concept(
        {"kk": "қала құрылысы", "ru": "градостроительство", "en": "urban planning"}
    )
    Term.objects.filter(text="urban planning").update(status="deprecated", note="a < b")
    data = editor.get(reverse("translation_desk:terms_export")).content
    before = entries_of(list(Concept.objects.all()))
    response = look(editor, data)
    assert response.context["changes"] == []
    Concept.objects.all().delete()
    accept(editor, look(editor, data))
    assert entries_of(list(Concept.objects.all())) == before


def test_a_foreign_termbase_of_2019_is_shown_before_it_is_taken(editor, locales):
    response = look(editor, MODERN)
    (change,) = response.context["changes"]
    assert change.concept is None
    assert not Concept.objects.exists()
    accept(editor, response)
    assert terms() == {
        ("kk", "тұрақты даму", "proposed"),
        ("en", "sustainable development", "approved"),
    }


def test_a_concept_called_the_same_in_two_languages_is_the_same(editor, locales):
    concept = make_concept({"kk": "Тұрақты даму", "en": "sustainable development"})
    accept(editor, look(editor, MODERN))
    assert list(Concept.objects.all()) == [concept]


def test_terms_that_a_file_has_not_stay(editor, locales):
    concept = make_concept({"kk": "қала", "ru": "город"})
    data = tbx.write(entries_of([concept]))
    Term.objects.filter(text="город").update(text="городище")
    accept(editor, look(editor, data))
    assert {text for _code, text, _status in terms()} == {"қала", "город", "городище"}


def test_readers_find_by_what_came_in(
    editor, locales, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        accept(editor, look(editor, MODERN))
    rows = synonyms.Synonym.objects.values_list("text", flat=True)
    assert "sustainable development" in set(rows)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("</conceptEntry>", "", 10),
        ('<?xml version="1.0"?>', '<!DOCTYPE tbx [<!ENTITY a "b">]>', 1),
        ("тұрақты даму", "т" * 301, 5),
    ],
)
def test_invalid_term_files_are_refused_with_the_line(editor, locales, old, new, line):
    response = look(editor, MODERN.replace(old, new))
    assert str(line) in " ".join(response.context["form"].errors["document"])
    assert not Concept.objects.exists()


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(FileError):
        tbx.read(b"<html/>")


def test_those_who_may_not_change_terms_do_not_import_them(log_in, locales):
    client = log_in("Russian translators")
    assert look(client, MODERN).status_code != 200
    assert not Concept.objects.exists()


ELEMENTS = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc/></tbxHeader><text><body><conceptEntry id="c1">
<min:subjectField>Қоғам</min:subjectField>
<descripGrp><basic:definition>Анықтама</basic:definition></descripGrp>
<langSec xml:lang="kk-KZ"><basic:definition>өзге</basic:definition><termSec>
<term>қала</term><min:administrativeStatus>preferredTerm-admn-sts
</min:administrativeStatus><note>ескерту</note></termSec></langSec>
<langSec xml:lang="rus"><termSec><term>город</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus>
</termSec></langSec></conceptEntry></body></text></tbx>"""
OLD = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body><termEntry id="c1">
<descripGrp><descrip type="definition">Анықтама</descrip></descripGrp>
<descrip type="subjectField">Қоғам</descrip>
<langSet xml:lang="kk-KZ"><ntig><termGrp><term>қала</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp>
<note>ескерту</note></ntig></langSet>
<langSet xml:lang="rus"><tig><term>город</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>"""


@pytest.mark.parametrize("text", [ELEMENTS, OLD], ids=["dct", "martif"])
def test_every_dialect_of_tbx_is_read_alike(text):
    (entry,) = tbx.read(text.encode())
    assert (entry.key, entry.note, entry.subject_field) == ("c1", "Анықтама", "Қоғам")
    assert [(t.language, t.text, t.status, t.note) for t in entry.terms] == [
        ("kk", "қала", "approved", "ескерту"),
        ("ru", "город", "deprecated", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_termbase_in_another_encoding_is_read(encoding):
    text = OLD.replace('"1.0"', f'"1.0" encoding="{encoding[:6].strip("-")}"')
    data = text.replace("utf-8", "UTF-8").replace("\n", "\r\n").encode(encoding)
    (entry,) = tbx.read(data)
    assert [term.text for term in entry.terms] == ["қала", "город"]
