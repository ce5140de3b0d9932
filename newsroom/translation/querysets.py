"""QuerySets of concepts, terms, version states and manual edits."""

from collections.abc import Iterable

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from wagtail.models import Page


class TermQuerySet(QuerySet):
    def with_status(self, *statuses: str) -> "TermQuerySet":
        return self.filter(status__in=statuses)

    def in_use(self) -> "TermQuerySet":
        """Return the terms that may be used: all except deprecated ones."""
        return self.exclude(status=self.model.Status.DEPRECATED)

    def best_first(self) -> "TermQuerySet":
        """Order approved terms first, then by the editors' order."""
        is_approved = When(status=self.model.Status.APPROVED, then=0)
        return self.order_by(Case(is_approved, default=1), "sort_order", "pk")


class ConceptQuerySet(QuerySet):
    """Concepts for a list, annotated in one query instead of one query per row."""

    def with_best_terms(self, codes: Iterable[str]) -> "ConceptQuerySet":
        """Annotate ``term_<code>`` for each language of *codes*.

        The value is the best term in use in that language, or None.
        """
        terms = self._terms().in_use().best_first()
        return self.annotate(
            **{
                f"term_{code}": Subquery(
                    terms.filter(locale__language_code=code).values("text")[:1]
                )
                for code in codes
            }
        )

    def with_status(self) -> "ConceptQuerySet":
        """Annotate ``status``: the least settled status among the concept's terms.

        A proposed term comes before an approved one, and that before a deprecated one.
        """
        statuses = self._terms().model.Status
        unsettled_first = (statuses.PROPOSED, statuses.APPROVED, statuses.DEPRECATED)
        cases = [
            When(Exists(self._terms().with_status(status)), then=Value(status.value))
            for status in unsettled_first
        ]
        return self.annotate(
            status=Case(*cases, default=Value(""), output_field=CharField())
        )

    def _terms(self) -> TermQuerySet:
        terms = self.model._meta.get_field("terms").related_model.objects
        return terms.filter(concept=OuterRef("pk"))


class TranslationStatusQuerySet(QuerySet):
    def originals(self) -> "TranslationStatusQuerySet":
        """Select one row for each article: that of the version it was written in."""
        return self.filter(state=self.model.State.ORIGINAL)

    def translations(self) -> "TranslationStatusQuerySet":
        return self.exclude(state=self.model.State.ORIGINAL)


class ManualEditQuerySet(QuerySet):
    def undecided(self) -> "ManualEditQuerySet":
        return self.filter(decided_at=None)

    def of(self, page: Page) -> "ManualEditQuerySet":
        """Select the edits in the synchronised translation whose target is *page*.

        A stopped translation has none, because it overwrites nothing.
        """
        return self.filter(
            translation__source__object_id=page.translation_key,
            translation__target_locale=page.locale_id,
            translation__enabled=True,
        )
