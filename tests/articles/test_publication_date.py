"""An article is dated when it is first published, unless an editor set its date."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from newsroom.articles.models import ArticlePage
from search.models import Entry
from tests.factories import make_article, make_section
from tests.translation.articles import republish, submit, translate

DATE = datetime(2005, 8, 30, 4, 15, tzinfo=UTC)


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


def fresh(page) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def test_the_date_is_that_of_the_first_publication(section):
    page = make_article(section, live=False)
    for title in ("Бірінші", "Екінші", "Үшінші"):  # saved and opened again
        page = fresh(page).get_latest_revision_as_object()
        page.title = title
        page.save_revision()
        assert fresh(page).published_at is None
    before = timezone.now()
    fresh(page).get_latest_revision().publish()
    live = fresh(page)
    assert before <= live.published_at == live.first_published_at <= timezone.now()
    assert live.live_revision.as_object().published_at is not None
    assert Entry.objects.get(key=f"page:{page.pk}").published_at == live.published_at
    republish(live, title="Төртінші")
    assert fresh(page).published_at == live.published_at


def test_a_date_set_by_an_editor_is_kept(section):
    page = make_article(section, live=False, published_at=DATE)
    page.get_latest_revision().publish()
    assert fresh(page).published_at == DATE
    republish(page, title="Басқа")
    assert fresh(page).published_at == DATE


def test_an_import_may_date_an_article_or_not(section):
    dated = ArticlePage(title="Ескі", lead="Сөз", published_at=DATE)
    section.add_child(instance=dated)
    undated = ArticlePage(title="Жаңа", lead="Сөз")
    before = timezone.now()
    section.add_child(instance=undated)
    assert fresh(dated).published_at == DATE
    assert fresh(undated).published_at >= before


def test_an_emptied_date_is_that_of_the_first_publication_again(section):
    page = make_article(section, published_at=DATE)
    republish(page, published_at=None)
    assert fresh(page).published_at == fresh(page).first_published_at


def test_a_scheduled_article_is_dated_when_it_goes_live(section):
    page = make_article(section, live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision()
    revision.publish()
    assert (fresh(page).live, fresh(page).published_at) == (False, None)
    past = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=past, content=content
    )
    call_command("publish_scheduled")
    live = fresh(page)
    assert live.live
    assert live.published_at == live.first_published_at > past


def test_a_translation_has_the_date_of_its_original(
    section, locales, django_capture_on_commit_callbacks
):
    page = make_article(section, live=False)
    with django_capture_on_commit_callbacks(execute=True):
        translation = submit(page, locales["ru"])
        translate(translation)
        translation.save_target(publish=True)
    target = fresh(translation.get_target_instance())
    assert target.live
    assert target.published_at == target.first_published_at
    fresh(page).get_latest_revision().publish()
    assert fresh(page).published_at == fresh(target).published_at
    assert fresh(page).published_at == fresh(page).first_published_at


def test_a_draft_without_a_date_can_be_previewed_and_listed(admin_client, section):
    page = make_article(section, live=False)
    for url in (
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[section.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("translation_desk:index"),
    ):
        assert admin_client.get(url).status_code == 200, url
    assert admin_client.get(section.url).status_code == 200
    assert fresh(page).published_at is None


def test_the_form_of_a_new_article_has_no_date(admin_client, section):
    url = reverse(
        "wagtailadmin_pages:add", args=["articles", "articlepage", section.pk]
    )
    form = admin_client.get(url).context["form"]
    assert form["published_at"].value() is None
    assert not form.fields["published_at"].required
