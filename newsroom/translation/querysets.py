"""Selections of concepts and terms, and of edits made by hand."""

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
        """Terms that may be written: all but those that are deprecated."""
        return self.exclude(status=self.model.Status.DEPRECATED)

    def best_first(self) -> "TermQuerySet":
        """Approved terms before others, and each in the order of the editors."""
        is_approved = When(status=self.model.Status.APPROVED, then=0)
        return self.order_by(Case(is_approved, default=1), "sort_order", "pk")


class ConceptQuerySet(QuerySet):
    """Concepts for a list: annotations of one query instead of queries per row."""

    def with_best_terms(self, codes: Iterable[str]) -> "ConceptQuerySet":
        """Annotate ``term_<code>``: the best term in use in each of the languages
        *codes*, or None."""
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
        """Annotate ``status``: that of the term that has most yet to be decided."""
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


class VersionStateQuerySet(QuerySet):
    def originals(self) -> "VersionStateQuerySet":
        """One row for each article: that of the version it was written in."""
        return self.filter(state=self.model.State.ORIGINAL)

    def translations(self) -> "VersionStateQuerySet":
        return self.exclude(state=self.model.State.ORIGINAL)


class HandmadeEditQuerySet(QuerySet):
    def undecided(self) -> "HandmadeEditQuerySet":
        return self.filter(decided_at=None)

    def of(self, page: Page) -> "HandmadeEditQuerySet":
        """The edits of the translation whose target *page* is, while it is
        synchronised: a stopped translation overwrites nothing."""
        return self.filter(
            translation__source__object_id=page.translation_key,
            translation__target_locale=page.locale_id,
            translation__enabled=True,
        )
