"""The dashboard lists pages that missed their time to users who may change them."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, Revision

from newsroom.publication.models import FailedExpiry, RefusedPublication
from newsroom.publication.panels import (
    SHOWN,
    Item,
    NotPublishedPanel,
    NotTakenDownPanel,
)
from newsroom.publication.wagtail_hooks import add_panel
from tests.translation.segments import account

NOW = timezone.now()


def miss_publication(page, moment=NOW) -> RefusedPublication:
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=moment)
    return RefusedPublication.objects.create(
        revision=revision, page=page, go_live_at=moment, reasons={"en": ["No."]}
    )


def miss_expiry(page, moment=NOW) -> FailedExpiry:
    Page.objects.filter(pk=page.pk).update(live=True, expire_at=moment)
    return FailedExpiry.objects.create(
        page=page, expire_at=moment, reasons={"en": ["No."]}
    )


KINDS = pytest.mark.parametrize(
    ("panel", "miss"),
    [(NotPublishedPanel(), miss_publication), (NotTakenDownPanel(), miss_expiry)],
    ids=["not published", "not taken down"],
)


@pytest.fixture
def editor(db):
    return account("editor", "News editors")


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@KINDS
def test_an_entry_has_title_url_time_and_reasons(panel, miss, page, editor):
    miss(page)
    assert panel.items(editor) == [
        Item(
            title="P 0",
            url=f"/admin/pages/{page.pk}/edit/",
            moment=NOW,
            reasons=["No."],
        )
    ]


@KINDS
def test_only_pages_that_the_user_may_change_or_publish_are_listed(
    panel, miss, homes, make_page
):
    page = make_page(homes["ru"])
    miss(page)
    listed = {
        group: [item.title for item in panel.items(account(group, group))]
        for group in ("Language editors: ru", "Language editors: kk", "Nobody")
    }
    assert listed == {
        "Language editors: ru": ["P 0"],
        "Language editors: kk": [],
        "Nobody": [],
    }


@KINDS
@pytest.mark.parametrize("permission", ["change_page", "publish_page"])
def test_either_permission_shows_the_missed_pages(panel, miss, homes, page, permission):
    miss(page)
    user = account("user")
    group = Group.objects.create(name="One permission")
    group.page_permissions.create(
        page=homes["kk"], permission=Permission.objects.get(codename=permission)
    )
    user.groups.add(group)
    assert [item.title for item in panel.items(user)] == ["P 0"]


@KINDS
def test_more_entries_need_no_more_queries(
    panel, miss, make_page, editor, django_assert_num_queries
):
    miss(make_page())
    panel.items(editor)  # fills the cache of permissions
    with CaptureQueriesContext(connection) as one:
        panel.items(editor)
    for _ in range(3):
        miss(make_page())
    with django_assert_num_queries(len(one)):
        assert len(panel.items(editor)) == 4


@KINDS
def test_the_newest_entries_are_listed_first_up_to_the_limit(
    panel, miss, make_page, editor
):
    for hours in [*range(SHOWN), -1]:
        miss(make_page(title=f"{hours} h"), NOW - timedelta(hours=hours))
    titles = [item.title for item in panel.items(editor)]
    assert titles == ["-1 h", *(f"{hours} h" for hours in range(SHOWN - 1))]


@KINDS
def test_pages_whose_time_was_removed_are_not_listed(panel, miss, page, editor):
    miss(page)
    Revision.objects.update(approved_go_live_at=None)
    Page.objects.update(live=False)
    assert panel.items(editor) == []


@KINDS
def test_the_template_gets_heading_name_and_items(panel, miss, page, editor):
    miss(page)
    parent = {"request": SimpleNamespace(user=editor)}
    assert panel.get_context_data(parent) == {
        "heading": panel.heading,
        "name": panel.name,
        "items": panel.items(editor),
    }
    assert (
        panel.render_html({"request": SimpleNamespace(user=editor)}).count("No.") == 1
    )


def test_the_dashboard_has_both_panels(ask):
    panels = []
    add_panel(ask(), panels)
    assert [type(panel) for panel in panels] == [NotPublishedPanel, NotTakenDownPanel]
