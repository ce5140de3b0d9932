"""Report on the archive's search, for editors."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from newsroom.search_analytics.filters import DEFAULT_PERIOD, QueryFilterSet, languages
from newsroom.search_analytics.models import QueryCount

# A row is one dict of QueryCountQuerySet.per_query.
Row = dict[str, Any]


def language_name(row: Row) -> str:
    code = row["language"]
    return str(dict(languages()).get(code, code))


def search_url(row: Row) -> str:
    """Return the URL of the search page for this query, as readers used it."""
    if row["language"] == QueryCount.SEVERAL_LANGUAGES:
        asked = {"q": row["text"], "language": QueryCount.SEVERAL_LANGUAGES}
        return f"{reverse('search')}?{urlencode(asked)}"
    with override(row["language"]):
        return f"{reverse('search')}?{urlencode({'q': row['text']})}"


def last_day(row: Row) -> str:
    """Return the formatted date of the last search.

    A relative time such as «three hours ago» would suggest a time of the day, which is
    not recorded.
    """
    return date_format(row["last_day"], "SHORT_DATE_FORMAT")


class QueryColumn(TitleColumn):
    class Media:
        css = {"all": ["css/admin/query_report.css"]}


class QueryReportView(ReportView):
    """Base of reports on queries, summed over the days of a period.

    Subclasses select and order the rows.
    """

    model = QueryCount
    permission_required = "view"
    page_title = gettext_lazy("Archive search")
    header_icon = "search"
    results_template_name = "insight/query_report_results.html"
    filterset_class = QueryFilterSet
    is_searchable = True
    columns = [
        QueryColumn(
            "text",
            label=gettext_lazy("Query"),
            classname="query",
            get_url=search_url,
            link_attrs={"dir": "auto"},
            sort_key="text",
        ),
        Column("language", label=gettext_lazy("Searched in"), accessor=language_name),
        NumberColumn("asked", label=gettext_lazy("Searches"), sort_key="asked"),
        NumberColumn(
            "unanswered", label=gettext_lazy("Without results"), sort_key="unanswered"
        ),
        Column(
            "share",
            label=gettext_lazy("Share without results"),
            accessor=lambda row: _("%(percent)d%%") % {"percent": row["share"]},
            sort_key="share",
        ),
        NumberColumn("last_found", label=gettext_lazy("Found last")),
        Column(
            "last_day",
            label=gettext_lazy("Last searched"),
            accessor=last_day,
            sort_key="last_day",
        ),
    ]
    list_export = [
        "text",
        "language",
        "asked",
        "unanswered",
        "share",
        "last_found",
        "last_day",
    ]
    export_headings = {
        "text": gettext_lazy("Query"),
        "language": gettext_lazy("Searched in"),
        "asked": gettext_lazy("Searches"),
        "unanswered": gettext_lazy("Without results"),
        "share": gettext_lazy("Share without results, %"),
        "last_found": gettext_lazy("Found last"),
        "last_day": gettext_lazy("Last searched"),
    }
    export_filename = "archive-search"

    def get_filterset_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_filterset_kwargs()
        data: QueryDict = kwargs["data"].copy()
        data.setdefault("period", DEFAULT_PERIOD)
        return {**kwargs, "data": data, "queryset": self.get_base_queryset()}

    def get_filtered_queryset(self) -> QuerySet:
        return self.get_queryset()

    def get_queryset(self) -> QuerySet:
        # Days are filtered before they are summed: only queries that were asked often
        # enough within the period are shown.
        counts = self.filter_queryset(self.get_base_queryset())
        if self.is_searching:
            counts = counts.containing(self.search_query)
        return self.order_queryset(self.select(counts.per_query()))

    def select(self, queries: QuerySet) -> QuerySet:
        return queries

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        # The order must be unambiguous, so that no row is repeated or missing on the
        # next page.
        return queryset.order_by(self.ordering, "-asked", "text", "language")

    def to_row_dict(self, item: Row) -> Row:
        return super().to_row_dict({**item, "language": language_name(item)})

    @cached_property
    def tabs(self) -> list[dict[str, Any]]:
        """Tabs for both reports, with the filters of the current one."""
        kept = QueryDict(mutable=True)
        for name in (self.search_kwarg, *self.filters.filters):
            if value := self.request.GET.get(name):
                kept[name] = value
        query = f"?{kept.urlencode()}" if kept else ""
        return [
            {
                "label": view.tab_label,
                "url": reverse(view.index_url_name) + query,
                "is_current": isinstance(self, view),
            }
            for view in (FrequentQueriesView, UnansweredQueriesView)
        ]


class FrequentQueriesView(QueryReportView):
    tab_label = gettext_lazy("Most frequent")
    default_ordering = "-asked"
    index_url_name = "insight:frequent"
    index_results_url_name = "insight:frequent_results"


class UnansweredQueriesView(QueryReportView):
    tab_label = gettext_lazy("Without results")
    default_ordering = "-unanswered"
    index_url_name = "insight:unanswered"
    index_results_url_name = "insight:unanswered_results"
    export_filename = "archive-search-without-results"

    def select(self, queries: QuerySet) -> QuerySet:
        return queries.filter(unanswered__gt=0)
