"""Querysets of articles."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page, PageManager, PageQuerySet

from newsroom.pictures.layouts import LISTED
from newsroom.pictures.renditions import renditions_for


def public_versions(key: UUID, model: type[Page] = Page) -> Any:
    """Return the live public language versions with this translation key.

    The result is a page queryset of *model*, with locales.
    """
    versions = model._default_manager.live().public().filter(translation_key=key)
    return versions.select_related("locale")


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
