"""Search of the admin on PostgreSQL (tsvector)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import QuerySet
from wagtail.search.backends.database.postgres import postgres as stock

from .expressions import Expressions
from .indexing import AnalysedIndex
from .queries import AnalysedQuery

CONFIGURATION = "simple"
"""Text search configuration without stemming: tokens are stemmed already."""


class TextSearchExpressions(Expressions):
    """Expressions for ``to_tsquery``."""

    conjunction = " & "
    disjunction = " | "

    def word(self, token: str) -> str:
        return f"'{token}'"

    def beginning(self, token: str) -> str:
        return f"'{token}':*"

    def phrase(self, tokens: Sequence[str]) -> str:
        return f"({' <-> '.join(map(self.word, tokens))})"

    def without(self, expression: str) -> str:
        return f"!{expression}"


class PostgresIndex(AnalysedIndex, stock.PostgresIndex):
    indexer_class = stock.ObjectIndexer


class PostgresQuery(AnalysedQuery, stock.PostgresSearchQueryCompiler):
    """Query that finds whole words in any form."""

    expressions_class = TextSearchExpressions

    def search(self, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        if self.expression is None:
            return self.queryset.none()
        return super().search(*args, **kwargs)

    def build_tsquery(self, query: Any, config: str | None = None) -> SearchQuery:
        return SearchQuery(self.expression or "", search_type="raw", config=config)

    def build_tsrank(
        self, vector: Any, query: Any, config: str | None = None, boost: float = 1.0
    ) -> Any:
        tsquery = self.build_tsquery(query, config=config)
        return SearchRank(vector, tsquery, weights=self.sql_weights) * boost

    def get_search_vectors(self, search_query: Any) -> list[tuple[Any, Any]]:
        vectors = self.get_index_vectors(search_query)
        return vectors[:1] if self.is_for_titles else vectors


class PostgresBeginningQuery(PostgresQuery, stock.PostgresAutocompleteQueryCompiler):
    """Query that finds names and titles in any form, also by prefix."""


class PostgresAdminSearch(stock.PostgresSearchBackend):
    """Wagtail's backend for PostgreSQL, with analysed words."""

    index_class = PostgresIndex
    query_compiler_class = PostgresQuery
    autocomplete_query_compiler_class = PostgresBeginningQuery

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({**params, "SEARCH_CONFIG": CONFIGURATION})
