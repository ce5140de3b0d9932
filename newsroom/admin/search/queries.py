"""Common part of the two databases' query compilers."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import cached_property
from wagtail.coreutils import get_content_languages

from .expressions import Expressions


class AnalysedQuery:
    """Mixin for Wagtail's query compilers."""

    expressions_class: type[Expressions]
    LAST_TERM_IS_PREFIX: bool
    fields: Iterable[str] | None
    query: Any

    @cached_property
    def expression(self) -> str | None:
        """The expression of the query; None if it contains no word."""
        expressions = self.expressions_class(
            list(get_content_languages()), beginnings=self.LAST_TERM_IS_PREFIX
        )
        return expressions.of(self.query)

    @property
    def is_for_titles(self) -> bool:
        """Whether only titles are searched. The index separates no other field."""
        return list(self.fields or []) == ["title"]
