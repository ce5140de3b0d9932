"""Drafts, scheduled, corrected, moved, closed and deleted pages."""

import json
from typing import Any

from django.contrib.auth.models import Group
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, PageViewRestriction

from newsroom.articles.models import ArticlePage
from newsroom.corrections.withdrawing import withdraw
from newsroom.publication.schedule import publish_scheduled
from tests.corrections.articles import correct
from tests.factories import locale_of
from tests.publication.test_scheduled import schedule_at
from tests.translation.articles import (
    paragraphs,
    republish,
    submit,
    translate,
)
from tests.upgrades.content.articles import FAR_FUTURE, PUBLISHED_AT, article, section


def make_drafts_and_schedules(users: dict[str, Any]) -> None:
    journalist, editor = users["journalist"], users["editor"]
    draft = article("Жоба: қысқы маусым", "Ешкім әлі оқыған жоқ.", live=False)
    Comment.objects.create(
        page=draft, user=editor, text="Дереккөз керек.", contentpath="lead"
    )
    changed = article("Ауыл клубы", "Клуб ашық.")
    changed.title, changed.lead = "Ауыл клубы жаңарды", "Жаңа сахна бар."
    changed.save_revision(user=journalist)
    russian = article("Погода на неделю", "Ожидаются дожди.", code="ru", live=False)
    russian.get_workflow().start(russian, journalist)
    locked = article("Weather station opens", "It measures snow.", code="en")
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=editor)
    later = article("Кейін шығатын мақала", "Ертең жарияланады.", live=False)
    later = later.get_latest_revision_as_object()
    later.go_live_at = FAR_FUTURE
    later.save_revision(user=editor).publish(user=editor)
    ending = article("Мерзімі бар хабарландыру", "Жүз жылдан кейін жойылады.")
    ending.expire_at = FAR_FUTURE
    ending.save_revision().publish()
    # Planned by an account that has left since: refused at its time.
    left = users["left"]
    refused = article("Рұқсатсыз мақала", "Жарияланбайды.", live=False)
    schedule_at(refused, left, PUBLISHED_AT)
    left.is_active = False
    left.save()
    publish_scheduled()
    # Their time has passed when the site is upgraded.
    due = article("Уақыты келген мақала", "Жаңартудан кейін шығады.", live=False)
    schedule_at(due, editor, PUBLISHED_AT)
    text = "Жаңартылған мәтін шығады."
    waiting = article("Уақыты келген өзгеріс", "Ескі мәтін.")
    waiting.lead = text
    waiting.save_revision()
    schedule_at(waiting, editor, PUBLISHED_AT)


def make_corrections(users: dict[str, Any]) -> None:
    page = article("Қатысушылар саны", "Форумға бес жүз адам келді.")
    correct(page, "Бес емес, алты жүз адам келді.", created_by=users["editor"])
    body = json.dumps(paragraphs(page, "Форумға алты жүз адам келді."))
    page = republish(page, body=body)
    correct(page, "Қатысушылар тізімі толықтырылды.", kind="update")
    page = republish(page, lead="Форумға алты жүзден астам адам келді.")
    correct(page, "Келесі жарияланымды күтеді.", kind="clarification")
    second = page.published_versions.get(number=2)
    withdraw(second, user=users["editor"], reason="Жеке деректер")


def make_moved_and_closed_pages(users: dict[str, Any]) -> None:
    renamed = article("Renamed article", "The first headline was worse.", code="en")
    republish(renamed, slug="renamed-and-moved")
    ArticlePage.objects.get(pk=renamed.pk).move(
        section("en", "economy"), pos="last-child"
    )
    Redirect.objects.create(old_path="/old-archive", redirect_page=renamed)
    Redirect.objects.create(
        old_path="/gone", redirect_link="https://example.org/", is_permanent=False
    )
    closed = article("Жабық мақала", "Құпиясөзбен ғана оқылады.")
    PageViewRestriction.objects.create(
        page=closed, restriction_type="password", password="open sesame"
    )
    team = article("Только для редакции", "Внутреннее.", code="ru")
    restriction = PageViewRestriction.objects.create(
        page=team, restriction_type="groups"
    )
    restriction.groups.set(Group.objects.filter(name="News editors"))
    for page in (closed, team):
        ArticlePage.objects.get(pk=page.pk).save_revision().publish()
    withdrawn = article("Алынып тасталған мақала", "Оқырман көрмейді.")
    withdrawn.unpublish(user=users["editor"])


def make_deleted_pages() -> None:
    page = article("Себеттегі мақала", "Қайта қалпына келеді.")
    translation = submit(page, locale_of("ru"))
    translate(translation)
    translation.save_target(publish=True)
    ArticlePage.objects.get(pk=page.pk).delete()
