"""Export and import of translations as files without loss, and refused files."""

import io
import zipfile

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from wagtail_localize.models import StringTranslation

from newsroom.translation.exchange import formats as known
from newsroom.translation.exchange import gettext_po, xliff
from newsroom.translation.exchange.files import (
    Document,
    FileError,
    Unit,
    document_of,
)
from newsroom.translation.exchange.xml import FORBIDDEN
from newsroom.translation.segments import segments_of
from tests.factories import make_article
from tests.translation.articles import republish, state, submit, translate

KK, RU = "Қазақстанда «форум» өтті.", "В <b>Казахстане</b> прошёл «форум»."
XLIFF = ["1.2", "2.0"]


@pytest.fixture
def editor(log_in):
    return log_in("News editors")


def written(translation, name: str) -> bytes:
    return known.formats()[name].write(document_of(translation))


def suffix(name: str) -> str:
    return known.formats()[name].suffix


def upload(client, *files: tuple[str, bytes], **options):
    documents = [SimpleUploadedFile(name, data) for name, data in files]
    url = reverse("translation_desk:import")
    return client.post(url, {"documents": documents, **options})


def accept(client, response):
    url = reverse("translation_desk:import")
    return client.post(url, {"accepted": response.context["accepted"]}, follow=True)


def texts(translation) -> dict[str, str]:
    return {s.source: s.translation for s in segments_of(translation)}


def edited(data: bytes, name: str, changes: dict[str, str]) -> bytes:
    """Return the file as a translator's tool would write it."""
    if name == "po":
        catalogue = polib.pofile(data.decode())
        for entry in catalogue:
            entry.msgstr = changes.get(entry.msgid, entry.msgstr)
        return str(catalogue).encode()
    root = etree.fromstring(data)
    for source in root.iter("{*}source"):
        if source.text in changes:
            target = source.getparent().find("{*}target")
            if target is None:
                target = etree.Element(source.tag.replace("source", "target"))
                source.addnext(target)
            target.text = changes[source.text]
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


nasty = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]),
        st.sampled_from("ӘәҢңӨөҰұ \n\t<>&\"']]>\u00a0\u0301\u200d\u2028🇰🇿"),
    ),
    min_size=1,
    max_size=60,
)


def document(units: list[Unit]) -> Document:
    return Document("2b2a4221-789b-4982-877d-11bc664086ca", "kk", "ru", units)


def units_of(pairs: list[tuple[str, str]]) -> list[Unit]:
    return [Unit(f"{n}-{n}", *pair) for n, pair in enumerate(pairs)]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(nasty, nasty), min_size=1, max_size=4))
@example([("сөз", " ")])
@pytest.mark.parametrize("version", XLIFF)
def test_xliff_changes_no_byte(version, pairs):
    units = [
        Unit(f"{n}-{n}", source, target) for n, (source, target) in enumerate(pairs)
    ]
    try:
        data = xliff.write(document(units), version)
    except FileError:
        assert FORBIDDEN.search("".join(a + b for a, b in pairs))
        return
    back = xliff.read(data)
    assert (back.article, back.source_language, back.target_language) == (
        "2b2a4221-789b-4982-877d-11bc664086ca",
        "kk",
        "ru",
    )
    assert [(u.key, u.source, u.target) for u in back.units] == [
        (u.key, u.source, u.target) for u in units
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(nasty, nasty), min_size=1, max_size=4))
def test_po_changes_no_byte(pairs):
    units = [
        Unit(f"{n}-{n}", source, target) for n, (source, target) in enumerate(pairs)
    ]
    back = gettext_po.read(gettext_po.write(document(units)))
    assert [(u.key, u.source, u.target) for u in back.units] == [
        (u.key, u.source, u.target) for u in units
    ]


@pytest.mark.parametrize("name", ["xliff12", "xliff20", "po"])
def test_out_edited_and_in_again(editor, translation, name):
    translate(translation)
    url = reverse("translation_desk:export", args=[translation.pk, name])
    response = editor.get(url)
    assert f".{suffix(name)}" in response["Content-Disposition"]
    data = response.content
    assert data == written(translation, name)
    unchanged = upload(editor, (f"a.{suffix(name)}", data))
    assert "to change: 0, the same: 4" in unchanged.content.decode()
    assert unchanged.context["accepted"] == ""
    data = edited(data, name, {"Форум өтті.": "Форум <b>прошёл</b>."})
    looked = upload(editor, (f"a.{suffix(name)}", data))
    assert "to change: 1, the same: 3" in looked.content.decode()
    assert texts(translation)["Форум өтті."] == "[Форум өтті.]"
    response = accept(editor, looked)
    assert "1 segment has been changed." in response.content.decode()
    assert texts(translation)["Форум өтті."] == "Форум <b>прошёл</b>."
    assert texts(translation)["Бірінші сөйлем."] == "[Бірінші сөйлем.]"


def refused(editor, translation, data: bytes, name="a.xlf", **options) -> str:
    before = texts(translation)
    response = upload(editor, (name, data), **options)
    (looked,) = response.context["looked"]
    assert looked.error
    assert response.context["accepted"] == ""
    assert texts(translation) == before
    return f"{looked.line}: {looked.error}"


def test_a_broken_file_is_refused_with_its_line(editor, translation):
    data = written(translation, "xliff12")[:-20]
    line, _, reason = refused(editor, translation, data).partition(": ")
    assert int(line) >= data.count(b"\n")
    assert reason == "The file is broken."
    assert "0: " in refused(editor, translation, b"<html/>")
    po = written(translation, "po") + b'\nmsgid "a"\nnonsense\n'
    line, _, reason = refused(editor, translation, po, "a.po").partition(": ")
    assert int(line) > 10
    assert reason == "The file is broken."
    assert "UTF-8" in refused(editor, translation, b"msgid\n\xff", "a.po")
    assert "Files end with" in refused(editor, translation, b"a", "a.doc")


def test_a_file_of_another_article_or_language_is_refused(
    editor, translation, sections, locales, committed
):
    with committed():
        make_article(sections["kk"], title="Басқа")
    data = written(translation, "xliff12")
    other = data.replace(str(translation.source.object_id).encode(), b"x")
    assert "which article" in refused(editor, translation, other)
    english = data.replace(b'target-language="ru"', b'target-language="en"')
    assert "not translated here" in refused(editor, translation, english)
    english = data.replace(b'source-language="kk"', b'source-language="en"')
    assert "another language" in refused(editor, translation, english)
    unnamed = data.replace(b' target-language="ru"', b"")
    assert "which language" in refused(editor, translation, unnamed)


@pytest.mark.parametrize("name", ["xliff12", "xliff20", "po"])
@pytest.mark.parametrize("target", ["ru-RU", "ru_RU", "RUS"])
@pytest.mark.parametrize("source", ["kk-KZ", "kk-Cyrl-KZ"])
def test_a_file_with_codes_of_regions_is_of_the_language(
    editor, translation, name, source, target
):
    data = written(translation, name).decode()
    for old, new in (
        ('source-language="kk"', f'source-language="{source}"'),
        ('target-language="ru"', f'target-language="{target}"'),
        ('srcLang="kk"', f'srcLang="{source}"'),
        ('trgLang="ru"', f'trgLang="{target}"'),
        ("X-Source-Language: kk", f"X-Source-Language: {source}"),
        ('"Language: ru', f'"Language: {target}'),
    ):
        data = data.replace(old, new)
    assert target in data
    response = upload(editor, (f"a.{suffix(name)}", data.encode()))
    (looked,) = response.context["looked"]
    assert looked.error == ""
    assert looked.plan.translation == translation


def test_a_file_in_another_script_or_language_is_refused(editor, translation):
    data = written(translation, "xliff12")
    for code in ("ru-Latn", "kk", "uk", "de-RU"):
        other = data.replace(b'"ru"', f'"{code}"'.encode())
        assert "not translated here" in refused(editor, translation, other)
    latin = data.replace(b'"kk"', b'"kk-Latn"')
    assert "kk-latn" in refused(editor, translation, latin)


def test_a_file_that_is_older_than_the_source_is_refused_unless_asked_for(
    editor, translation, article, committed
):
    data = edited(
        written(translation, "xliff12"), "xliff12", {"Форум өтті.": "Прошёл."}
    )
    with committed():
        republish(article, title="Жаңа тақырып")
    reason = refused(editor, translation, data)
    assert "older than the original: 1" in reason
    assert not reason.startswith("0:")
    looked = upload(editor, ("a.xlf", data), take_matching="on")
    accept(editor, looked)
    assert texts(translation)["Форум өтті."] == "Прошёл."


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_entities_are_refused(editor, translation, prologue):
    data = written(translation, "xliff12")
    start = data.index(b"<xliff")
    hostile = data[:start] + prologue.encode() + b"\n" + data[start:]
    reason = refused(editor, translation, hostile)
    assert "entities" in reason
    assert not reason.startswith("0:")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<b onclick="alert(1)">Прошёл</b>',
        '<a href="javascript:alert(1)">Прошёл</a>',
        "<img src=x>",
    ],
)
def test_script_in_a_segment_is_refused(editor, translation, text):
    data = edited(written(translation, "xliff12"), "xliff12", {"Форум өтті.": text})
    reason = refused(editor, translation, data)
    assert "markup that is not allowed" in reason
    assert not reason.startswith("0:")


def test_a_segment_with_two_different_translations_is_refused(editor, translation):
    data = written(translation, "po")
    start = data.index(b"#. ")
    first = data[start:].replace(b'msgstr ""', b'msgstr "A"')
    second = data[start:].replace(b'msgstr ""', b'msgstr "B"')
    twice = data[:start] + first + b"\n" + second
    assert "twice" in refused(editor, translation, twice, "a.po")


def test_a_segment_that_is_repeated_with_one_translation_is_taken(editor, translation):
    data = written(translation, "po")
    start = data.index(b"#. ")
    again = data[start:].replace(b'msgstr ""', b'msgstr "A"')
    response = upload(editor, ("a.po", data + b"\n" + again))
    accept(editor, response)
    assert set(texts(translation).values()) == {"A"}


def test_a_file_that_is_too_large_is_not_read(editor, translation, monkeypatch):
    monkeypatch.setattr(known, "MAX_BYTES", 10)
    assert "larger than" in refused(
        editor, translation, written(translation, "po"), "a.po"
    )


def test_changes_are_accepted_as_they_were_shown_or_not_at_all(editor, translation):
    url = reverse("translation_desk:import")
    response = editor.post(url, {"accepted": "forged"}, follow=True)
    assert "too old" in response.content.decode()
    assert not any(texts(translation).values())


def test_who_may_not_edit_the_translation_gets_and_gives_no_file(
    log_in, editor, translation
):
    data = edited(written(translation, "po"), "po", {"Форум өтті.": "Прошёл."})
    client = log_in("Translators: en")
    url = reverse("translation_desk:export", args=[translation.pk, "po"])
    assert client.get(url)["Location"] == reverse("wagtailadmin_home")
    assert "may not edit" in refused(client, translation, data, "a.po")


def test_a_selection_is_exported_as_one_archive(
    editor, translation, article, sections, locales, committed
):
    other = make_article(sections["kk"], title="Басқа мақала")
    with committed():
        submit(other, locales["ru"])
    numbers = "&".join(f"article={state(a, 'kk').pk}" for a in (article, other))
    url = f"{reverse('translation_desk:export_chosen')}?{numbers}"
    assert editor.get(url).status_code == 200
    response = editor.post(url, {"languages": [locales["ru"].pk], "format": "xliff20"})
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert len(archive.namelist()) == 2
    files = [(name, archive.read(name)) for name in archive.namelist()]
    looked = upload(editor, *files)
    assert [one.error for one in looked.context["looked"]] == ["", ""]


def test_an_article_that_cannot_be_written_does_not_keep_the_others(
    editor, translation, article, sections, locales, committed
):
    other = make_article(sections["kk"], title="Басқа мақала")
    with committed():
        submitted = submit(other, locales["ru"])
    translate(submitted)
    texts_of_other = StringTranslation.objects.filter(
        translation_of__data="Басқа мақала", locale=locales["ru"]
    )
    assert texts_of_other.update(data="a\x0bb") == 1
    numbers = "&".join(f"article={state(a, 'kk').pk}" for a in (article, other))
    url = f"{reverse('translation_desk:export_chosen')}?{numbers}"
    chosen = {"languages": [locales["ru"].pk], "format": "xliff12"}
    response = editor.post(url, chosen)
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert [str(translation.pk) in name for name in archive.namelist()] == [True]
    alone = (
        f"{reverse('translation_desk:export_chosen')}?article={state(other, 'kk').pk}"
    )
    said = editor.post(alone, chosen, follow=True).content.decode()
    assert "U+000B" in said


def test_characters_that_xml_forbids_are_reported_on_writing():
    unit = Unit("1-1", "a\x0bb", "")
    with pytest.raises(FileError, match=r"U\+000B"):
        xliff.write(document([unit]), "1.2")
