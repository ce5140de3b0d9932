"""The bulk action publishes what it may, and names the other pages with reasons."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page, PageLogEntry, Revision

from newsroom.articles.refusals import Reason
from newsroom.publication.bulk_actions import (
    NAMED,
    RefusingPublishBulkAction,
    publish_page,
)
from tests.publication.messages import messages_of
from tests.translation.segments import account

REFUSED = [Reason("test", "Not like this.")]


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def vetoed_publication(vetoed, monkeypatch):
    """Refuse plain pages too: only a save of an article asks the vetoes."""
    usual = Revision.publish

    def publish(self, **kwargs):
        if int(self.object_id) in vetoed:
            raise PermissionDenied
        usual(self, **kwargs)

    monkeypatch.setattr(Revision, "publish", publish)
    return vetoed


def is_live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_the_latest_draft_is_published_by_the_user(page):
    user = account("editor", "News editors")
    page.title = "Newer"
    page.save_revision()
    refused = []
    assert publish_page(page, user=user, refused=refused) is True
    assert refused == []
    stored = Page.objects.get(pk=page.pk)
    assert (stored.live, stored.title) == (True, "Newer")
    entry = PageLogEntry.objects.get(action="wagtail.publish", page=page.pk)
    assert entry.user == user


def test_a_page_without_a_revision_gets_one_of_the_user(page):
    user = account("editor", "News editors")
    assert publish_page(page, user=user, refused=[]) is True
    assert Page.objects.get(pk=page.pk).live_revision.user == user


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionDenied(), Reason("permission", "You may not publish it.")),
        (
            ValidationError({"slug": "Taken."}),
            Reason("invalid:slug", "Slug: Taken."),
        ),
        (
            ZeroDivisionError("no"),
            Reason(
                "error:ZeroDivisionError",
                "Something went wrong; the site's log has the details.",
            ),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_failure_is_recorded_with_its_reasons_and_undone(
    page, monkeypatch, error, reason, caplog
):
    def publish(self, **kwargs):
        Page.objects.filter(pk=page.pk).update(title="Half done")
        raise error

    monkeypatch.setattr(Revision, "publish", publish)
    refused = []
    assert publish_page(page, user=None, refused=refused) is False
    assert refused == [(page, [reason])]
    assert Page.objects.get(pk=page.pk).title == "P 0"
    unexpected = isinstance(error, ZeroDivisionError)
    assert caplog.messages == [f"{page} could not be published."] * unexpected


def test_pages_after_a_refused_one_are_published_and_counted(
    make_page, vetoed_publication
):
    pages = [make_page() for _ in range(4)]
    vetoed_publication |= {pages[0].pk, pages[2].pk}
    refused = []
    counts = RefusingPublishBulkAction.execute_action(pages, refused=refused)
    assert counts == (2, 0)
    assert [is_live(page) for page in pages] == [False, True, False, True]
    assert [page for page, _reasons in refused] == [pages[0], pages[2]]


def test_the_list_of_refused_pages_is_optional(page, vetoed_publication):
    vetoed_publication.add(page.pk)
    assert RefusingPublishBulkAction.execute_action([page]) == (0, 0)


@pytest.fixture
def tree(make_page):
    """Return a page, two drafts below it, and a draft below the first of them."""
    top = make_page()
    first, second = make_page(top), make_page(top)
    return top, first, second, make_page(first)


def test_drafts_below_are_published_only_if_they_are_included(tree):
    top, *below = tree
    assert RefusingPublishBulkAction.execute_action([top]) == (1, 0)
    assert not any(map(is_live, below))
    assert RefusingPublishBulkAction.execute_action([top], True) == (1, 3)
    assert all(map(is_live, below))


def test_live_pages_below_are_not_published_again(tree):
    top, first, *_drafts = tree
    first.save_revision().publish()
    shown = Page.objects.get(pk=first.pk).live_revision
    first.save_revision()
    counts = RefusingPublishBulkAction.execute_action([top], include_descendants=True)
    assert counts == (1, 2)
    assert Page.objects.get(pk=first.pk).live_revision == shown


def test_drafts_that_the_user_may_not_publish_are_left_alone(homes, make_page):
    user = account("russian", "Language editors: ru")
    top = make_page(homes["ru"])
    below = make_page(top)
    elsewhere = make_page()
    kazakh = make_page(elsewhere)
    action = RefusingPublishBulkAction.execute_action
    refused = []
    assert action([top], True, user, refused) == (1, 1)
    assert is_live(below)
    assert action([elsewhere], True, user, refused)[1] == 0
    assert not is_live(kazakh)
    assert kazakh not in [page for page, _reasons in refused]
    published = PageLogEntry.objects.filter(action="wagtail.publish")
    for page in (top, below):
        assert published.get(page=page.pk).user == user


def test_a_page_is_tried_once_and_refused_once(tree, vetoed_publication):
    """It may be selected, and lie below two selected pages as well."""
    top, first, second, lowest = tree
    vetoed_publication |= {lowest.pk, second.pk}
    refused = []
    counts = RefusingPublishBulkAction.execute_action(
        [top, first, second], include_descendants=True, refused=refused
    )
    assert counts == (2, 0)
    assert sorted(page.pk for page, _reasons in refused) == [second.pk, lowest.pk]


@pytest.fixture
def action(ask):
    """Return the action after its execution, without pages."""
    request = ask("/admin/bulk/")
    request.user = None
    action = RefusingPublishBulkAction(request, model=Page)
    action.cleaned_form = SimpleNamespace(cleaned_data={"include_descendants": False})
    return action


def test_the_list_of_refused_pages_is_passed_to_the_execution(action, monkeypatch):
    assert action.refused == []
    context = action.get_execution_context()
    assert context["refused"] is action.refused
    assert context["include_descendants"] is False
    assert context.keys() > PageBulkAction.get_execution_context(action).keys()


def test_the_success_message_is_wagtails(action):
    assert action.get_success_message(2, 0) == "2 pages have been published"
    action.cleaned_form.cleaned_data["include_descendants"] = True
    said = action.get_success_message(0, 3)
    assert said == "0 pages and 3 child pages have been published"
    assert messages_of(action.request) == []


def test_there_is_no_success_message_if_all_pages_were_refused(action, page):
    assert action.get_success_message(0, 0) == "0 pages have been published"
    action.refused.append((page, REFUSED))
    assert action.get_success_message(0, 0) is None
    assert action.get_success_message(1, 0) == "1 page has been published"
    action.cleaned_form.cleaned_data["include_descendants"] = True
    assert "1 child page" in action.get_success_message(0, 1)


def test_a_refused_page_is_named_with_all_its_reasons(action, page):
    action.refused.append((page, [*REFUSED, Reason("b", "No lead.")]))
    action.get_success_message(0, 0)
    assert messages_of(action.request) == [
        ("error", "“P 0” was not published: Not like this. No lead.")
    ]


@pytest.mark.parametrize("language", ["en", None], ids=["catalogue", "source"])
@pytest.mark.parametrize(
    ("more", "text"),
    [
        (0, None),
        (1, "1 more page was not published."),
        (2, "2 more pages were not published."),
    ],
)
def test_refused_pages_that_are_too_many_to_name_are_counted(
    action, page, more, text, language
):
    action.refused.extend([(page, REFUSED)] * (NAMED + more))
    with override(language):
        action.get_success_message(0, 0)
    named, rest = messages_of(action.request)[:NAMED], messages_of(action.request)
    assert len(named) == NAMED
    assert rest[NAMED:] == ([("error", text)] if text else [])
