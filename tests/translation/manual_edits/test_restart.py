"""Restarting a stopped translation keeps all edited and typed text."""

import json

from django.urls import reverse
from django.utils.timezone import localtime

from newsroom.translation.manual_edits.alignment import align
from newsroom.translation.models import ManualEdit
from newsroom.translation.sources import target_of
from tests.translation.manual_edits.editing import (
    address,
    edit,
    edits,
    restart,
    stop,
)

Kind = ManualEdit.Kind


def test_texts_are_aligned_by_their_likeness():
    assert align(["а б в", "г д е"], ["а б в", "новое", "г д ё"]) == [
        (0, 0),
        (None, 1),
        (1, 2),
    ]
    assert align(["а б в", "г д е"], ["г д е"]) == [(0, None), (1, 0)]
    assert align(["а б в", "г д е"], ["ж з и", "г д е"]) == [(0, 0), (1, 1)]
    assert align([], ["а"]) == [(None, 0)]
    assert align(["а"], []) == [(0, None)]


def test_each_segment_that_was_edited_by_hand_is_shown_and_nothing_is_lost(
    client, edited
):
    assert edited.enabled
    assert edits(edited) == [
        (Kind.TEXT, "[Форум өтті.]", "[Форум вчера өтті.]"),
        (Kind.TEXT, "[Екінші сөйлем.]", "Второе."),
    ]
    page = client.get(address(edited))
    lead, second = page.context["texts"]
    assert lead.choice.segment.source == "Форум өтті."
    assert lead.choice.segment.translation == "[Форум өтті.]"
    assert [p.text.strip() for p in lead.pieces if p.kind == "added"] == ["вчера"]
    assert second.choice.segment.source == "Екінші сөйлем."
    html = page.content.decode()
    assert "<ins><span" in html
    assert "Форум өтті." in html
    revision = target_of(edited).latest_revision_id
    compare = reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[target_of(edited).pk, ManualEdit.objects.first().base_id, revision],
    )
    assert compare in html
    assert client.get(compare).status_code == 200


def test_a_restart_redirects_to_the_edits_if_any(client, editor, published):
    stop(client, published)
    response = restart(client, published)
    editor_url = reverse("wagtailadmin_pages:edit", args=[target_of(published).pk])
    assert response.url == editor_url
    assert edits(published) == []
    stop(client, published)
    edit(published, lead="Руками.")
    assert restart(client, published).url == address(published)
    assert "1 edit was made by hand" in client.get(editor_url).content.decode()
    html = client.get(
        reverse("translation_desk:segments", args=[published.pk])
    ).content.decode()
    assert address(published) in html


def test_text_typed_but_not_saved_before_the_restart_is_kept(client, editor, published):
    stop(client, published)
    url = reverse("wagtailadmin_pages:edit", args=[target_of(published).pk])
    typed = form_of(client.get(url).context["form"])
    before = target_of(published).latest_revision_id
    restart(client, published, **typed | {"lead": "Набрано."})
    assert published.enabled
    assert edits(published) == [(Kind.TEXT, "[Форум өтті.]", "Набрано.")]
    assert target_of(published).latest_revision_id != before


def test_nothing_is_started_while_what_was_typed_cannot_be_saved(
    client, editor, published
):
    stop(client, published)
    url = reverse("wagtailadmin_pages:edit", args=[target_of(published).pk])
    typed = form_of(client.get(url).context["form"])
    response = restart(client, published, **typed | {"title": ""})
    assert not published.enabled
    assert response.status_code == 200
    assert response.context["form"].errors["title"]


def form_of(form) -> dict:
    """Return what a browser posts of the page editor's form."""
    page = form.instance
    posted = {
        name: form[name].value() or ""
        for name in form.fields
        if name not in ("body", "published_at", "lead_picture")
    }
    posted["published_at"] = localtime(page.published_at).strftime("%Y-%m-%d %H:%M")
    blocks = page.body.get_prep_value()
    posted["body-count"] = len(blocks)
    for number, block in enumerate(blocks):
        content = {
            "entityMap": {},
            "blocks": [
                {
                    "key": f"k{line}",
                    "type": "unstyled",
                    "text": text,
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [],
                }
                for line, text in enumerate(
                    block["value"]
                    .removeprefix("<p>")
                    .removesuffix("</p>")
                    .split("</p><p>")
                )
            ],
        }
        posted |= {
            f"body-{number}-deleted": "",
            f"body-{number}-order": number,
            f"body-{number}-type": block["type"],
            f"body-{number}-id": block["id"],
            f"body-{number}-value": json.dumps(content),
        }
    for name in form.formsets:
        posted |= {
            f"{name}-TOTAL_FORMS": 0,
            f"{name}-INITIAL_FORMS": 0,
            f"{name}-MIN_NUM_FORMS": 0,
            f"{name}-MAX_NUM_FORMS": 1000,
        }
    return {name: value for name, value in posted.items() if value is not None}
