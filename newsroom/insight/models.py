"""How often readers ask for what, by day, and whether it was found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.insight.privacy import MAX_TEXT_LENGTH
from newsroom.insight.querysets import QueryCountQuerySet


class QueryCount(models.Model):
    """The searches of one day for one text in one language.

    ``language`` is the one that was searched, or :data:`SEVERAL_LANGUAGES`; ``text``
    is normalised. Nothing tells who searched, from where or at what time of the day.
    """

    SEVERAL_LANGUAGES = "all"  # as the search page's own ``language`` parameter says

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
        default_permissions = ("view",)  # the site counts; people read
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "text"], name="insight_query_count"
            )
        ]
        # The newest count of a text, whatever its day.
        indexes = [
            models.Index(fields=["text", "language", "-day"], name="insight_newest")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.language} {self.text}: {self.searches}"
