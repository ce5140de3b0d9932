"""Each way to publish or withdraw an article leaves one entry in the log."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import Release
from newsroom.translation.releases import publishing
from tests.accounts.members import chief
from tests.factories import make_article, make_section

PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
WITHDRAWN = ("wagtail.unpublish", "wagtail.unpublish.scheduled")
PAST = timedelta(minutes=5)


@pytest.fixture
def boss(client, db):
    user = chief()
    client.force_login(user)
    return user


@pytest.fixture
def draft(homes, boss):
    page = make_article(make_section(homes["kk"]), live=False)
    page.save_revision(user=boss)
    return page


@pytest.fixture
def live(homes, boss):
    page = make_article(make_section(homes["kk"]))
    PageLogEntry.objects.filter(page=page.pk).delete()
    return page


def logged(page, actions=PUBLISHED + WITHDRAWN) -> list[tuple[str, object]]:
    found = PageLogEntry.objects.filter(page=page.pk, action__in=actions)
    return [(one.action, one.user) for one in found.order_by("pk")]


def test_the_bulk_action_records_a_publication_once(client, draft, boss):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={draft.pk}", {"include_descendants": "on"})
    assert Page.objects.get(pk=draft.pk).live
    assert logged(draft) == [("wagtail.publish", boss)]


def test_the_bulk_action_records_a_withdrawal_once(client, live, boss):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{url}?id={live.pk}", {"include_descendants": ""})
    assert not Page.objects.get(pk=live.pk).live
    assert logged(live) == [("wagtail.unpublish", boss)]


def test_the_unpublish_view_records_a_withdrawal_once(client, live, boss):
    client.post(reverse("wagtailadmin_pages:unpublish", args=[live.pk]))
    assert logged(live) == [("wagtail.unpublish", boss)]


def test_a_scheduled_publication_is_recorded_once(draft, boss):
    page = draft.get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision(user=boss)
    revision.publish(user=boss)
    past = timezone.now() - PAST
    content = revision.content | {"go_live_at": past.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=past, content=content
    )
    for _time in range(2):
        call_command("publish_scheduled")
    assert Page.objects.get(pk=draft.pk).live
    assert logged(draft) == [("wagtail.publish.scheduled", None)]


def test_an_expiry_is_recorded_once(live):
    Page.objects.filter(pk=live.pk).update(expire_at=timezone.now() - PAST)
    for _time in range(2):
        call_command("publish_scheduled")
    assert logged(live) == [("wagtail.unpublish.scheduled", None)]


def test_a_release_records_each_version_once(draft, boss):
    release = Release.objects.create(
        translation_key=draft.translation_key, created_by=boss
    )
    release.languages.create(locale=draft.locale)
    publishing.publish(release, user=boss)
    assert Page.objects.get(pk=draft.pk).live
    assert logged(draft) == [("wagtail.publish", boss)]


def test_code_that_publishes_is_recorded_once(draft):
    ArticlePage.objects.get(pk=draft.pk).save_revision().publish()
    assert logged(draft) == [("wagtail.publish", None)]


def test_an_approved_article_is_recorded_once(draft, boss):
    workflow = draft.get_workflow()
    state = workflow.start(draft, boss)
    state.current_task_state.approve(user=boss)
    assert Page.objects.get(pk=draft.pk).live
    assert logged(draft) == [("wagtail.publish", boss)]
