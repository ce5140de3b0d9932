"""The front page of each language's edition."""

from django.utils.translation import gettext_lazy as _

from newsroom.articles.models.listing import ListingPage


class HomePage(ListingPage):
    """The root of one language's edition: its newest articles."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["articles.SectionPage"]
    template = "home/home_page.html"
    is_creatable = False  # one for each language, made by setup_site

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
