"""The steps of publication that keep translations in step with their originals."""

from wagtail.models import Page

from newsroom.articles.models import ArticlePage
from newsroom.articles.models.listing import ListingPage
from newsroom.articles.publishing import Event, SavedPage, register
from newsroom.articles.refusals import vetoes
from newsroom.translation.expiry import expire_translations
from newsroom.translation.publication import translation_veto
from newsroom.translation.sources import refresh_source, source_of
from newsroom.translation.status.counting import count, counted_once
from newsroom.translation.synchronisation.following import align, carry_over
from newsroom.translation.synchronisation.source_snapshots import mark_published


def register_steps() -> None:
    vetoes.append(translation_veto)
    register(Event.PUBLISHING, "synchronised_fields", align)
    register(Event.SAVED, "translations", follow_saved)
    register(Event.UNPUBLISHED, "translations", follow_unpublished)
    register(Event.MOVED, "translations", follow_moved)
    register(Event.DELETED, "translations", count_article)


def follow_saved(saved: SavedPage) -> None:
    """Update sources, synchronised fields of translations, and counts of the desk."""
    if isinstance(saved.page, ArticlePage):
        _follow_article(saved.page, is_whole=saved.is_whole)
    elif isinstance(saved.page, ListingPage):
        _follow_listing(saved.page)


def _follow_article(article: ArticlePage, *, is_whole: bool) -> None:
    with counted_once():
        if article.live and not article.keeps_text:
            if is_whole:
                mark_published(article)
            refresh_source(article)
            carry_over(article)
        count(article.translation_key)


def _follow_listing(page: ListingPage) -> None:
    """Update the translation source of a published section and its translations."""
    if page.live and not page.keeps_text and (source := source_of(page)):
        source.update_from_db()
        carry_over(page)


def follow_unpublished(page: Page) -> None:
    """Unpublish the translations of an expired page; count an article again.

    Wagtail has removed its schedule since the page was saved.
    """
    expire_translations(page)
    count_article(page)


def follow_moved(page: Page) -> None:
    articles = ArticlePage.objects.descendant_of(page, inclusive=True)
    with counted_once():
        for key in articles.values_list("translation_key", flat=True):
            count(key)


def count_article(page: Page) -> None:
    if isinstance(page, ArticlePage):
        count(page.translation_key)
