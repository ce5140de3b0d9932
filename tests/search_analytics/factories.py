"""Factories of counted searches."""

from datetime import timedelta

from django.utils import timezone

from newsroom.search_analytics.models import QueryCount
from search.signals import searched


def count(text: str, *, days_ago: int = 0, language: str = "kk", **fields: int):
    """Return a stored count of *text*, as if searched for *days_ago*."""
    day = timezone.localdate() - timedelta(days=days_ago)
    fields.setdefault("searches", 2)
    return QueryCount.objects.create(day=day, language=language, text=text, **fields)


def search_for(text: str, *, total: int = 0, **fields) -> None:
    """Tell the site of a search, as the search page does."""
    details = {
        "read_as": text,
        "locales": ("kk",),
        "language": "kk",
        "is_first_page": True,
        "engine": "sqlite",
    }
    searched.send(sender=None, text=text, total=total, **(details | fields))
