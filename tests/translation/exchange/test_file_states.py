"""The states of a file's units: unfinished and machine-made ones stay what they are."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from newsroom.translation.exchange import formats, gettext_po, xliff
from newsroom.translation.exchange.files import Unit, document_of
from newsroom.translation.exchange.outcomes import UnitOutcome, outcome_of
from newsroom.translation.exchange.unit_states import UnitState
from newsroom.translation.models import TranslationStatus, UnfinishedText
from newsroom.translation.releases.readiness import readiness
from newsroom.translation.segments import SegmentText, save_segment, segments_of
from newsroom.translation.sources import target_of
from tests.translation.articles import translate
from tests.translation.exchange.files import document, xliff_1, xliff_2
from tests.translation.segments import url_of

UNFINISHED, TRANSLATED, APPROVED = UnitState
TEXT = "Форум өтті."


def read_1(attributes: str = "", unit: str = "", more: str = "") -> Unit:
    """Return a unit of XLIFF 1.2 with these attributes of its target and of itself."""
    spaces = 'xmlns:mq="MQXliff" xmlns:m="http://www.memsource.com/mxlf/2.0"'
    text = f"""<trans-unit id="1-1" {unit} {spaces}><source>a</source>
<target {attributes}>b</target>{more}</trans-unit>"""
    (found,) = xliff.read(xliff_1(text)).units
    return found


def trados(attributes: str) -> str:
    space = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
    return f'<sdl:seg-defs {space}><sdl:seg id="1" {attributes}/></sdl:seg-defs>'


@pytest.mark.parametrize(
    ("attributes", "unit", "state", "by_machine"),
    [
        ("", "", TRANSLATED, False),
        ("", 'approved="yes"', APPROVED, False),
        ("", 'approved="no"', UNFINISHED, False),
        ('state="translated"', "", TRANSLATED, False),
        ('state="translated"', 'approved="no"', TRANSLATED, False),
        ('state="translated"', 'approved="yes"', APPROVED, False),
        ('state="final"', "", APPROVED, False),
        ('state="signed-off"', "", APPROVED, False),
        ('state="new"', "", UNFINISHED, False),
        ('state="needs-translation"', "", UNFINISHED, False),
        ('state="needs-translation"', 'approved="yes"', UNFINISHED, False),
        ('state="needs-adaptation"', "", UNFINISHED, False),
        ('state="needs-l10n"', "", UNFINISHED, False),
        ('state="needs-review-translation"', "", UNFINISHED, False),
        ('state="needs-review-translation"', 'approved="yes"', APPROVED, False),
        ('state="needs-review-adaptation"', "", UNFINISHED, False),
        ('state="needs-review-l10n"', "", UNFINISHED, False),
        ('state="x-mine"', "", UNFINISHED, False),
        ('state-qualifier="mt-suggestion"', "", UNFINISHED, True),
        ('state-qualifier="leveraged-tm"', "", TRANSLATED, False),
        ('state="translated" state-qualifier="leveraged-mt"', "", TRANSLATED, True),
        ('state="final" state-qualifier="leveraged-mt"', "", APPROVED, False),
        (
            'state="needs-review-translation" state-qualifier="leveraged-mt"',
            "",
            UNFINISHED,
            True,
        ),
        ("", 'mq:status="ManuallyConfirmed"', TRANSLATED, False),
        ("", 'mq:status="Proofread"', APPROVED, False),
        ("", 'mq:status="PartiallyEdited"', UNFINISHED, False),
        ("", 'mq:status="MachineTranslated"', UNFINISHED, True),
        ("", 'm:confirmed="1"', TRANSLATED, False),
        ("", 'm:confirmed="0"', UNFINISHED, False),
        ("", 'm:confirmed="1" m:trans-origin="mt"', TRANSLATED, False),
        ("", 'm:trans-origin="mt"', UNFINISHED, True),
        # A tool's own attribute is newer than what it left as it came.
        (
            'state="needs-review-translation" state-qualifier="mt-suggestion"',
            'approved="no" mq:status="ManuallyConfirmed"',
            TRANSLATED,
            False,
        ),
    ],
)
def test_states_of_xliff_1_are_read(attributes, unit, state, by_machine):
    found = read_1(attributes, unit)
    assert (found.state, found.is_machine_made) == (state, by_machine)


@pytest.mark.parametrize(
    ("attributes", "state", "by_machine"),
    [
        ('conf="Translated" origin="interactive"', TRANSLATED, False),
        ('conf="Translated" origin="mt"', TRANSLATED, False),
        ('conf="ApprovedSignOff"', APPROVED, False),
        ('conf="Draft" origin="nmt"', UNFINISHED, True),
        ('conf="RejectedTranslation"', UNFINISHED, False),
        ("", UNFINISHED, False),
    ],
)
def test_states_of_trados_are_read(attributes, state, by_machine):
    found = read_1(more=trados(attributes))
    assert (found.state, found.is_machine_made) == (state, by_machine)


@pytest.mark.parametrize(
    ("attributes", "state", "by_machine"),
    [
        ('state="initial"', UNFINISHED, False),
        ('state="translated"', TRANSLATED, False),
        ('state="reviewed"', APPROVED, False),
        ('state="final"', APPROVED, False),
        ('state="initial" subState="newsroom:machine"', UNFINISHED, True),
        ('state="translated" subState="newsroom:machine"', TRANSLATED, False),
        ('state="initial" subState="other:x"', UNFINISHED, False),
        ("", UNFINISHED, False),  # the default, where the file has states
    ],
)
def test_states_of_xliff_2_are_read(attributes, state, by_machine):
    segment = "<segment {}><source>a</source><target>b</target></segment>"
    first = f'<unit id="1-1">{segment.format(attributes)}</unit>'
    other = """<unit id="2-2">{}</unit>""".format(segment.format('state="final"'))
    found, _other = xliff.read(xliff_2(first, other)).units
    assert (found.state, found.is_machine_made) == (state, by_machine)


def test_units_of_xliff_2_without_states_count_as_translated():
    segment = "<segment><source>a</source><target>b</target></segment>"
    (found,) = xliff.read(xliff_2(f'<unit id="1-1">{segment}</unit>')).units
    assert found.state == TRANSLATED


PO = r"""
#~ msgid "old"
#~ msgstr "removed"

# a note of Poedit
#, fuzzy, c-format
#| msgctxt "9-9"
#| msgid "before"
msgctxt "1-1"
msgid "a"
msgstr "b"

#, no-wrap
msgctxt "2-2"
msgid ""
"c\n"
"d"
msgstr "\"e\"\\ \t\x41"
#, fuzzy
#~| msgid "x"
#~ msgctxt "3-3"
#~ msgid "obsolete"
#~ msgstr "gone"
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_a_catalogue_of_another_tool_is_read(charset, ending):
    header = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n'
    data = f"{header}{PO}".replace("\n", ending).encode(charset)
    units = gettext_po.read(data).units
    assert [(u.key, u.source, u.target, u.state) for u in units] == [
        ("1-1", "a", "b", UNFINISHED),
        ("2-2", "c\nd", '"e"\\ \tA', TRANSLATED),
    ]
    assert [unit.line for unit in units] == [12, 17]


unit = st.builds(
    Unit,
    st.just("1-1"),
    st.just("a"),
    st.sampled_from(["", "b", "<b>b</b>"]),
    is_machine_made=st.booleans(),
    state=st.sampled_from([UNFINISHED, TRANSLATED]),
)
segment = st.builds(
    SegmentText,
    *map(st.just, (1, 1, "title", "title", "a")),
    translation=st.sampled_from(["b", "c"]),
    is_machine_made=st.booleans(),
    has_error=st.just(False),
)


@given(unit)
@pytest.mark.parametrize("name", ["xliff12", "xliff20", "po"])
def test_a_state_survives_a_file(name, unit):
    data = formats.formats()[name].write(document(unit))
    (back,) = (gettext_po if name == "po" else xliff).read(data).units
    assert back.target == unit.target
    if not unit.target:
        return
    was_finished = unit.state > UNFINISHED and not unit.is_machine_made
    assert (back.state > UNFINISHED and not back.is_machine_made) == was_finished
    if name != "po":  # it has one mark for both
        assert back.is_machine_made == unit.is_machine_made


@given(unit.filter(lambda unit: unit.target), segment)
def test_an_unfinished_unit_is_never_imported_as_finished(unit, segment):
    outcome = outcome_of(unit, segment)
    if unit.state == UNFINISHED and outcome == UnitOutcome.FINISHED:
        # An older file: its draft was accepted here, and is as it was.
        assert unit.is_machine_made
        assert unit.target == segment.translation
        assert not segment.is_machine_made
    if unit.state == APPROVED or (unit.state, unit.is_machine_made) == (
        TRANSLATED,
        False,
    ):
        assert outcome == UnitOutcome.FINISHED


# The whole way: out, worked on, and in again.


@pytest.fixture
def editor(log_in):
    return log_in("News editors")


def look(client, name: str, data: bytes):
    file = SimpleUploadedFile(f"a.{formats.formats()[name].suffix}", data)
    return client.post(reverse("translation_desk:import"), {"documents": file})


def accept(client, response) -> None:
    url = reverse("translation_desk:import")
    client.post(url, {"accepted": response.context["accepted"]})


def kinds(translation) -> dict[str, tuple[str, bool, bool]]:
    return {
        s.source: (s.translation, s.is_machine_made, s.is_unfinished)
        for s in segments_of(translation)
    }


def save(translation, text: str, **kind) -> None:
    (found,) = [one for one in segments_of(translation) if one.source == TEXT]
    save_segment(translation, found.context, found.string, text, user=None, **kind)


RAISED = {
    "xliff12": [
        ('approved="no"', 'approved="yes"'),
        ("needs-review-translation", "translated"),
    ],
    "xliff20": [('state="initial"', 'state="translated"')],
    "po": [("#, fuzzy\n", "")],
}


@pytest.mark.parametrize("name", RAISED)
def test_a_machine_draft_stays_unread_until_a_file_marks_it_as_read(
    editor, translation, name
):
    translate(translation)
    save(translation, "Черновик", machine="M")
    data = formats.formats()[name].write(document_of(translation))
    unchanged = look(editor, name, data)
    (looked,) = unchanged.context["looked"]
    assert looked.error == ""
    assert looked.plan.changed == []
    text = data.decode()
    for old, new in RAISED[name]:
        assert old in text
        text = text.replace(old, new)
    accept(editor, look(editor, name, text.encode()))
    assert kinds(translation)[TEXT] == ("Черновик", False, False)
    again = look(editor, name, data).context["looked"][0]
    if name == "po":  # a fuzzy entry is a person's mark as well
        assert [one.is_unfinished for one in again.plan.changed] == [True]
    else:
        # Older than the acceptance: nothing is taken back.
        assert again.plan.changed == []


@pytest.mark.parametrize("name", RAISED)
def test_an_unfinished_unit_comes_in_as_unfinished_and_is_not_counted_or_published(
    editor, translation, article, name
):
    translate(translation)
    save(translation, "Готово")
    text = formats.formats()[name].write(document_of(translation)).decode()
    head, found, tail = text.partition(TEXT)
    tail = tail.replace("Готово", "Не готово", 1)
    if name == "po":
        before, sep, after = head.rpartition("msgctxt")
        head = f"{before}#, fuzzy\n{sep}{after}"
    elif name == "xliff12":
        tail = tail.replace('state="translated"', 'state="needs-adaptation"', 1)
    else:
        before, sep, after = head.rpartition('state="translated"')
        head = f'{before}state="initial"{after}'
    accept(editor, look(editor, name, f"{head}{found}{tail}".encode()))
    assert kinds(translation)[TEXT] == ("Не готово", False, True)
    row = TranslationStatus.objects.get(translation=translation)
    assert (row.segments_total, row.segments_translated) == (4, 3)
    assert row.state == TranslationStatus.State.IN_PROGRESS
    page = target_of(translation)
    with pytest.raises(ValidationError, match="1"):
        page.save_revision().publish()
    (version,) = readiness(article.translation_key, [translation.target_locale])
    assert len([one for one in version.reasons if "1" in one]) == 1
    # It goes out as it came in.
    data = formats.formats()[name].write(document_of(translation))
    (looked,) = look(editor, name, data).context["looked"]
    assert (looked.error, looked.plan.changed) == ("", [])
    (found,) = [one for one in segments_of(translation) if one.source == TEXT]
    url = url_of(translation)
    shown = editor.get(url, {"show": "unfinished"})
    assert [row.segment.key for row in shown.context["rows"]] == [found.key]
    editor.post(url, {"action": f"accept:{found.key}"})
    assert kinds(translation)[TEXT] == ("Не готово", False, False)
    row.refresh_from_db()
    assert row.segments_translated == 4


def test_a_saved_text_is_no_longer_unfinished(translation):
    translate(translation)
    save(translation, "Не готово", is_unfinished=True)
    save(translation, "Не готово", is_unfinished=True)
    row = TranslationStatus.objects.get(translation=translation)
    assert row.segments_translated == 3
    stored = UnfinishedText.objects.get().text
    stored.save(update_fields=["has_error"])
    assert UnfinishedText.objects.exists()
    stored.save()
    assert not UnfinishedText.objects.exists()
    row.refresh_from_db()
    assert row.segments_translated == 4


def test_a_machine_does_not_overwrite_what_a_person_has_begun(translation):
    from newsroom.translation.machine.drafting import Draft, save_drafts

    save(translation, "Не готово", is_unfinished=True)
    drafts = {one.key: Draft("Машина", "A") for one in segments_of(translation)}
    assert save_drafts(translation, drafts, user=None) == 3
    assert kinds(translation)[TEXT] == ("Не готово", False, True)


def test_a_machines_text_in_a_file_is_not_a_persons(editor, translation):
    translate(translation)
    text = xliff.write(document_of(translation), "1.2").decode()
    head, found, tail = text.partition(TEXT)
    tail = tail.replace(f"[{TEXT}]", "Из файла", 1).replace(
        'state="translated"', 'state="translated" state-qualifier="leveraged-mt"', 1
    )
    head = head[: head.rindex("approved=")] + head[head.rindex("approved=") + 14 :]
    accept(editor, look(editor, "xliff12", f"{head}{found}{tail}".encode()))
    assert kinds(translation)[TEXT] == ("Из файла", True, False)
