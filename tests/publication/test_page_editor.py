"""The page editor refuses a publication before Wagtail attempts it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, Revision

from newsroom.publication.models import FailedExpiry, RefusedPublication
from newsroom.publication.page_editor import refuse_publication, show_refusal
from tests.publication.messages import messages_of

MOMENT = timezone.make_aware(datetime(2026, 3, 1, 9, 30))


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def draft(page, vetoed) -> Page:
    """Return a draft that a veto refuses."""
    page.save_revision()
    vetoed.add(page.pk)
    return page


def test_a_draft_without_objections_is_left_to_wagtail(ask, draft, vetoed):
    vetoed.clear()
    request = ask()
    assert refuse_publication(request, draft) is None
    assert messages_of(request) == []


def test_a_page_without_a_draft_is_left_to_wagtail(ask, page, vetoed):
    vetoed.add(page.pk)
    request = ask()
    assert refuse_publication(request, page) is None
    assert messages_of(request) == []


def test_all_objections_are_shown_and_the_editor_is_opened_again(ask, draft, make_page):
    other = make_page(slug="taken")
    draft.slug = other.slug
    draft.save_revision(clean=False)
    request = ask()
    response = refuse_publication(request, draft)
    assert response.url == f"/admin/pages/{draft.pk}/edit/"
    ((level, text),) = messages_of(request)
    assert level == "error"
    start = "“P 0” was saved as a draft, not published: Not like this. Slug: "
    assert text.startswith(start)


def test_a_publication_in_the_future_is_only_warned_about(ask, draft):
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.live = True
    request = ask()
    assert refuse_publication(request, draft) is None
    assert messages_of(request) == [
        ("warning", "As it is now, “P 0” will not be published: Not like this.")
    ]
    assert draft.live


def test_a_time_that_is_not_in_the_future_is_a_publication_now(ask, draft, monkeypatch):
    draft.go_live_at = MOMENT
    monkeypatch.setattr(timezone, "now", lambda: MOMENT)
    assert refuse_publication(ask(), draft) is not None


def stored(page) -> tuple[bool, bool]:
    page = Page.objects.get(pk=page.pk)
    return page.live, page.has_unpublished_changes


def test_a_page_just_created_as_live_becomes_a_draft(ask, draft):
    Page.objects.filter(pk=draft.pk).update(live=True, has_unpublished_changes=False)
    draft.refresh_from_db()
    refuse_publication(ask(), draft)
    assert stored(draft) == (False, True)


def test_a_page_just_created_becomes_a_draft_even_if_it_is_not_valid(ask, draft):
    Page.objects.filter(pk=draft.pk).update(live=True, title="")
    draft.refresh_from_db()
    assert refuse_publication(ask(), draft) is not None
    assert stored(draft) == (False, True)


@pytest.mark.parametrize("shown", ["live_revision", "first_published_at"])
def test_a_page_that_readers_see_stays_as_it_is(ask, draft, shown):
    value = draft.latest_revision if shown == "live_revision" else MOMENT
    Page.objects.filter(pk=draft.pk).update(
        live=True, has_unpublished_changes=False, **{shown: value}
    )
    draft.refresh_from_db()
    assert refuse_publication(ask(), draft) is not None
    assert stored(draft) == (True, False)


def test_a_draft_is_not_written_again(ask, draft):
    Page.objects.filter(pk=draft.pk).update(has_unpublished_changes=False)
    draft.refresh_from_db()
    assert refuse_publication(ask(), draft) is not None
    assert stored(draft) == (False, False)


@pytest.fixture
def missed(make_page) -> tuple[Page, Page]:
    """Return a page that was not published in time, and one not taken down."""
    refused, live = make_page(), make_page()
    revision = refused.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=MOMENT)
    reasons = {"en": ["Not like this.", "No lead."], "kk": ["Олай емес."]}
    RefusedPublication.objects.create(
        revision=revision, page=refused, go_live_at=MOMENT, reasons=reasons
    )
    Page.objects.filter(pk=live.pk).update(live=True, expire_at=MOMENT)
    FailedExpiry.objects.create(page=live, expire_at=MOMENT, reasons=reasons)
    return refused, live


def test_the_editor_shows_when_and_why_the_page_missed_its_time(ask, missed):
    what = {"published": missed[0], "taken down": missed[1]}
    for action, page in what.items():
        request = ask()
        assert show_refusal(request, page) is None
        ((level, text),) = messages_of(request)
        assert level == "error"
        assert text.startswith(f"It was not {action} at its time, 01/03/2026 09:30:")
        assert text.endswith(" Not like this. No lead.")


def test_no_message_for_other_pages_or_a_posted_form(ask, missed, page):
    for request, one in ((ask(), page), (ask(method="post"), missed[0])):
        show_refusal(request, one)
        assert messages_of(request) == []


def test_no_message_after_the_time_was_changed(ask, missed):
    Revision.objects.update(approved_go_live_at=None)
    Page.objects.update(expire_at=None)
    for page in missed:
        request = ask()
        show_refusal(request, page)
        assert messages_of(request) == []
