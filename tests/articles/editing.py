"""Posting the page editor's form as a browser does."""

from typing import Any

from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data

LISTS = ("authors", "topics", "people", "organisations", "places")


def comments(*rows: dict[str, Any], saved: int = 0) -> dict[str, Any]:
    """Return the formset of comments; rows that are stored already come first."""
    forms = {
        "TOTAL_FORMS": len(rows),
        "INITIAL_FORMS": saved,
        "MIN_NUM_FORMS": 0,
        "MAX_NUM_FORMS": "",
    }
    for number, row in enumerate(rows):
        replies = row.get("replies", {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0})
        forms[str(number)] = {
            "id": "",
            "text": "",
            "contentpath": "lead",
            "position": "",
            "DELETE": "",
            "resolved": "",
            **row,
            "replies": replies,
        }
    return forms


def article_form(**fields: Any) -> dict[str, Any]:
    """Return the posted form of an article: a headline, a lead and an empty text."""
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    return nested_form_data(
        {
            "title": "Көктем",
            "lead": "Бәйшешек гүлдеді.",
            "body": {"count": 0},
            "kind": "news",
            "published_at": "2026-03-01 10:00",
            "slug": "",
            **dict.fromkeys(LISTS, empty),
            "comments": comments(),
            "comment_notifications": "on",
            **fields,
        }
    )


def section_form(**fields: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": "Мәдениет",
            "introduction": "",
            "slug": "",
            "comments": comments(),
            "comment_notifications": "on",
            **fields,
        }
    )


def add_url(parent: Page, model: str = "articlepage") -> str:
    return reverse("wagtailadmin_pages:add", args=["articles", model, parent.pk])


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
