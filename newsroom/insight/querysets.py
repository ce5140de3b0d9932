"""Selections of query counts: by period, by words, and summed over days."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Max, OuterRef, Subquery, Sum
from django.utils import timezone

from newsroom.insight.privacy import normalised

# A text counted once may be one person's own matter, and tells editors nothing yet;
# that holds for searches without results too, most of which are slips of the finger.
MIN_SEARCHES_SHOWN = 2
# A year to compare with, and the month that it takes somebody to look.
KEPT_DAYS = 400


class QueryCountQuerySet(models.QuerySet):
    def of_last_days(self, days: int) -> "QueryCountQuerySet":
        """Counts of the last *days* days, today being one of them."""
        return self.filter(day__gt=_days_ago(days))

    def containing(self, text: str) -> "QueryCountQuerySet":
        """Counts of texts with *text* in them, whatever its case."""
        return self.filter(text__contains=normalised(text))

    def expired(self) -> "QueryCountQuerySet":
        """Counts that are kept no longer."""
        return self.filter(day__lte=_days_ago(KEPT_DAYS))

    def per_query(self) -> "QueryCountQuerySet":
        """A dict for each text and language that was searched often enough to show.

        ``asked`` and ``unanswered`` are numbers of searches, ``share`` the percentage
        of those unanswered, rounded down so that 100 means all of them; ``last_day``
        is the last day searched on, ``last_found`` what was found then.
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


def _days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
