"""Effects of an expiry date on the page, its translations, search and lists."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from newsroom.articles.models import ArticlePage
from newsroom.publication.models import FailedExpiry
from newsroom.translation.models import TranslationStatus
from newsroom.translation.sources import target_of
from newsroom.worker.schedule import PROMPT, run_jobs
from search.models import Entry
from tests.factories import make_article
from tests.translation.articles import state, submit, translate


def expire(page: Page, **when: float) -> None:
    moment = timezone.now() - timedelta(**(when or {"minutes": 1}))
    Page.objects.filter(pk=page.pk).update(expire_at=moment)


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def keys() -> set[str]:
    return set(Entry.objects.values_list("key", flat=True))


def test_an_expired_original_takes_its_translations_along(article, published, client):
    target = target_of(published)
    assert {f"page:{article.pk}", f"page:{target.pk}"} <= keys()
    expire(article)
    run_jobs(PROMPT)
    assert not is_live(article)
    assert not is_live(target)
    assert Page.objects.get(pk=target.pk).expired
    assert keys() == set()
    assert state(article, "ru").state != TranslationStatus.State.LIVE
    for page in (article, target):
        log = PageLogEntry.objects.filter(page=page.pk)
        assert log.filter(action="wagtail.unpublish.scheduled").count() == 1
        assert client.get(page.url).status_code == 404
    headline = article.title
    for address in (
        article.get_parent().url,
        "/kk/",
        reverse("archive:overview"),
        f"/kk/search/?q={headline}",
        "/kk/search/feed.atom",
        "/ru/search/feed.atom",
    ):
        answer = client.get(address)
        assert f'href="{article.url}"' not in answer.text
        assert f"<title>{headline}" not in answer.text


def test_a_translation_that_cannot_be_taken_down_does_not_keep_its_original_live(
    article, published, monkeypatch, committed
):
    target, usual, errors = target_of(published), Page.unpublish, [ZeroDivisionError()]

    def unpublish(self, **kwargs):
        if self.pk == target.pk and errors:
            raise errors[0]
        usual(self, **kwargs)

    monkeypatch.setattr(Page, "unpublish", unpublish)
    expire(article)
    for _minute in range(3):
        with committed():
            run_jobs(PROMPT)
    assert (is_live(article), is_live(target)) == (False, True)
    assert FailedExpiry.objects.get().page_id == target.pk
    errors.clear()
    ArticlePage.objects.get(pk=target.pk).save_revision()
    run_jobs(PROMPT)
    assert not is_live(target)
    assert not FailedExpiry.objects.exists()


def test_a_translation_with_a_date_of_its_own_keeps_to_it(article, published):
    target = target_of(published)
    Page.objects.filter(pk=target.pk).update(
        expire_at=timezone.now() + timedelta(days=1)
    )
    expire(article)
    run_jobs(PROMPT)
    assert not is_live(article)
    assert is_live(target)


def test_an_expired_translation_leaves_its_original_live(article, published):
    target = target_of(published)
    expire(target)
    run_jobs(PROMPT)
    assert is_live(article)
    assert not is_live(target)
    assert keys() == {f"page:{article.pk}"}


def test_a_stopped_translation_expires_with_its_original(article, published):
    published.enabled = False
    published.save()
    expire(article)
    run_jobs(PROMPT)
    assert not is_live(target_of(published))


def test_a_translation_of_a_translation_expires_too(
    article, published, locales, committed
):
    russian = target_of(published)
    with committed():
        english = submit(russian, locales["en"])
        translate(english)
        english.save_target(publish=True)
    expire(article)
    run_jobs(PROMPT)
    assert not is_live(target_of(english))


def test_unpublishing_by_a_person_takes_one_version_alone(article, published):
    ArticlePage.objects.get(pk=article.pk).unpublish()
    assert not is_live(article)
    assert is_live(target_of(published))


def test_a_page_that_cannot_be_unpublished_does_not_hold_up_the_others(
    sections, monkeypatch, caplog
):
    pages = [make_article(sections["kk"], title=f"Т {n}") for n in range(2)]
    for number, page in enumerate(pages):
        expire(page, minutes=9 - number)
    usual = ArticlePage.save

    def save(self, *args, **kwargs):
        if self.pk == pages[0].pk:
            raise RuntimeError("no")
        usual(self, *args, **kwargs)

    monkeypatch.setattr(ArticlePage, "save", save)
    run_jobs(PROMPT)
    assert not is_live(pages[1])
    assert "could not be unpublished at its time" in caplog.text


@pytest.mark.parametrize("again", [True, False])
def test_an_expired_page_is_published_again_with_a_later_date(article, again):
    expire(article)
    run_jobs(PROMPT)
    page = ArticlePage.objects.get(pk=article.pk)
    page.expire_at = timezone.now() + timedelta(days=1 if again else -1)
    page.save_revision().publish()
    run_jobs(PROMPT)
    assert is_live(page) is again
    assert (f"page:{page.pk}" in keys()) is again
