"""Sections: the shelves of the archive."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from newsroom.articles.models.listing import page_of
from newsroom.articles.models.versions import LanguageVersionPage


class SectionPage(LanguageVersionPage):
    """A section of one language's edition, listing its articles, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["articles.ArticlePage"]
    template = "articles/section_page.html"
    reserved_slugs = frozenset({"search"})

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [
        TitleFieldPanel("title", targets=[]),  # slugs are made when it is saved
        FieldPanel("introduction"),
    ]
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        SynchronizedField("show_in_menus"),
    ]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        from newsroom.articles.models.article import ArticlePage

        context = super().get_context(request, *args, **kwargs)
        articles = ArticlePage.objects.child_of(self)
        context["articles"] = page_of(articles, request, locale=self.locale)
        return context
