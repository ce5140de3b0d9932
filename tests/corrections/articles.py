"""Articles that are published, corrected and published again."""

import json
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from newsroom.articles.models import ArticlePage
from newsroom.corrections.models import Correction

BODY = [
    ("paragraph", "<p>Форумға <b>бес</b> жүз адам келді.</p><p>Ол екі күн өтті.</p>"),
    ("quote", {"text": "Қала өседі", "said": "деді", "speaker": "әкім", "role": ""}),
    (
        "list",
        {"heading": "Міндет:", "introduction": "", "items": ["бірінші", "екінші"]},
    ),
    (
        "table",
        {
            "caption": "Қатысушылар",
            "table": {"data": [["Қала", "Саны"], ["Ақтау", "40"]]},
        },
    ),
]


def publish(article: ArticlePage, **fields: Any) -> ArticlePage:
    """Publish a new version of *article* with these fields."""
    page = ArticlePage.objects.get(pk=article.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)


def body_with(article: ArticlePage, **texts: str) -> str:
    """Return the article's body with these texts; block ids stay the same."""
    stored = json.dumps(article.body.get_prep_value(), ensure_ascii=False)
    for old, new in texts.items():
        assert old in stored
        stored = stored.replace(old, new)
    return stored


def correct(article: ArticlePage, text: str = "Бес емес, алты.", **fields: Any):
    """Add a correction, which the next publication shows."""
    return Correction.objects.create(article=article, text=text, **fields)


def member(role: str):
    user = get_user_model().objects.create_user(role)
    user.groups.add(Group.objects.get(name=role))
    return user


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(element: Tag) -> str:
    return " ".join(element.get_text().split())
