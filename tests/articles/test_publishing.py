"""The steps of publication run in one order, together, and for every kind of save."""

from datetime import timedelta
from weakref import ReferenceType

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    pre_page_move,
)

from home.models import HomePage
from newsroom.articles import publishing
from newsroom.articles.draft_saves import LiveTextError
from newsroom.articles.models import ArticlePage, SectionPage
from newsroom.articles.publishing import BOOKKEEPING, STEPS, Event
from search.models import Entry
from tests.factories import locale_of, make_article, make_section
from tests.translation.articles import submit, translate

PAGE_MODELS = (Page, ArticlePage, SectionPage, HomePage)
SIGNALS = {
    "pre_save": pre_save,
    "post_save": post_save,
    "pre_delete": pre_delete,
    "post_delete": post_delete,
    "page_published": page_published,
    "page_unpublished": page_unpublished,
    "pre_page_move": pre_page_move,
    "post_page_move": post_page_move,
}
# It cleans rows of any model, and knows nothing of pages.
FOR_ANY_MODEL = {("pre_save", "newsroom.sanitising.signal_handlers")}


class FailedStepError(Exception):
    pass


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def article(section) -> ArticlePage:
    return make_article(section, title="Бірінші")


@pytest.fixture
def steps_run(article, monkeypatch) -> list[str]:
    """Return the steps that run from now on, in order."""
    steps: list[str] = []

    def recorded(event, step, function):
        def record(*args, **kwargs):
            steps.append(f"{event.value}: {step}")
            function(*args, **kwargs)

        return record

    for (event, step), function in publishing._registered.items():
        recorder = recorded(event, step, function)
        monkeypatch.setitem(publishing._registered, (event, step), recorder)
    return steps


def steps_of(*events: Event) -> list[str]:
    return [f"{event.value}: {step}" for event in events for step in STEPS[event]]


def fail_at(monkeypatch, event: Event, step: str) -> None:
    def fail(*args, **kwargs):
        raise FailedStepError

    monkeypatch.setitem(publishing._registered, (event, step), fail)


def fresh(page: Page) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def test_every_step_is_registered():
    declared = {(event, step) for event in Event for step in STEPS[event]}
    assert publishing._registered.keys() == declared


def test_a_save_runs_the_steps_in_the_listed_order(article, steps_run):
    article.save()
    assert steps_run == steps_of(Event.SAVED)


def test_a_publication_runs_the_steps_in_the_listed_order(article, steps_run):
    revision = article.save_revision()
    assert steps_run == []  # readers see nothing of a draft
    revision.publish()
    assert steps_run == steps_of(Event.PUBLISHING, Event.SAVED, Event.PUBLISHED)


def test_unpublishing_runs_the_steps_in_the_listed_order(article, steps_run):
    article.unpublish()
    assert steps_run == steps_of(Event.SAVED, Event.UNPUBLISHED)


def test_a_move_runs_the_steps_in_the_listed_order(article, homes, steps_run):
    target = make_section(homes["kk"], "Спорт")
    steps_run.clear()
    article.move(target, pos="last-child")
    assert steps_run == steps_of(Event.SAVED, Event.MOVED)


def test_a_deletion_runs_the_steps_in_the_listed_order(article, steps_run):
    """Wagtail unpublishes a live page while it is deleted."""
    article.delete()
    assert steps_run == steps_of(Event.DELETING, Event.UNPUBLISHED, Event.DELETED)


def test_a_restriction_runs_the_steps_in_the_listed_order(article, steps_run):
    PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.LOGIN
    )
    assert steps_run == steps_of(Event.RESTRICTED)


@pytest.mark.parametrize(
    ("event", "step"),
    [
        (event, step)
        for event in (Event.PUBLISHING, Event.SAVED)
        for step in STEPS[event]
    ],
    ids=str,
)
def test_a_failing_step_prevents_the_publication(article, monkeypatch, event, step):
    article.title = "Екінші"
    revision = article.save_revision()
    fail_at(monkeypatch, event, step)
    with pytest.raises(FailedStepError):
        revision.publish()
    assert fresh(article).title == "Бірінші"
    assert fresh(article).live_revision_id != revision.pk
    assert Entry.objects.get(key=f"page:{article.pk}").title == "Бірінші"
    assert article.published_versions.count() == 1


def test_a_failing_step_prevents_unpublishing_a_move_and_a_deletion(
    article, homes, monkeypatch
):
    target = make_section(homes["kk"], "Спорт")
    path = fresh(article).url_path
    fail_at(monkeypatch, Event.SAVED, "translations")
    fail_at(monkeypatch, Event.DELETED, "translations")
    with pytest.raises(FailedStepError):
        fresh(article).unpublish()
    with pytest.raises(FailedStepError):
        fresh(article).move(target, pos="last-child")
    with pytest.raises(FailedStepError), transaction.atomic():  # inside the test's own
        fresh(article).delete()
    assert fresh(article).live
    assert fresh(article).url_path == path
    assert Entry.objects.filter(key=f"page:{article.pk}").exists()


@pytest.mark.parametrize("step", STEPS[Event.PUBLISHED])
def test_a_step_that_fails_after_the_save_undoes_the_publication(
    article, monkeypatch, step
):
    go_live_at = timezone.now() + timedelta(days=1)
    article.title = "Екінші"
    scheduled = article.save_revision(approved_go_live_at=go_live_at)
    revision = article.save_revision()
    fail_at(monkeypatch, Event.PUBLISHED, step)
    with pytest.raises(FailedStepError):
        revision.publish()
    assert fresh(article).title == "Бірінші"
    assert fresh(article).live_revision_id != revision.pk
    assert Entry.objects.get(key=f"page:{article.pk}").title == "Бірінші"
    assert article.published_versions.count() == 1
    scheduled.refresh_from_db()
    assert scheduled.approved_go_live_at == go_live_at
    assert not PageLogEntry.objects.filter(page=article.pk, revision=revision).filter(
        action="wagtail.publish"
    )


def unpublish_by(way: str, article: ArticlePage, client) -> None:
    if way == "view":
        client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    else:
        page = fresh(article) if way == "page" else Page.objects.get(pk=article.pk)
        page.unpublish()


@pytest.mark.parametrize("way", ["page", "plain page", "view"])
@pytest.mark.parametrize("step", STEPS[Event.UNPUBLISHED])
def test_a_step_that_fails_after_the_save_undoes_unpublishing(
    article, admin_client, monkeypatch, step, way
):
    fail_at(monkeypatch, Event.UNPUBLISHED, step)
    with pytest.raises(FailedStepError):
        unpublish_by(way, article, admin_client)
    assert fresh(article).live
    assert Entry.objects.filter(key=f"page:{article.pk}").exists()


def move_by(way: str, article: ArticlePage, target: Page, client) -> None:
    if way == "view":
        args = [article.pk, target.pk]
        client.post(reverse("wagtailadmin_pages:move_confirm", args=args))
    else:
        page = fresh(article) if way == "page" else Page.objects.get(pk=article.pk)
        page.move(target, pos="last-child")


@pytest.mark.parametrize("way", ["page", "plain page", "view"])
@pytest.mark.parametrize("step", STEPS[Event.MOVED])
def test_a_step_that_fails_after_the_save_undoes_a_move(
    article, homes, admin_client, monkeypatch, step, way
):
    target = make_section(homes["kk"], "Спорт")
    before = fresh(article)
    fail_at(monkeypatch, Event.MOVED, step)
    with pytest.raises(FailedStepError):
        move_by(way, article, target, admin_client)
    assert fresh(article).path == before.path
    assert fresh(article).url_path == before.url_path
    assert Entry.objects.get(key=f"page:{article.pk}").url == before.url


@pytest.mark.parametrize("name", sorted(BOOKKEEPING))
def test_a_save_of_bookkeeping_runs_no_step(article, steps_run, name):
    article.save(update_fields=[name], clean=False)
    assert steps_run == []


@pytest.mark.parametrize(
    "name",
    ["title", "lead", "kind", "lead_picture_caption", "lead_picture_id", "authors"],
)
def test_a_save_of_a_field_that_readers_see_runs_every_step(article, steps_run, name):
    article.save(update_fields=[name])
    assert steps_run == steps_of(Event.SAVED)


def test_a_new_field_of_a_page_counts_as_shown():
    assert {field.name for field in Page._meta.get_fields()} >= BOOKKEEPING
    assert not BOOKKEEPING & {field.name for field in ArticlePage._meta.local_fields}


def test_a_save_of_some_fields_shows_the_same_everywhere(article):
    """The other fields of the instance hold a draft, which readers do not see."""
    article.title = "Екінші"
    article.lead = "Жарияланбаған."
    article.save(update_fields=["title"])
    entry = Entry.objects.get(key=f"page:{article.pk}")
    content = article.published_versions.last().content
    assert entry.title == content["title"] == "Екінші"
    assert entry.lead == content["lead"] == "Қалалар туралы форум."


def test_an_article_saved_as_a_plain_page_is_recorded_like_any_other(article):
    page = Page.objects.get(pk=article.pk)
    page.title = "Екінші"
    page.save()
    assert Entry.objects.get(key=f"page:{article.pk}").title == "Екінші"
    assert article.published_versions.last().content["title"] == "Екінші"


def test_a_page_that_becomes_live_by_one_field_is_recorded(section):
    draft = make_article(section, live=False)
    draft.live = True
    draft.save(update_fields=["live"])
    assert Entry.objects.filter(key=f"page:{draft.pk}").exists()
    assert draft.published_versions.count() == 1


def test_an_unknown_step_is_refused():
    with pytest.raises(ImproperlyConfigured, match="no step 'sitemap'"):
        publishing.register(Event.SAVED, "sitemap", print)


def test_a_step_that_is_taken_is_refused():
    with pytest.raises(ImproperlyConfigured, match="registered already"):
        publishing.register(Event.SAVED, "search_index", print)


def test_a_step_of_an_app_that_is_not_installed_is_skipped(
    article, steps_run, monkeypatch
):
    monkeypatch.delitem(publishing._registered, (Event.SAVED, "published_version"))
    article.save()
    assert steps_run == [
        step for step in steps_of(Event.SAVED) if not step.endswith("_version")
    ]


@pytest.fixture
def translated(homes, section, article) -> ArticlePage:
    """Return a live Russian translation."""
    make_section(homes["ru"], "Общество")
    translation = submit(article, locale_of("ru"))
    translate(translation)
    translation.save_target(publish=True)
    page = translation.get_target_instance()
    page.get_latest_revision().publish()
    return fresh(page)


def test_a_save_over_the_live_text_of_a_translation_raises(translated):
    title = translated.title
    translated.title = "Другой"
    with pytest.raises(LiveTextError, match=f"revision of page {translated.pk}"):
        translated.save()
    assert fresh(translated).title == title


def test_a_draft_of_a_live_translation_is_saved_beside_its_text(article, translated):
    title = translated.title
    translation = submit(article, locale_of("ru"))
    translate(translation, {"Бірінші": "Первый заново"})
    translation.save_target(publish=False)
    page = fresh(translated)
    assert page.title == title
    assert page.draft_title == "Первый заново"
    assert page.get_latest_revision_as_object().title == "Первый заново"
    assert page.has_unpublished_changes


def test_only_one_module_receives_the_signals_of_pages():
    """A receiver elsewhere would be a step that is missing from the list."""
    senders = {id(model) for model in PAGE_MODELS} | {id(None)}
    found = {
        (name, function.__module__)
        for name, signal in SIGNALS.items()
        for (_key, sender), reference, *_rest in signal.receivers
        if sender in senders and (function := _function(reference))
        if function.__module__.startswith(("home.", "newsroom."))
    }
    own = {one for one in found if one[1] == "newsroom.articles.signal_handlers.pages"}
    assert {name for name, _module in own} == SIGNALS.keys() - {"pre_page_move"}
    assert found - own == FOR_ANY_MODEL


def _function(reference):
    """Return the receiver; Django keeps most of them as weak references."""
    return reference() if isinstance(reference, ReferenceType) else reference
