"""Blocks, links and pictures that were edited by hand are listed too."""

import json

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from newsroom.translation.models import ManualEdit
from newsroom.translation.review.actions import ReviewRefusedError, hand_in
from newsroom.translation.segments import segments_of
from newsroom.translation.sources import target_of
from tests.factories import make_article
from tests.translation.articles import submit
from tests.translation.manual_edits.editing import (
    address,
    decide,
    edit,
    edits,
    restart,
    stop,
)
from tests.translation.segments import account

Kind = ManualEdit.Kind


def test_edits_without_a_segment_are_listed_with_their_effect(
    client, editor, published, committed
):
    picture = get_image_model().objects.create(title="П", file=get_test_image_file())
    stop(client, published)
    page = target_of(published)
    (block,) = page.body.get_prep_value()
    body = [
        {"type": "heading", "value": "Заголовок", "id": "added"},
        {**block, "value": "<p>[Бірінші сөйлем.]</p>"},
    ]
    edit(published, lead_picture=picture, kind="interview", body=json.dumps(body))
    restart(client, published)
    assert set(edits(published)) == {
        (Kind.ADDED, "", "Заголовок"),
        (Kind.REMOVED, "[Екінші сөйлем.]", ""),
        (Kind.CHANGED, "", ""),
    }
    page = client.get(address(published))
    assert page.context["texts"] == []
    labels = {row.label for row in page.context["others"]}
    assert labels == {"Heading", "Paragraph", "Lead picture", "Kind"}
    html = page.content.decode()
    assert "it leaves the page when the translation is published" in html
    assert "it comes back when the translation is published" in html
    revision = target_of(published).latest_revision_id
    assert f"/revisions/{revision}/view/" in html
    with pytest.raises(ReviewRefusedError):
        hand_in(published, user=editor)
    decide(client, published, "accept")
    assert len(edits(published)) == 4
    decide(client, published, "drop", kind="other")
    hand_in(published, user=editor)
    assert target_of(published).get_latest_revision_as_object().kind == "news"


def test_a_deleted_block_and_another_order_are_listed(
    client, sections, locales, committed
):
    def block(number: int) -> dict:
        return {"type": "heading", "value": f"Тақырып {number}", "id": f"b{number}"}

    blocks = [block(number) for number in range(3)]
    source = make_article(sections["kk"], body=json.dumps(blocks))
    with committed():
        translation = submit(source, locales["ru"])
    client.force_login(account("editor", "Language editors: ru"))
    stop(client, translation)
    body = target_of(translation).body.get_prep_value()
    edit(translation, body=json.dumps([body[2], body[0]]))
    restart(client, translation)
    assert edits(translation) == [
        (Kind.REMOVED, "Тақырып 1", ""),
        (Kind.MOVED, "", ""),
    ]
    assert "Order of the blocks" in client.get(address(translation)).content.decode()


def test_a_changed_link_and_a_new_one_are_not_lost_unseen(
    client, sections, locales, committed
):
    html = '<p>Форум <a href="https://a.example/">сайты</a> бар.</p><p>Екінші.</p>'
    body = [{"type": "paragraph", "value": html, "id": "p"}]
    source = make_article(sections["kk"], body=json.dumps(body))
    with committed():
        translation = submit(source, locales["ru"])
    client.force_login(account("editor", "Language editors: ru"))
    stop(client, translation)
    changed = html.replace("a.example", "b.example").replace(
        "Екінші.", '<a href="https://c.example/">Второе</a>.'
    )
    edit(translation, body=json.dumps([{**body[0], "value": changed}]))
    restart(client, translation)
    assert sorted(kind for kind, _before, _text in edits(translation)) == [
        Kind.LINK,
        Kind.LINK,
        Kind.TEXT,
    ]
    said = decide(client, translation, "accept").content.decode()
    assert "the marks or links of the original are broken" in said
    second = next(s for s in segments_of(translation) if s.source == "Екінші.")
    assert second.has_error
