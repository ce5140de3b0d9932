"""The translation desk: a list of articles, each in all languages."""

from collections import defaultdict
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.models import Locale

from newsroom.publication.models import RefusedPublication
from newsroom.translation.desk.cells import DeskCell, cell_of
from newsroom.translation.desk.columns import (
    HEADLINE,
    WAITING,
    ChoiceColumn,
    VersionColumn,
)
from newsroom.translation.desk.filters import DeskFilterSet
from newsroom.translation.desk.sections import MissingSection, missing_sections
from newsroom.translation.headlines import matching
from newsroom.translation.models import TranslationStatus
from newsroom.translation.permissions import (
    may_assign,
    may_see_desk,
    may_submit,
    may_use_machine,
    visible_to,
)
from newsroom.translation.querysets import TranslationStatusQuerySet
from search.collation import alphabetically

ARTICLES_PER_PAGE = 50  # what an editor can look through without much scrolling


class DeskPaginator(WagtailPaginator):
    """A paginator that counts articles and reads its later half from the end.

    The database then skips half of the rows at most. The order must be total.
    """

    @cached_property
    def items_count_label(self) -> str:
        said = ngettext("%(number)s article", "%(number)s articles", self.count)
        return said % {"number": intcomma(self.count)}

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        stop = min(start + self.per_page, self.count)
        if start < self.count // 2:
            return super().page(number)
        rows = self.object_list.reverse()[self.count - stop : self.count - start]
        return self._get_page(list(rows)[::-1], number, self)


class DeskView(BaseListingView):
    """The list of articles, the longest waiting first."""

    model = TranslationStatus
    page_title = _("Translation desk")
    header_icon = "globe"
    template_name = "translation/desk.html"
    results_template_name = "translation/desk_results.html"
    index_url_name = "translation_desk:index"
    index_results_url_name = "translation_desk:index_results"
    verbose_name = _("article")
    verbose_name_plural = _("articles")
    filterset_class = DeskFilterSet
    is_searchable = True
    default_ordering = "waiting_since"
    paginate_by = ARTICLES_PER_PAGE
    paginator_class = DeskPaginator
    _show_breadcrumbs = True

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not may_see_desk(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def locales(self) -> list[Locale]:
        return list(Locale.objects.order_by("pk"))

    @cached_property
    def missing_sections(self) -> list[MissingSection]:
        return missing_sections(self.request.user, self.locales)

    @cached_property
    def columns(self) -> list[Column]:
        versions = [VersionColumn(locale) for locale in self.locales]
        chosen = [ChoiceColumn("chosen", label="")] if self.bulk_actions else []
        return [*chosen, HEADLINE, *versions, WAITING]

    @cached_property
    def bulk_actions(self) -> list[tuple[str, object]]:
        user = self.request.user
        actions: list[tuple[str, object]] = []
        if may_submit(user):
            actions.append(("translation_desk:submit", _("Submit for translation…")))
        if may_use_machine(user):
            actions.append(("translation_desk:machine", _("Machine-translate…")))
        actions.append(("translation_desk:export_chosen", _("Export…")))
        if may_assign(user):
            actions.append(("translation_desk:assign", _("Assign…")))
        return actions

    @cached_property
    def chosen_by_address(self) -> list[tuple[str, str]]:
        """The query parameters of the list's filters, for an action on all its rows."""
        return [
            (name, value)
            for name, values in self.request.GET.lists()
            if name not in ("p", "article", "all")
            for value in values
        ]

    def get_base_queryset(self) -> TranslationStatusQuerySet:
        return TranslationStatus.objects.originals().filter(
            visible_to(self.request.user)
        )

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        if self.is_searching:
            return queryset.filter(matching(self.search_query))
        return queryset

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        name = self.ordering.removeprefix("-")
        field = alphabetically(name) if name == HEADLINE.sort_key else F(name)
        is_descending = self.ordering.startswith("-")
        order = field.desc if is_descending else field.asc
        # The column of originals has no nulls; NULLS LAST would prevent PostgreSQL from
        # using the index.
        nulls_last = True if name == WAITING.sort_key else None
        return queryset.order_by(order(nulls_last=nulls_last), F("pk").asc())

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> Any:
        """Return a page of rows.

        Only primary keys are sorted by the index; then the rows of the page are read.
        """
        pks = queryset.values_list("pk", flat=True)
        paginator, page, found, is_paginated = super().paginate_queryset(pks, page_size)
        rows = TranslationStatus.objects.in_bulk(list(found))
        page.object_list = [rows[pk] for pk in found]
        return paginator, page, page.object_list, is_paginated

    def get_table(self, object_list: Any) -> Table:
        rows = list(object_list)
        cells = self._cells(rows)
        for row in rows:
            row.cells = cells[row.translation_key]
        return super().get_table(rows)

    def _cells(self, rows: list[TranslationStatus]) -> dict[Any, dict[int, DeskCell]]:
        keys = [row.translation_key for row in rows]
        versions = TranslationStatus.objects.filter(translation_key__in=keys)
        cells: dict[Any, dict[int, DeskCell]] = defaultdict(dict)
        locales = {locale.pk: locale for locale in self.locales}
        found = list(versions.select_related("target", "translator"))
        refused = RefusedPublication.objects.by_page(one.target_id for one in found)
        for version in found:
            version.locale = locales[version.locale_id]
            if version.target:
                version.target.locale = locales[version.target.locale_id]
            refusal = refused.get(version.target_id or 0)
            cell = cell_of(version, self.request, refusal)
            cells[version.translation_key][version.locale_id] = cell
        return cells
