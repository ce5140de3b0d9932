"""The body of an article is sanitised when it is stored, on every code path."""

import json

import pytest
from django.db import connection

from newsroom.articles.block_content import body_text
from newsroom.articles.models import ArticlePage
from tests.factories import make_article, make_section

DIRTY = (
    '<p onclick="x()">Мәтін<script>alert(1)</script> <a href="javascript:x">a</a></p>'
)


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


def stored(article: ArticlePage) -> str:
    """Return the body and the revisions as they lie in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM articles_articlepage WHERE page_ptr_id = %s", [article.pk]
        )
        (body,) = cursor.fetchone()
    return body + json.dumps([r.content for r in article.revisions.all()])


@pytest.mark.parametrize(
    "body",
    [
        [("paragraph", DIRTY)],
        [{"type": "paragraph", "value": DIRTY}],
        [("fact_box", {"title": "Дерек", "text": DIRTY})],
        [{"type": "fact_box", "value": {"title": "Дерек", "text": DIRTY}}],
    ],
    ids=["value", "raw", "nested value", "nested raw"],
)
def test_hostile_html_never_reaches_the_database(section, body):
    article = make_article(section, body=body)
    assert "Мәтін" in body_text(article.body)
    text = stored(article)
    assert "alert" not in text
    assert "javascript:" not in text
    assert "onclick" not in text


def test_raw_json_is_cleaned_too(section):
    article = make_article(section)
    article.body = json.dumps([{"type": "paragraph", "value": DIRTY, "id": "1"}])
    article.save()
    article.save_revision()
    assert "alert" not in stored(article)


def test_the_words_of_every_block_are_searched_and_nothing_else(section):
    body = [
        {"type": "paragraph", "value": "<p>Бірінші <b>сөз</b></p>"},
        {"type": "heading", "value": "Тақырып"},
        {
            "type": "quote",
            "value": {"text": "Дәйек", "said": "деді", "speaker": "ол", "role": ""},
        },
        {
            "type": "people_list",
            "value": {
                "introduction": "Қонақтар:",
                "people": [
                    {
                        "name": "UN-Habitat",
                        "post": "",
                        "organisation": "",
                        "person": None,
                    }
                ],
                "separator": "semicolon",
                "closing": "бар.",
            },
        },
        {"type": "embed", "value": {"url": "https://x.example/v", "title": "Бейне"}},
        {
            "type": "table",
            "value": {"caption": "Кесте", "table": {"data": [["а", "ә"], ["1", None]]}},
        },
    ]
    article = make_article(section, body=body)
    assert body_text(article.body).splitlines() == [
        "Бірінші сөз",
        "Тақырып",
        "Дәйек — деді ол",
        "Қонақтар:",
        "UN-Habitat",
        "бар.",
        "Бейне",
        "Кесте",
        "а · ә",
        "1",
    ]


def test_an_embed_accepts_only_web_urls(section):
    embed = {"url": "javascript:alert(1)", "title": "Бейне", "description": ""}
    article = make_article(section, body=[("embed", embed)])
    assert "javascript" not in stored(article)


def test_inline_markup_parts_no_words(section):
    html = "<p>H<sub>2</sub>O <b>форум</b>, Қ<i>аскелең</i><br>жол</p><p>екінші</p>"
    article = make_article(section, body=[("paragraph", html)])
    assert body_text(article.body) == "H2O форум, Қаскелең жол\nекінші"
