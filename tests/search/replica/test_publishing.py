"""Publishing does not depend on Elasticsearch or its state."""

import threading
from collections import Counter
from contextlib import suppress
from random import Random

import elastic_transport
import pytest
from django.db import transaction
from wagtail.models import Page

from newsroom.articles.models import ArticlePage, ArticlePlace, Place, SectionPage
from search.models import Entry
from search.replica.worker import Worker, is_in_step
from tests.factories import make_article, make_section
from tests.search.replica.archive import assert_answers_agree
from tests.search.replica.running import assert_same

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


def home() -> Page:
    return Page.objects.get(locale__language_code="kk", depth=2).specific


@pytest.fixture
def section(own_database):
    return make_section(home())


@pytest.fixture
def no_requests(monkeypatch):
    """Fail if this thread sends a request to Elasticsearch."""
    this = threading.get_ident()
    perform = elastic_transport.Transport.perform_request

    def watched(self, *args, **kwargs):
        assert threading.get_ident() != this, args
        return perform(self, *args, **kwargs)

    monkeypatch.setattr(elastic_transport.Transport, "perform_request", watched)


@pytest.mark.parametrize("harm", ["pause", "clear"])
def test_pages_are_published_moved_and_deleted_without_it(
    elasticsearch, cluster, section, no_requests, harm
):
    getattr(elasticsearch, harm)()
    article = make_article(section, title="Форум ашылды")
    other = make_article(section, title="Тасқын басталды")
    article.title = "Форум жабылды"
    article.save_revision().publish()
    section.slug = "basqa"
    section.save_revision().publish()
    other.delete()
    entry = Entry.objects.get()
    assert entry.title == "Форум жабылды"
    assert "/basqa/" in entry.url


class ChangedMindError(Exception):
    """Error that rolls a transaction back."""


def some_article(random: Random) -> ArticlePage | None:
    return random.choice([*ArticlePage.objects.order_by("pk"), None])


def publish(random: Random, section: SectionPage, place: Place) -> None:
    article = make_article(section, title=f"Форум {random.randrange(1000)}")
    article.places = [ArticlePlace(place=place)]
    article.save_revision().publish()


def correct(random: Random, section: SectionPage, place: Place) -> None:
    if article := some_article(random):
        article.title = f"Тасқын өзен {random.randrange(1000)}"
        article.save_revision().publish()


def unpublish(random: Random, section: SectionPage, place: Place) -> None:
    if article := some_article(random):
        article.unpublish()


def delete(random: Random, section: SectionPage, place: Place) -> None:
    if article := some_article(random):
        article.delete()


def move(random: Random, section: SectionPage, place: Place) -> None:
    if article := some_article(random):
        article.move(SectionPage.objects.get(pk=section.pk), pos="last-child")


def rename(random: Random, section: SectionPage, place: Place) -> None:
    section = SectionPage.objects.get(pk=section.pk)
    section.slug = f"bolim-{random.randrange(10**6)}"
    section.save_revision().publish()
    place.name = f"Орал {random.randrange(100)}"
    place.save()


def change_ones_mind(random: Random, section: SectionPage, place: Place) -> None:
    with suppress(ChangedMindError), transaction.atomic():
        publish(random, SectionPage.objects.get(pk=section.pk), place)
        delete(random, section, place)
        raise ChangedMindError


EDITS = 90
EDITORS = [publish, correct, unpublish, delete, move, rename, change_ones_mind]


def test_a_random_walk_of_editors_ends_where_the_database_does(
    elasticsearch, cluster, section, settings
):
    random, done = Random(77), Counter()
    worker = Worker(threading.Event(), str)
    place = Place.objects.create(name="Орал", locale=section.locale)
    sections = [section, make_section(home(), title="Мәдениет")]
    faults = [elasticsearch.resume, elasticsearch.pause, elasticsearch.clear]
    for step in range(EDITS):
        fault = faults[step // 10 % 3]
        if step % 10 == 0:
            elasticsearch.resume()
            fault()
        if step % 3 == 0 and fault != elasticsearch.pause:
            worker.round()
        (edit,) = random.choices(EDITORS, [4, 2, 1, 1, 1, 1, 1])
        edit(random, SectionPage.objects.get(pk=random.choice(sections).pk), place)
        done[edit] += 1
    elasticsearch.resume()
    for _ in range(20):
        worker.round()
    assert is_in_step(cluster)
    assert_same(cluster)
    assert_answers_agree(cluster, settings)
    live = ArticlePage.objects.live()
    assert {entry.key: entry.url for entry in Entry.objects.all()} == {
        f"page:{page.pk}": page.url for page in live
    }
    assert len(live) > 5
    assert min(done[edit] for edit in EDITORS) > 2
