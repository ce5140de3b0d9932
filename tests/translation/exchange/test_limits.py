"""Files made to be expensive are refused early, with the line."""

from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from newsroom.translation.exchange import files, gettext_po, importing, views, xliff
from newsroom.translation.exchange.files import FileError, document_of
from newsroom.translation.exchange.memory import jobs as memory_jobs
from newsroom.translation.exchange.memory import tmx
from newsroom.translation.exchange.memory import views as memory_views
from newsroom.translation.exchange.memory.pairs import Pair
from newsroom.translation.exchange.terms import tbx
from newsroom.translation.models import ImportedUnit, MemoryFile, MemoryKey
from newsroom.worker.models import Job, JobItem
from tests.steps import calls_of
from tests.translation.exchange.files import tmx as tmx_file
from tests.translation.exchange.files import xliff_1
from tests.worker.working import do_jobs


@pytest.fixture
def editor(log_in):
    return log_in("News editors")


def look(client, *uploads: tuple[str, bytes]):
    documents = [SimpleUploadedFile(name, data) for name, data in uploads]
    return client.post(reverse("translation_desk:import"), {"documents": documents})


def test_unclosed_tags_are_refused_with_their_line_before_they_are_parsed(
    editor, translation, monkeypatch
):
    def refuse(*args):
        raise AssertionError("It was parsed.")

    monkeypatch.setattr(importing, "elements_of", refuse)
    monkeypatch.setattr(importing, "clean_segment", refuse)
    po = gettext_po.write(document_of(translation)).decode()
    hostile = po.replace('msgstr ""\n', f'msgstr "{"<b>" * 16_000}"\n')
    hostile = hostile.replace(f'"{"<b>" * 16_000}"', '""', 1)  # the header
    (looked,) = look(editor, ("a.po", hostile.encode())).context["looked"]
    assert "nested more than 40 deep" in looked.error
    assert looked.line > 8


@pytest.mark.parametrize(
    "po",
    [
        'msgid ""\nmsgstr ""\n' + '"a"\n' * 20_000,
        'msgctxt "1"\nmsgid "a"\nmsgstr ""\n' + '""\n' * 20_000,
        "".join(f'msgctxt "{n}"\nmsgid "a"\nmsgstr "b"\n' for n in range(4000)),
        '#~ msgid "a"\n' * 20_000 + 'msgctxt "1"\nmsgid "a"\nmsgstr "b"\n',
        'msgctxt "1"\nmsgid "a"\nmsgstr "' + r"\\\"" * 20_000 + '"\n',
    ],
    ids=["header", "continued", "units", "obsolete", "escapes"],
)
def test_a_catalogue_takes_steps_in_proportion_to_its_lines(po):
    gettext_po.read(b'msgctxt "1"\nmsgid "a"\nmsgstr "b"\n')
    taken = calls_of(lambda: gettext_po.read(po.encode()))
    assert taken < 40 * (po.count("\n") + po.count("\\"))


def test_more_segments_or_longer_ones_than_an_article_has_are_refused(monkeypatch):
    monkeypatch.setattr(files, "MAX_UNITS", 2)
    unit = "<trans-unit id='{}'><source>a</source><target>{}</target></trans-unit>\n"
    units = "".join(unit.format(n, "b") for n in range(3))
    with pytest.raises(FileError, match="more than 2 segments") as error:
        xliff.read(xliff_1(units))
    assert error.value.line == 7
    monkeypatch.setattr(files, "MAX_TEXT_LENGTH", 10)
    with pytest.raises(FileError, match="more than 10 characters") as error:
        xliff.read(xliff_1(unit.format(1, "b"), unit.format(2, "b" * 11)))
    assert error.value.line == 6
    po = 'msgctxt "1"\nmsgid "a"\nmsgstr ""\n' + '"bbbbbb"\n' * 2
    with pytest.raises(FileError, match="more than 10 characters") as error:
        gettext_po.read(po.encode())
    assert error.value.line == 2


@pytest.mark.parametrize(
    "shape",
    ["<!--", "<!-- x ", "<!---", "<?", "</", "<![CDATA[", "&", "&#1", "<a b='", "<x y"],
)
def test_the_markup_of_a_segment_is_read_in_steps_in_proportion(shape):
    def look(length: int) -> None:
        text = "<b>a</b>" + (shape * (length // len(shape) + 1))[:length]
        with suppress(FileError):
            importing.refuse_markup(text, 1)

    look(40)
    small, large = (calls_of(lambda n=n: look(n)) for n in (3_000, 12_000))
    assert large < 5 * small + 300


ENTRY = "<termEntry>{}</termEntry>"
LANGUAGE = "<langSet xml:lang='kk'>{}</langSet>"
TERM = "<tig><term>қала</term></tig>"
TERMBASES = {
    "terms": lambda n: ENTRY.format(LANGUAGE.format(TERM * n)),
    "entries": lambda n: ENTRY.format(LANGUAGE.format(TERM)) * n,
    "languages in languages": lambda n: ENTRY.format(
        "<langSet xml:lang='kk'>" * 50 + TERM * n + "</langSet>" * 50
    ),
    "entries in entries": lambda n: (
        "<termEntry>" * 50 + LANGUAGE.format(TERM) * n + "</termEntry>" * 50
    ),
    "terms in terms": lambda n: ENTRY.format(
        LANGUAGE.format("<tig>" * 50 + "<term>қала</term>" * n + "</tig>" * 50)
    ),
    "groups": lambda n: ENTRY.format("<aGrp>" * 50 + "<b/>" * n + "</aGrp>" * 50),
}


@pytest.mark.parametrize("name", TERMBASES)
def test_a_termbase_takes_steps_in_proportion_to_its_elements(name):
    def look(length: int) -> None:
        body = TERMBASES[name](length)
        tbx.read(f"<martif><text><body>{body}</body></text></martif>".encode())

    look(2)
    small, large = (calls_of(lambda n=n: look(n)) for n in (200, 800))
    assert large < 5 * small
    assert large < 200 * 800


def test_a_reference_to_no_character_ends_in_an_answer(editor, translation):
    po = gettext_po.write(document_of(translation)).decode()
    number = "&#" + "1" * 5_000 + ";"
    hostile = po.replace('msgstr ""\n\n', f'msgstr "<b>{number}</b>"\n\n')
    (looked,) = look(editor, ("a.po", hostile.encode())).context["looked"]
    assert looked.plan is not None or looked.error


@pytest.mark.parametrize("sign", [r"\x00", r"\0", r"\v", "\x07"])
def test_control_characters_in_a_translation_are_refused(sign):
    po = f'msgctxt "1"\nmsgid "a"\nmsgstr "b{sign}"\n'
    with pytest.raises(FileError, match="cannot be stored"):
        gettext_po.read(po.encode())


def test_a_file_that_is_too_large_is_not_even_read(editor, translation, monkeypatch):
    monkeypatch.setattr(views, "MAX_BYTES", 10)
    monkeypatch.setattr(views, "read", None)
    (looked,) = look(editor, ("a.po", b"a" * 11)).context["looked"]
    assert "larger than" in looked.error
    monkeypatch.setattr(views, "MAX_IMPORTED_BYTES", 15)
    response = look(editor, ("a.po", b"a" * 8), ("b.po", b"a" * 8))
    assert "together" in str(response.context["form"].errors["documents"])


def send(client, data: bytes):
    file = SimpleUploadedFile("memory.tmx", data)
    return client.post(
        reverse("translation_desk:memory"), {"document": file}, follow=True
    )


def test_a_large_memory_is_read_by_the_worker(editor, locales, monkeypatch):
    monkeypatch.setattr(memory_views, "MAX_IN_REQUEST", 100)
    read = []
    whole = tmx.read
    monkeypatch.setattr(tmx, "read", lambda data: read.append(data) or whole(data))
    pairs = [Pair("kk", f"Сөйлем {n} туралы", "ru", f"Фраза {n}") for n in range(5)]
    response = send(editor, tmx.write(pairs))
    job = Job.objects.get()
    assert response.redirect_chain[-1][0] == reverse("jobs:job", args=[job.pk])
    assert not read
    assert not ImportedUnit.objects.exists()
    do_jobs()
    assert len(read) == 1
    assert ImportedUnit.objects.count() == 5
    assert MemoryKey.objects.exists()
    assert not MemoryFile.objects.exists()
    item = JobItem.objects.get(job=job)
    assert (item.state, "5" in item.message) == (JobItem.State.DONE, True)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (tmx_file("<tu>").encode() + b" " * 200, "7: The file is broken"),
        (tmx_file("<g>" * 70).encode(), "6: Elements are nested"),
        (
            tmx_file(
                '\n<tu><tuv xml:lang="kk"><seg>&lt;b&gt;&lt;q&gt;</seg></tuv>',
                '<tuv xml:lang="ru"><seg>b</seg></tuv></tu>',
                datatype="html",
            ).encode(),
            "7: A segment has markup",
        ),
    ],
    ids=["broken", "deep", "markup"],
)
def test_a_refused_large_memory_reports_the_line(
    editor, locales, monkeypatch, data, line
):
    monkeypatch.setattr(memory_views, "MAX_IN_REQUEST", 100)
    send(editor, data)
    do_jobs()
    item = JobItem.objects.get()
    assert item.state == JobItem.State.FAILED
    assert line in item.message
    assert not ImportedUnit.objects.exists()


def test_an_import_job_fails_if_its_user_lost_the_permission(
    editor, locales, monkeypatch
):
    monkeypatch.setattr(memory_views, "MAX_IN_REQUEST", 100)
    send(editor, tmx.write([Pair("kk", "Қала", "ru", "Город")] * 9))
    monkeypatch.setattr(memory_jobs, "may_assign", lambda user: False)
    do_jobs()
    assert JobItem.objects.get().state == JobItem.State.FAILED
    assert not ImportedUnit.objects.exists()
