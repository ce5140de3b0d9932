"""Counts of the readers' search queries and their results, by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.search_analytics.privacy import MAX_TEXT_LENGTH
from newsroom.search_analytics.querysets import QueryCountQuerySet


class QueryCount(models.Model):
    """The searches of one day for one text in one language.

    ``language`` is the searched language, or :data:`SEVERAL_LANGUAGES`; ``text`` is
    normalised. Who searched, from where and at what time of the day is not stored.
    """

    SEVERAL_LANGUAGES = "all"  # like the search page's parameter ``language``

    day = models.DateField()
    language = models.CharField(max_length=20)
    text = models.CharField(max_length=MAX_TEXT_LENGTH)
    searches = models.PositiveIntegerField(default=0)
    without_results = models.PositiveIntegerField(default=0)
    last_total = models.PositiveIntegerField(default=0)

    objects = QueryCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("search query")
        verbose_name_plural = _("search queries")
        default_permissions = ("view",)  # the site writes; people only read
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "text"], name="insight_query_count"
            )
        ]
        # Index for the newest count of a text.
        indexes = [
            models.Index(fields=["text", "language", "-day"], name="insight_newest")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.language} {self.text}: {self.searches}"
