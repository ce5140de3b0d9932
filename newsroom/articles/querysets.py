"""Querysets of articles."""

from django.db.models import QuerySet
from wagtail.models import PageManager, PageQuerySet

from newsroom.pictures.layouts import LISTED
from newsroom.pictures.renditions import renditions_for


class ArticleQuerySet(PageQuerySet):
    def for_listing(self) -> QuerySet:
        """Return live public articles, newest first, with all that a listing shows."""
        return (
            self.live()
            .public()
            .order_by("-published_at", "-pk")
            .select_related("lead_picture", "dateline", "locale")
            .prefetch_related(renditions_for(LISTED, "lead_picture__renditions"))
        )


ArticleManager = PageManager.from_queryset(ArticleQuerySet)
