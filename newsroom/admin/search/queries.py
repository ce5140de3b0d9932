"""What the two databases' query compilers have in common."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import cached_property
from wagtail.coreutils import get_content_languages

from .expressions import Expressions


class AnalysedQuery:
    """Mixed into one of Wagtail's query compilers."""

    expressions_class: type[Expressions]
    LAST_TERM_IS_PREFIX: bool
    fields: Iterable[str] | None
    query: Any

    @cached_property
    def expression(self) -> str | None:
        """Return what is looked for; None if there is no word in it."""
        expressions = self.expressions_class(
            list(get_content_languages()), beginnings=self.LAST_TERM_IS_PREFIX
        )
        return expressions.of(self.query)

    @property
    def is_for_titles(self) -> bool:
        """Return whether only titles count. The index keeps no other field apart."""
        return list(self.fields or []) == ["title"]
