"""The front page of each language's edition."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail_localize.fields import TranslatableField

from newsroom.articles.models import ArticlePage
from newsroom.articles.models.listing import page_of
from newsroom.articles.models.versions import LanguageVersionPage


class HomePage(LanguageVersionPage):
    """The root of one language's edition: its newest articles and its sections."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["articles.SectionPage"]
    template = "home/home_page.html"
    is_creatable = False  # one for each language, made by setup_site

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
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        articles = ArticlePage.objects.descendant_of(self)
        context["articles"] = page_of(articles, request, locale=self.locale)
        return context
