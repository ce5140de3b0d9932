"""Work on an upgraded site that was begun before the upgrade.

Drafts, schedules and deleted pages are stored as JSON in the form of an earlier
version, which no migration of columns converts. This version's code uses them here.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db.models import Q
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from newsroom.articles.models import ArticlePage
from newsroom.bin.models import DeletedPage
from newsroom.bin.restoring import restore
from newsroom.demo.accounts import DEMO_ACCOUNTS
from newsroom.translation.sources import target_of
from tests.translation.articles import translate
from tests.upgrades.observation import found_by, lines_of, shown_at


def work_on() -> dict[str, Any]:
    """Return what became of each piece of work; the tests say what it must be."""
    client, visitor = Client(), Client()
    account = next(one for one in DEMO_ACCOUNTS if one.username == "admin")
    found: dict[str, Any] = {
        "logged_in": client.login(
            request=HttpRequest(),  # lock-outs count by its address
            username=account.username,
            password=account.password,
        ),
        "editors_failed": _editors_that_fail(client),
    }
    call_command("publish_scheduled", verbosity=0)
    found["due"] = {
        title: _state(visitor, ArticlePage.objects.get(Q(title=title)))
        for title in (
            "Уақыты келген мақала",
            "Уақыты келген өзгеріс",
            "Рұқсатсыз мақала",
            "Кейін шығатын мақала",
        )
    }
    found["restored"] = _state(visitor, _publish(_restored("Себеттегі мақала")))
    found["published"] = _state(visitor, _publish_draft("Жоба: қысқы маусым"))
    found["translated"] = _state(visitor, _translated("Кітапхана жаңа ғимаратқа көшті"))
    found["found"] = found_by(visitor, "/kk/search/results.json", "маусым қысқы")
    call_command("check_search", verbosity=0)
    return found


def _editors_that_fail(client: Client) -> list[list[Any]]:
    """Return the pages whose editor does not open, with the status."""
    found = []
    for page in Page.objects.filter(depth__gt=1):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        status = client.get(url, follow=True).status_code
        if status != 200:
            found.append([page.title, status])
    return found


def _state(visitor: Client, page: Page) -> dict[str, Any]:
    """Return what readers see of *page*: its status, and the lines that it lacks."""
    page = ArticlePage.objects.get(pk=page.pk)
    shown = shown_at(visitor, page.url)
    missing = [line for line in lines_of(page) if line not in shown["text"]]
    return {
        "status": shown["status"],
        "lines": lines_of(page),
        "missing": missing if shown["status"] == 200 else [],
    }


def _restored(title: str) -> Page:
    deleted = DeletedPage.objects.get(title=title)
    user = get_user_model().objects.get(username="admin")
    return restore(deleted, parent=Page.objects.get(pk=deleted.parent_id), user=user)


def _publish(page: Page) -> Page:
    page.get_latest_revision().publish()
    return page


def _publish_draft(title: str) -> Page:
    return _publish(ArticlePage.objects.get(title=title))


def _translated(title: str) -> Page:
    original = ArticlePage.objects.get(title=title, locale__language_code="kk")
    translation = Translation.objects.get(
        source__object_id=original.translation_key,
        target_locale__language_code="ru",
    )
    translate(translation)
    translation.save_target(publish=True)
    return target_of(translation)
