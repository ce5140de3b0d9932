"""Factories of pages and entities, with defaults for all untested fields."""

from typing import Any

from wagtail.models import Locale, Page, Site

from home.models import HomePage
from newsroom.articles.models import ArticlePage, SectionPage


def home_pages() -> dict[str, HomePage]:
    """Return the home pages of the default site, by the code of their language."""
    root = Site.objects.get(is_default_site=True).root_page
    pages = root.get_translations(inclusive=True).specific()
    return {page.locale.language_code: page for page in pages}


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
    # Not live at first: its publication follows, and would be the second.
    article = ArticlePage(live=False, **fields)
    section.add_child(instance=article)
    revision = article.save_revision()
    if live:
        revision.publish()
    return ArticlePage.objects.get(pk=article.pk)


def locale_of(code: str) -> Locale:
    return Locale.objects.get(language_code=code)
