"""Comments on a passage of a paragraph keep it when the article is opened again."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import QueryDict
from wagtail.models import Comment

from newsroom.articles.blocks import BODY_BLOCKS
from newsroom.articles.models import ArticlePage
from newsroom.articles.rich_text.comment_positions import with_lasting_positions
from newsroom.articles.rich_text.text_area import PassageTextArea
from tests.articles.editing import article_form, comments, edit_url
from tests.factories import make_article, make_section

BLOCK = "5e0c1a52-7f0e-4b1c-9d55-0b8a2c6e1f3d"


@pytest.fixture
def article(client, homes) -> ArticlePage:
    user = get_user_model().objects.create_user("editor")
    user.groups.add(Group.objects.get(name="News editors"))
    client.force_login(user)
    return make_article(make_section(homes["kk"]), live=False)


def content(*texts: tuple[str, str]) -> str:
    """Return what the editor posts for paragraphs, each with its key and text."""
    blocks = [
        {
            "key": key,
            "text": text,
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": [],
            "entityRanges": [],
        }
        for key, text in texts
    ]
    return json.dumps({"blocks": blocks, "entityMap": {}})


def body(kind: str, value: object) -> dict:
    block = {"id": BLOCK, "type": kind, "order": "0", "deleted": "", "value": value}
    return {"count": 1, "0": block}


def position(*keys: str) -> str:
    return json.dumps([{"key": key, "start": 1, "end": 4} for key in keys])


def passages(article: ArticlePage) -> list[tuple[str, int, int]]:
    """Return the passages of the only comment, as the editor gets them.

    Each is the text of its paragraph, and the start and end of the passage in it.
    """
    article.refresh_from_db()
    draft = article.get_latest_revision_as_object()
    (block,) = draft.body
    html = block.value["text"] if block.block_type == "fact_box" else block.value
    raw = json.loads(PassageTextArea().format_value(html.source))
    texts = {one["key"]: one["text"] for one in raw["blocks"]}
    parts = json.loads(draft.wagtail_admin_comments.get().position)
    return [(texts[part["key"]], part["start"], part["end"]) for part in parts]


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("kind", ["paragraph", "fact_box"])
def test_a_comment_stays_with_its_paragraph_when_others_are_written_before_it(
    client, article, kind, live
):
    if live:
        article.save_revision().publish()

    def post(text: str, comment: dict, saved: int) -> None:
        value = text if kind == "paragraph" else {"title": "Дерек", "text": text}
        form = article_form(
            body=body(kind, value), comments=comments(comment, saved=saved)
        )
        assert client.post(edit_url(article), form).status_code == 302

    path = f"body.{BLOCK}" + (".text" if kind == "fact_box" else "")
    comment = {"text": "Қайдан?", "contentpath": path, "position": position("f3x9a")}
    post(content(("a1b2c", "Бірінші."), ("f3x9a", "Екінші.")), comment, 0)
    assert passages(article) == [("Екінші.", 1, 4)]

    # The editor knows it by its number now; a blank line and a text come before it.
    texts = (
        ("n0000", "Бірінші."),
        ("q1w2e", ""),
        ("z9y8x", "Жаңа."),
        ("n0001", "Екінші."),
    )
    number = Comment.objects.get().pk
    post(content(*texts), comment | {"id": number, "position": position("n0001")}, 1)
    assert passages(article) == [("Екінші.", 1, 4)]


def test_a_passage_whose_paragraph_was_deleted_names_no_other(client, article):
    comment = {
        "text": "Қайдан?",
        "contentpath": f"body.{BLOCK}",
        "position": position("gone1", "kept1"),
    }
    value = content(("kept1", "Қалды."))
    form = article_form(body=body("paragraph", value), comments=comments(comment))
    client.post(edit_url(article), form)
    assert passages(article) == [("Қалды.", 1, 4)]


@pytest.mark.parametrize("position", ["", "[]", "x", "{}", "[1]", "[{}]", "null"])
@pytest.mark.parametrize(
    "path", ["lead", "body", "body.x", "body.", "", f"body.{BLOCK}"]
)
def test_any_other_position_is_stored_as_it_came(position, path):
    data = QueryDict(mutable=True)
    form = article_form(body=body("heading", "Тақырып"))
    data.update({name: str(value) for name, value in form.items()})
    data.update({"comments-0-contentpath": path, "comments-0-position": position})
    assert with_lasting_positions(data)["comments-0-position"] == position


def test_every_rich_text_of_an_article_is_edited_with_lasting_keys():
    blocks = dict(BODY_BLOCKS)
    for block in (blocks["paragraph"], blocks["fact_box"].child_blocks["text"]):
        assert isinstance(block.field.widget, PassageTextArea)
