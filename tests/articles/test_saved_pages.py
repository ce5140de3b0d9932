"""Saves that publish a revision, and saves that may change what readers see."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured

from newsroom.articles import publishing
from newsroom.articles.models import SectionPage
from newsroom.articles.publishing import (
    BOOKKEEPING,
    STEPS,
    Event,
    SavedPage,
    is_publication,
    page_saved,
    run,
    what_readers_see,
)
from tests.factories import make_section


@pytest.mark.parametrize("keeps_text", [False, True])
@pytest.mark.parametrize("names_revision", [False, True])
@pytest.mark.parametrize("is_shown", [False, True])
@pytest.mark.parametrize(
    ("fields", "writes_revision"),
    [
        (None, True),
        ([], False),
        (["title"], False),
        (["title", "live_revision"], True),
    ],
    ids=str,
)
def test_a_publication_writes_a_live_revision_that_is_not_shown_yet(
    keeps_text, names_revision, is_shown, fields, writes_revision
):
    page = SimpleNamespace(
        keeps_text=keeps_text,
        names_live_revision=names_revision,
        is_shown_already=lambda: is_shown,
    )
    expected = names_revision and writes_revision and not (keeps_text or is_shown)
    assert is_publication(page, fields) is expected


@pytest.fixture
def section(homes) -> SectionPage:
    """Return a stored section; its instance holds another title."""
    section = make_section(homes["kk"])
    section.title = "Draft"
    return section


@pytest.mark.parametrize("url_changed", [False, True])
def test_a_full_save_shows_the_values_of_the_instance(section, url_changed):
    seen = what_readers_see(section, None, url_changed=url_changed)
    assert seen == SavedPage(section, is_whole=True, url_changed=url_changed)
    assert seen.page is section


@pytest.mark.parametrize("url_changed", [False, True])
@pytest.mark.parametrize("fields", [["title"], ["numchild", "title"]])
def test_a_save_of_some_fields_shows_the_stored_values(section, fields, url_changed):
    seen = what_readers_see(section, fields, url_changed=url_changed)
    assert seen == SavedPage(section, is_whole=False, url_changed=url_changed)
    assert (seen.page.title, type(seen.page)) == ("Қоғам", SectionPage)


@pytest.mark.parametrize("url_changed", [False, True])
def test_a_save_as_a_plain_page_shows_the_stored_values(section, url_changed):
    plain = section.page_ptr
    seen = what_readers_see(plain, None, url_changed=url_changed)
    assert (seen.page, seen.page.title) == (section, "Қоғам")
    assert (seen.is_whole, seen.url_changed) == (False, url_changed)


def test_url_changed_is_false_unless_the_caller_sets_it(section):
    for fields in (None, ["title"]):
        assert what_readers_see(section, fields).url_changed is False


def test_a_save_of_bookkeeping_or_of_nothing_shows_nothing(section):
    assert what_readers_see(section, sorted(BOOKKEEPING)) is None
    assert what_readers_see(section, ["alias_of_id"]) is None
    assert what_readers_see(section, []) is None
    with pytest.raises(FieldDoesNotExist):
        what_readers_see(section, ["nothing"])


def test_a_page_that_is_not_stored_any_more_shows_nothing(section):
    SectionPage.objects.get(pk=section.pk).delete()
    assert what_readers_see(section, ["title"]) is None


@pytest.fixture
def step_calls(monkeypatch):
    """Return the arguments of the steps that run; each step runs the same function."""
    calls = []

    def register(event, *steps):
        def function_of(step):
            return lambda *args, **kwargs: calls.append((step, args, kwargs))

        for step in steps:
            monkeypatch.setitem(
                publishing._registered, (event, step), function_of(step)
            )

    monkeypatch.setattr(publishing, "_registered", {})
    return calls, register


def test_the_steps_get_the_saved_page_once_and_only_if_readers_see_it(
    section, step_calls
):
    calls, register = step_calls
    register(Event.SAVED, "files")
    page_saved(section, None)
    page_saved(section, ["title"], url_changed=True)
    page_saved(section, ["numchild"])
    assert calls == [
        ("files", (SavedPage(section, is_whole=True),), {}),
        ("files", (SavedPage(section, is_whole=False, url_changed=True),), {}),
    ]


def test_steps_run_in_the_listed_order_with_all_arguments_and_others_do_not(
    db, step_calls
):
    calls, register = step_calls
    steps = STEPS[Event.SAVED]
    register(Event.SAVED, *reversed(steps[1:]))
    register(Event.MOVED, "files")
    run(Event.SAVED, 1, 2, using="x")
    assert calls == [(step, (1, 2), {"using": "x"}) for step in steps[1:]]


def test_a_failing_step_undoes_the_steps_before_it(section, step_calls, monkeypatch):
    def write(page):
        SectionPage.objects.filter(pk=page.pk).update(title="Half done")

    def fail(page):
        raise ZeroDivisionError

    monkeypatch.setitem(publishing._registered, (Event.MOVED, "search_index"), write)
    monkeypatch.setitem(publishing._registered, (Event.MOVED, "translations"), fail)
    with pytest.raises(ZeroDivisionError):
        run(Event.MOVED, section)
    assert SectionPage.objects.get(pk=section.pk).title == "Қоғам"


def test_an_unknown_step_is_refused_with_the_names_of_the_known_ones(step_calls):
    with pytest.raises(ImproperlyConfigured) as refused:
        publishing.register(Event.PUBLISHING, "sitemap", print)
    assert str(refused.value) == (
        "Event PUBLISHING has no step 'sitemap'. Add it to STEPS in "
        "newsroom.articles.publishing or use one of: vetoes, synchronised_fields."
    )


def test_a_step_is_registered_once_for_each_event(step_calls):
    publishing.register(Event.SAVED, "files", print)
    publishing.register(Event.MOVED, "files", print)
    with pytest.raises(ImproperlyConfigured) as refused:
        publishing.register(Event.MOVED, "files", repr)
    assert str(refused.value) == "Step 'files' of event MOVED is registered already."
    assert set(publishing._registered.values()) == {print}
