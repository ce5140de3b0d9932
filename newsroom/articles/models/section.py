"""Sections of the archive."""

from django.utils.translation import gettext_lazy as _

from newsroom.articles.models.listing import ListingPage


class SectionPage(ListingPage):
    """A section in one language, which lists its articles, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["articles.ArticlePage"]
    template = "articles/section_page.html"
    reserved_slugs = frozenset({"archive", "search"})

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
