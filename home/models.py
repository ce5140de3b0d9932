"""Home page of each language."""

from django.utils.translation import gettext_lazy as _

from newsroom.articles.models.listing import ListingPage


class HomePage(ListingPage):
    """The root page of one language, which lists its newest articles."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["articles.SectionPage"]
    template = "home/home_page.html"
    is_creatable = False  # one for each language, created by setup_site

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
