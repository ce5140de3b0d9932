"""Querysets of query counts: by period, by text, and summed over days."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Max, OuterRef, Subquery, Sum
from django.utils import timezone

from newsroom.search_analytics.privacy import normalised

# A query that was counted once may be personal, and is not significant yet. The same
# holds for searches without results, most of which are typing errors.
MIN_SEARCHES_SHOWN = 2
# A year for comparison, and a month for somebody to look at the report.
KEPT_DAYS = 400


class QueryCountQuerySet(models.QuerySet):
    def of_last_days(self, days: int) -> "QueryCountQuerySet":
        """Return the counts of the last *days* days, including today."""
        return self.filter(day__gt=_days_ago(days))

    def containing(self, text: str) -> "QueryCountQuerySet":
        """Return the counts of texts that contain *text*, ignoring case."""
        return self.filter(text__contains=normalised(text))

    def expired(self) -> "QueryCountQuerySet":
        """Return the counts that are older than `KEPT_DAYS`."""
        return self.filter(day__lt=first_day_kept())

    def per_query(self) -> "QueryCountQuerySet":
        """Return a dict for each text and language that was searched often enough.

        ``asked`` and ``unanswered`` are numbers of searches, ``share`` the percentage
        of unanswered ones, rounded down so that 100 means all of them. ``last_day`` is
        the day of the last search, ``last_found`` the number of its results.
        """
        newest = self.model.objects.filter(
            text=OuterRef("text"), language=OuterRef("language")
        ).order_by("-day")
        return (
            self.order_by()
            .values("text", "language")
            .annotate(
                asked=Sum("searches"),
                unanswered=Sum("without_results"),
                last_day=Max("day"),
                last_found=Subquery(newest.values("last_total")[:1]),
            )
            .annotate(share=F("unanswered") * 100 / F("asked"))
            .filter(asked__gte=MIN_SEARCHES_SHOWN)
        )


def first_day_kept() -> date:
    """Return the oldest day whose counts are kept."""
    return _days_ago(KEPT_DAYS - 1)


def _days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
