"""Comments and schedules, which every page has in its editor."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone
from wagtail.models import Comment, Page, PageSubscription, get_page_models
from wagtail.users.models import UserProfile

from newsroom.articles.models import ArticlePage, SectionPage
from tests.articles.editing import (
    add_url,
    article_form,
    comments,
    edit_url,
    section_form,
)
from tests.factories import make_article, make_section


def account(name: str, role: str, language: str = "en"):
    user = get_user_model().objects.create_user(name, f"{name}@example.org")
    user.groups.add(Group.objects.get(name=role))
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


@pytest.fixture
def editor(db, client):
    user = account("editor", "News editors")
    client.force_login(user)
    return user


@pytest.fixture
def section(homes) -> SectionPage:
    return make_section(homes["kk"])


@pytest.mark.parametrize(
    "model", [model for model in get_page_models() if model is not Page]
)
def test_every_page_type_has_comments_schedule_and_promotion(model):
    form = model.get_edit_handler().get_form_class()
    fields = {"go_live_at", "expire_at", "comment_notifications"}
    fields |= {"slug", "seo_title", "search_description"}
    assert fields <= set(form.base_fields)
    assert "comments" in form.formsets or "wagtail_admin_comments" in form.formsets


def test_a_journalist_has_comments_and_schedule_but_no_privacy(client, section):
    article = make_article(section, live=False)
    for role, may_publish in (("Journalists", False), ("News editors", True)):
        client.force_login(account(role, role))
        answer = client.get(edit_url(article))
        assert 'data-side-panel-toggle="comments"' in answer.text
        assert 'id="schedule-publishing-dialog"' in answer.text
        privacy = f"/admin/pages/{article.pk}/privacy/"
        assert client.get(privacy).status_code == (200 if may_publish else 302)


def test_a_journalists_expiry_date_waits_for_publication(client, section):
    article = make_article(section)
    client.force_login(account("journalist", "Journalists"))
    end = timezone.localtime() + timedelta(days=1)
    form = article_form(expire_at=end.strftime("%Y-%m-%d %H:%M"))
    client.post(edit_url(article), form)
    article.refresh_from_db()
    assert article.expire_at is None
    assert article.get_latest_revision_as_object().expire_at


def test_an_article_is_scheduled_and_expires_in_the_editor(client, editor, section):
    start = timezone.localtime() + timedelta(days=1)
    end = start + timedelta(days=1)
    client.post(
        add_url(section),
        article_form(
            go_live_at=start.strftime("%Y-%m-%d %H:%M"),
            expire_at=end.strftime("%Y-%m-%d %H:%M"),
            **{"action-publish": "1"},
        ),
    )
    article = ArticlePage.objects.get(title="Көктем")
    assert not article.live
    assert article.approved_schedule
    assert article.expire_at == end.replace(second=0, microsecond=0)


def test_a_section_is_given_an_expiry_date(client, editor, homes):
    end = timezone.localtime() + timedelta(days=1)
    form = section_form(
        expire_at=end.strftime("%Y-%m-%d %H:%M"), **{"action-publish": "1"}
    )
    client.post(add_url(homes["kk"], "sectionpage"), form)
    section = SectionPage.objects.get(title="Мәдениет")
    assert section.live
    assert section.expire_at == end.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "пікірлерді жаңартты"),
        ("ru", "комментари"),
        ("en", "has updated comments"),
    ],
)
def test_subscribers_are_mailed_about_comments_in_their_language(
    client, editor, section, language, words
):
    article = make_article(section, live=False)
    author = account("author", "Journalists", language)
    PageSubscription.objects.create(
        page=article, user=author, comment_notifications=True
    )
    form = article_form(comments=comments({"text": "Дерек қайдан?"}))
    client.post(edit_url(article), form)
    assert Comment.objects.get(page=article).text == "Дерек қайдан?"
    (letter,) = mail.outbox
    assert letter.to == [author.email]
    assert words in letter.subject + letter.body
    assert "Дерек қайдан?" in letter.body


def test_a_comment_is_answered_and_resolved(client, editor, section):
    article = make_article(section, live=False)
    author = account("author", "Journalists")
    comment = Comment.objects.create(
        page=article, user=author, text="Дерек?", contentpath="lead"
    )
    row = {"id": comment.pk, "text": comment.text}
    reply = {
        "TOTAL_FORMS": 1,
        "INITIAL_FORMS": 0,
        "0": {"id": "", "text": "Есептен.", "DELETE": ""},
    }
    form = article_form(comments=comments(row | {"replies": reply}, saved=1))
    client.post(edit_url(article), form)
    assert comment.replies.get().text == "Есептен."
    assert [letter.to for letter in mail.outbox] == [[author.email]]
    form = article_form(comments=comments(row | {"resolved": "on"}, saved=1))
    client.post(edit_url(article), form)
    comment.refresh_from_db()
    assert comment.resolved_at
    assert comment.resolved_by == editor


def test_a_translation_starts_without_comments_and_schedule(homes, locales, section):
    section.copy_for_translation(locales["ru"])
    article = make_article(
        section, live=False, expire_at=timezone.now() + timedelta(days=1)
    )
    user = account("author", "Journalists")
    Comment.objects.create(page=article, user=user, text="?", contentpath="lead")
    copy = article.copy_for_translation(locales["ru"])
    assert (copy.go_live_at, copy.expire_at) == (None, None)
    assert Comment.objects.filter(page=copy).count() == 0


def test_no_script_of_the_title_fails_at_every_key(client, editor, section):
    """Wagtail's panel without a slug to fill looks for an element without a name."""
    for url in (add_url(section), edit_url(section)):
        page = BeautifulSoup(client.get(url).text, "html.parser")
        title = page.select_one("#id_title")
        assert "w-sync" not in title.get("data-controller", "")
        assert title["placeholder"]
