"""Machine drafts are unread until a person has edited or accepted them one by one.

Exact matches of the translation memory come before the machine.
"""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageLogEntry
from wagtail_localize.models import StringTranslation

from newsroom.translation.machine import drafting
from newsroom.translation.machine.guard import is_unread
from newsroom.translation.memory.store import remember_imported
from newsroom.translation.models import DraftReading, ImportedUnit, TranslationStatus
from newsroom.translation.segments import MEMORY, save_segment, segments_of
from newsroom.translation.sources import target_of
from tests.factories import make_article
from tests.translation.articles import state, submit, translate_one
from tests.translation.segments import post, url_of

State = TranslationStatus.State
How = DraftReading.How


@pytest.fixture
def drafted(translation):
    """Return the Russian translation, with a machine's draft of every segment."""
    for segment in segments_of(translation):
        save_segment(
            translation,
            segment.context,
            segment.string,
            f"M {segment.source}",
            user=None,
            machine="M",
        )
    return translation


def readings() -> list[str]:
    return sorted(DraftReading.objects.values_list("how", flat=True))


def accept_all(client, translation, **form):
    form = {"action": "accept-all"} | form
    return client.post(url_of(translation), form, follow=True)


def test_accepting_all_confirms_the_number_of_unread_drafts_and_is_logged(
    client, article, drafted, translator
):
    segments = segments_of(drafted)
    post(client, drafted, f"accept:{segments[0].key}")
    response = accept_all(client, drafted)
    html = response.content.decode()
    assert "Accept 3 unread segments" in html
    assert sum(one.is_machine_made for one in segments_of(drafted)) == 3
    # A confirmation of another number is none.
    accept_all(client, drafted, confirmed="4")
    assert sum(one.is_machine_made for one in segments_of(drafted)) == 3
    assert not PageLogEntry.objects.filter(action__startswith="newsroom.machine")
    accept_all(client, drafted, confirmed="3")
    assert not any(one.is_machine_made for one in segments_of(drafted))
    entry = PageLogEntry.objects.get(action="newsroom.machine.accept_all")
    assert (entry.user, entry.data["unread"]) == (translator, 3)
    assert entry.page == target_of(drafted).page_ptr
    assert readings() == [How.ACCEPTED, How.UNREAD, How.UNREAD, How.UNREAD]
    html = client.get(url_of(drafted)).content.decode()
    assert html.count("Accepted with all others, unread") == 3


SENTENCES = {
    "en": (
        "{} segments were translated by a machine, and nobody has accepted them.",
        "{} segments were taken from the translation memory, and nobody has accepted "
        "them.",
    ),
    "kk": ("{} үзіндіні машина аударған", "{} үзінді аударма жадынан алынған"),
    "ru": ("{} фрагмента переведены машиной", "{} фрагмента взяты из памяти переводов"),
}


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("remembered", [0, 2, 4])
def test_a_refusal_names_machine_or_memory_as_origin_of_the_drafts(
    drafted, language, remembered
):
    for segment in segments_of(drafted)[:remembered]:
        place = segment.context, segment.string
        save_segment(drafted, *place, "Из памяти", user=None, machine=MEMORY)
    page = target_of(drafted)
    with override(language):
        said = is_unread(page)
    by_machine, by_memory = SENTENCES[language]
    assert (by_machine.format(4 - remembered) in said) is (remembered < 4)
    assert (by_memory.format(remembered) in said) is (remembered > 0)
    assert ("машин" in said or "machine" in said) is (remembered < 4)
    for segment in segments_of(drafted):
        place = segment.context, segment.string
        save_segment(drafted, *place, segment.translation, user=None)
    assert is_unread(page) == ""


def test_text_typed_before_accepting_all_is_kept_and_counts_as_read(
    client, drafted, translator
):
    response = post(client, drafted, "accept-all", **{"Форум өтті.": "Прошёл форум."})
    assert "Accept 3 unread segments" in response.content.decode()
    texts = {one.source: one.translation for one in segments_of(drafted)}
    assert texts["Форум өтті."] == "Прошёл форум."
    reading = DraftReading.objects.get()
    assert (reading.how, reading.by, reading.machine) == (How.EDITED, translator, "M")


def test_a_new_draft_in_place_of_a_read_one_is_unread_again(client, drafted):
    segment = segments_of(drafted)[0]
    place = segment.context, segment.string
    save_segment(drafted, *place, segment.translation, user=None)
    assert readings() == [How.ACCEPTED]
    save_segment(drafted, *place, "Again", user=None, machine="M")
    assert readings() == []


def test_the_desk_tells_unread_drafts_from_what_is_ready_for_review(
    client, article, drafted, translator
):
    row = state(article, "ru")
    assert (row.state, row.segments_unread) == (State.MACHINE, 4)

    def found(wanted) -> bool:
        desk = client.get(reverse("translation_desk:index"), {"state": wanted})
        return "Қалалардың болашағы" in desk.content.decode()

    assert found(State.MACHINE)
    assert not found(State.READY)
    desk = client.get(reverse("translation_desk:index")).content.decode()
    assert "Machine draft, unread" in desk
    assert "4 unread machine segments" in desk
    for segment in segments_of(drafted):
        save_segment(
            drafted, segment.context, segment.string, "Прочитано", user=translator
        )
    row = state(article, "ru")
    assert (row.state, row.segments_unread) == (State.READY, 0)
    assert found(State.READY)


@pytest.fixture
def machine(monkeypatch):
    """Return a machine that notes what it is asked."""
    asked: list[str] = []

    def answer(translation, missing):
        asked.extend(one.source for one in missing)
        return {one.key: f"M {one.source}" for one in missing}

    monkeypatch.setattr(drafting, "ask_machine", answer)
    monkeypatch.setattr(drafting, "machine_name", lambda: "M")
    return asked


def test_exact_matches_of_the_memory_take_precedence_over_the_machine(
    sections, locales, translation, committed, machine
):
    translate_one(translation, "Форум өтті.", "Прошёл форум.")
    unit = ImportedUnit.objects.create(
        source_locale=locales["ru"],
        source="Первое.",
        target_locale=locales["kk"],
        target="Алғашқы сөйлем осы.",
        digest="1",
        file_name="a.tmx",
    )
    remember_imported([unit])
    page = make_article(sections["kk"], title="Алғашқы сөйлем осы.", lead="Форум өтті.")
    with committed():
        other = submit(page, locales["ru"])
    drafts = drafting.make_drafts(other)
    assert machine == []
    drafting.save_drafts(other, drafts, user=None)
    made = {one.source: one for one in segments_of(other)}
    assert made["Форум өтті."].translation == "Прошёл форум."
    assert made["Алғашқы сөйлем осы."].translation == "Первое."
    # A person has yet to accept them: here they may mean something else.
    assert all(one.is_machine_made and one.is_from_memory for one in made.values())


def test_an_unaccepted_draft_is_not_in_the_memory(
    sections, locales, translation, committed, machine
):
    segment = segments_of(translation)[1]
    save_segment(
        translation, segment.context, segment.string, "Машина", user=None, machine="M"
    )
    page = make_article(sections["kk"], title="Басқа", lead=segment.source)
    with committed():
        other = submit(page, locales["ru"])
    drafts = drafting.make_drafts(other)
    assert sorted(machine) == sorted(["Басқа", segment.source])
    assert {draft.tool for draft in drafts.values()} == {"M"}
    assert not StringTranslation.objects.filter(tool_name=drafting.MEMORY).exists()
