"""The list of a section's articles in the admin, with a filter by script."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet

from newsroom.articles.index_documents import pages_with
from newsroom.articles.models import ArticlePage
from newsroom.articles.orthographies import orthographies_of
from search.facets.orthography_names import ORTHOGRAPHIES, orthography_name
from search.models import FacetValue


def scripts_that_occur() -> list[tuple[str, str]]:
    """Return the keys and names of the scripts of published articles. One query."""
    values = FacetValue.objects.filter(facet="script", entries__gt=0)
    found = set(values.values_list("key", flat=True))
    return [(key, orthography_name(key)) for key in ORTHOGRAPHIES if key in found]


class ArticleFilterSet(PageFilterSet):
    """Wagtail's filters, and the script of what is published, if there are several."""

    script = django_filters.ChoiceFilter(
        label=pgettext_lazy("filter", "Script"),
        method="in_script",
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ArticlePage
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = scripts_that_occur()
        self.filters["script"].extra["choices"] = choices
        if len(choices) < 2:
            del self.filters["script"]

    def in_script(self, pages: QuerySet, _name: str, key: str) -> QuerySet:
        """Return those of *pages* whose published text is in the script *key*."""
        return pages.filter(pk__in=pages_with("script", key))


class ArticleListView(ExplorableIndexView):
    """The list below a section; only languages with several scripts have the filter."""

    @cached_property
    def filterset_class(self) -> type[PageFilterSet]:
        code = self.parent_page.locale.language_code
        return ArticleFilterSet if orthographies_of(code) else PageFilterSet


class ArticleViewSet(PageViewSet):
    """The views of articles: Wagtail's, except for the list below a section."""

    model = ArticlePage
    index_view_class = ArticleListView
    filterset_class = PageViewSet.UNDEFINED  # the view chooses
