"""Factories of pages and entities, with defaults for all untested fields."""

from typing import Any

from wagtail.models import Locale, Page

from newsroom.articles.models import ArticlePage, SectionPage


def make_section(home: Page, title: str = "Қоғам", **fields: Any) -> SectionPage:
    """Create a live section below *home*."""
    section = SectionPage(title=title, **fields)
    home.add_child(instance=section)
    section.save_revision().publish()
    return SectionPage.objects.get(pk=section.pk)


def make_article(section: SectionPage, *, live: bool = True, **fields: Any):
    """Create an article below *section*; ``body`` is a list of (type, value) pairs."""
    fields.setdefault("title", "Қызылордада форум өтіп жатыр")
    fields.setdefault("lead", "Қалалар туралы форум.")
    article = ArticlePage(live=live, **fields)
    section.add_child(instance=article)
    revision = article.save_revision()
    if live:
        revision.publish()
    return ArticlePage.objects.get(pk=article.pk)


def locale_of(code: str) -> Locale:
    return Locale.objects.get(language_code=code)
