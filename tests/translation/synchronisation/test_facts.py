"""Changes other than text make a translation outdated, and are shown."""

import copy
import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail_localize.models import SegmentOverride, Translation, TranslationContext

from newsroom.articles.models import ArticlePage, Person
from newsroom.translation.models import SourceSnapshot, TranslationStatus
from newsroom.translation.synchronisation.labels import fact_changes
from tests.articles.pictures import make_picture
from tests.factories import make_article
from tests.translation.articles import republish, state, submit, translate

State = TranslationStatus.State


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def things(locales):
    """Return two of each thing that a block may lead to."""
    documents = get_document_model()
    return {
        "pictures": [make_picture((20, 10), title=f"Сурет {n}") for n in (1, 2)],
        "documents": [
            documents.objects.create(
                title=f"Құжат {n}", file=ContentFile(b"x", name=f"{n}.txt")
            )
            for n in (1, 2)
        ],
        "people": [
            Person.objects.create(name=f"Адам {n}", locale=locales["kk"])
            for n in (1, 2)
        ],
    }


def body_with(things) -> list[dict]:
    item = {"name": "Айдана", "post": "", "organisation": ""}
    people = [
        {"type": "item", "id": f"l{n}", "value": item | {"person": person.pk}}
        for n, person in enumerate(things["people"])
    ]
    blocks = {
        "paragraph": '<p>Сөз <a href="https://a.kz/1">сілтеме</a>.</p>',
        "heading": "Тақырып",
        "people_list": {
            "introduction": "",
            "people": people,
            "separator": "none",
            "closing": "",
        },
        "picture": {
            "picture": things["pictures"][0].pk,
            "alt": "Көрініс",
            "caption": "",
            "credit": "",
        },
        "document": {"document": things["documents"][0].pk, "title": ""},
        "embed": {"url": "https://v.kz/1", "title": "Видео", "description": ""},
        "table": {
            "caption": "",
            "table": {
                "data": [["Қала", "Жыл"], ["Ақтау", "1963"]],
                "first_row_is_table_header": True,
                "first_col_is_header": False,
                "table_header_choice": "row",
                "mergeCells": [],
            },
        },
    }
    return [
        {"type": kind, "id": kind, "value": value} for kind, value in blocks.items()
    ]


@pytest.fixture
def rich(sections, things) -> ArticlePage:
    return make_article(
        sections["kk"],
        body=json.dumps(body_with(things)),
        lead_picture=things["pictures"][0],
        lead_picture_alt="Сурет",
    )


@pytest.fixture
def translated(rich, locales, committed):
    with committed():
        translation = submit(rich, locales["ru"])
        translate(translation)
        translation.save_target(publish=True)
    return translation


def fresh(translation: Translation) -> Translation:
    """Return *translation* with its source reloaded."""
    return Translation.objects.get(pk=translation.pk)


def value(body, kind):
    return next(block for block in body if block["type"] == kind)["value"]


def _other_link(body, things):
    index = next(i for i, b in enumerate(body) if b["type"] == "paragraph")
    body[index]["value"] = body[index]["value"].replace("kz/1", "kz/2")


def _swap_people(body, things):
    value(body, "people_list")["people"].reverse()


def _remove_document(body, things):
    body[:] = [block for block in body if block["type"] != "document"]


def _add_document(body, things):
    number = things["documents"][1].pk
    added = {"document": number, "title": ""}
    body.append({"type": "document", "id": "new", "value": added})


# What is done to the body, and what is shown of it: (label, old, new) of each change.
CHANGES = {
    "link": (_other_link, [("https://a.kz/1", "https://a.kz/2")]),
    "separator": (
        lambda body, things: value(body, "people_list").update(separator="comma"),
        [("Nothing", "Comma")],
    ),
    "person": (
        lambda body, things: value(body, "people_list")["people"][0]["value"].update(
            person=things["people"][1].pk
        ),
        [("Адам 1", "Адам 2")],
    ),
    "no person": (
        lambda body, things: value(body, "people_list")["people"][0]["value"].update(
            person=None
        ),
        [("Адам 1", "nothing")],
    ),
    "order of people": (_swap_people, [("", "")]),
    "picture": (
        lambda body, things: value(body, "picture").update(
            picture=things["pictures"][1].pk
        ),
        [("Сурет 1", "Сурет 2")],
    ),
    "document": (
        lambda body, things: value(body, "document").update(
            document=things["documents"][1].pk
        ),
        [("Құжат 1", "Құжат 2")],
    ),
    "embed": (
        lambda body, things: value(body, "embed").update(url="https://v.kz/2"),
        [("https://v.kz/1", "https://v.kz/2")],
    ),
    "table header": (
        lambda body, things: value(body, "table")["table"].update(
            first_row_is_table_header=False, table_header_choice=""
        ),
        [("", "")],
    ),
    "empty row": (
        lambda body, things: value(body, "table")["table"]["data"].append(["", ""]),
        [("2 × 2", "3 × 2")],
    ),
    "order of blocks": (lambda body, things: body.reverse(), [("", "")]),
    "removed document": (_remove_document, [("", "")]),
    "added document": (_add_document, [("", "")]),
}


def test_bold_around_a_whole_paragraph_makes_a_translation_outdated(
    sections, locales, committed
):
    text = "<p>{}</p>"
    body = [{"type": "paragraph", "id": "one", "value": text.format("Сөз.")}]
    article = make_article(sections["kk"], body=json.dumps(body))
    with committed():
        translation = submit(article, locales["ru"])
        translate(translation)
        translation.save_target(publish=True)
    body[0]["value"] = text.format("<b>Сөз.</b>")
    republish(article, body=json.dumps(body))
    (change,) = fact_changes(fresh(translation))
    assert str(change.label)
    row = state(article, "ru")
    assert (row.state, row.segments_changed) == (State.OUTDATED, 1)


def test_a_change_that_is_not_text_makes_a_translation_outdated(
    rich, translated, things, committed
):
    old = body_with(things)
    found = {}
    for name, (change, _expected) in CHANGES.items():
        new = copy.deepcopy(old)
        change(new, things)
        republish(rich, body=json.dumps(new))
        row, shown = state(rich, "ru"), fact_changes(fresh(translated))
        assert all(fact.label for fact in shown)
        assert (row.state, row.segments_changed) == (State.OUTDATED, len(shown)), name
        found[name] = [(fact.old, fact.new) for fact in shown]
        republish(rich, body=json.dumps(old))
        assert state(rich, "ru").state == State.LIVE, name
    assert found == {name: expected for name, (_change, expected) in CHANGES.items()}


def test_publishing_the_translation_again_ends_it(rich, translated, things, committed):
    body = body_with(things)
    for name in ("link", "picture", "order of blocks"):
        CHANGES[name][0](body, things)
    republish(rich, body=json.dumps(body))
    assert state(rich, "ru").segments_changed == 3
    with committed():
        fresh(translated).save_target(publish=True)
    assert state(rich, "ru").state == State.LIVE
    target = ArticlePage.objects.get(pk=translated.get_target_instance().pk)
    assert [block.id for block in target.body] == [block["id"] for block in body]


def test_saving_the_same_again_is_no_change(rich, translated):
    page = republish(rich)
    page.save()
    assert state(rich, "ru").state == State.LIVE


def test_a_changed_lead_picture_is_shown_to_editors_and_readers(
    client, admin_client, rich, translated, things
):
    republish(rich, lead_picture=things["pictures"][1])
    row = state(rich, "ru")
    assert (row.state, row.segments_changed) == (State.OUTDATED, 1)
    for url in (
        reverse("translation_desk:changes", args=[translated.pk]),
        reverse("translation_desk:segments", args=[translated.pk]),
    ):
        text = admin_client.get(url).content.decode()
        assert "Сурет 1" in text
        assert "Сурет 2" in text
    target = translated.get_target_instance()
    editor = admin_client.get(reverse("wagtailadmin_pages:edit", args=[target.pk]))
    assert reverse("translation_desk:changes", args=[translated.pk]) in (
        editor.content.decode()
    )
    assert 'role="note"' in client.get(target.url).content.decode()


def test_a_deleted_picture_is_still_shown_as_a_change(rich, translated, things):
    republish(rich, lead_picture=None)
    things["pictures"][0].delete()
    (fact,) = fact_changes(fresh(translated))
    assert fact.new == "nothing"
    assert fact.old


def test_translations_older_than_the_record_of_facts_are_marked(
    rich, translated, things, django_assert_max_num_queries
):
    """Also by the next publication, whichever comes first."""
    from django.core.management import call_command

    body = body_with(things)
    value(body, "picture")["picture"] = things["pictures"][1].pk
    republish(rich, body=json.dumps(body))
    SourceSnapshot.objects.update(facts=None)
    republish(rich)
    assert state(rich, "ru").state == State.OUTDATED
    SourceSnapshot.objects.update(facts=None)
    call_command("rebuild_translation_states", verbosity=0)
    assert state(rich, "ru").state == State.LIVE
    call_command("repair_translations", verbosity=0)
    assert state(rich, "ru").state == State.OUTDATED


def test_values_overridden_by_a_translator_are_no_change(
    rich, translated, things, committed
):
    for path, data in (
        ("body.picture.picture", things["pictures"][1].pk),
        ("body.paragraph.'https://a.kz/1'", "https://ru.kz/1"),
        ("lead_picture", things["pictures"][1].pk),
    ):
        context = TranslationContext.objects.get(
            object_id=rich.translation_key, path=path
        )
        SegmentOverride.objects.create(
            locale=translated.target_locale, context=context, data_json=json.dumps(data)
        )
    with committed():
        translated.save_target(publish=True)
    target = ArticlePage.objects.get(pk=translated.get_target_instance().pk)
    assert target.lead_picture == things["pictures"][1]
    SourceSnapshot.objects.update(facts=None)
    republish(rich)
    assert state(rich, "ru").state == State.LIVE
