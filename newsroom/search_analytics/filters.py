"""Filters of the report on the archive's search."""

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from newsroom.search_analytics.models import QueryCount
from newsroom.search_analytics.querysets import QueryCountQuerySet

PERIODS = [
    ("30", _("Last 30 days")),
    ("90", _("Last 90 days")),
    ("365", _("Last 365 days")),
]
DEFAULT_PERIOD = "30"  # recent enough for an editor to act on


def languages() -> list[tuple[str, str | Promise]]:
    """Return the choices of the searched language: each one, or several at once."""
    return [*settings.LANGUAGES, (QueryCount.SEVERAL_LANGUAGES, _("In all languages"))]


class QueryFilterSet(WagtailFilterSet):
    period = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=PERIODS,
        empty_label=None,
        initial=DEFAULT_PERIOD,
        method="within_period",
        widget=forms.RadioSelect,
    )
    language = django_filters.ChoiceFilter(
        label=_("Searched in"),
        choices=languages,
        empty_label=_("Any of these"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = QueryCount
        fields = ["period", "language"]

    def within_period(
        self, counts: QueryCountQuerySet, name: str, value: str
    ) -> QueryCountQuerySet:
        return counts.of_last_days(int(value))
