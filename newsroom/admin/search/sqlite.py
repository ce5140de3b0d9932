"""Search of the admin on SQLite (FTS5)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, FloatField, Func, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from wagtail.search.backends.database.sqlite import sqlite as stock
from wagtail.search.backends.database.sqlite.query import BM25, MatchExpression
from wagtail.search.query import MatchAll
from wagtail.search.utils import get_descendants_content_types_pks

from .expressions import Expressions
from .indexing import AnalysedIndex
from .queries import AnalysedQuery

COLUMN_WEIGHTS = [4.0, 1.0, 4.0]
"""BM25 weights of autocomplete, body and title; a match in a title counts most."""


class MatchExpressions(Expressions):
    """Expressions for ``MATCH`` of FTS5."""

    conjunction = " AND "
    disjunction = " OR "

    def word(self, token: str) -> str:
        return f'"{token}"'

    def beginning(self, token: str) -> str:
        return f'"{token}"*'

    def phrase(self, tokens: Sequence[str]) -> str:
        return f'"{" ".join(tokens)}"'

    def without(self, expression: str) -> str:
        # NOT is a binary operator in FTS5.
        return f"({self.of(MatchAll())} NOT {expression})"


class WeightedBM25(BM25):
    """FTS5's rank (lower is better), with a higher weight for words in a title."""

    def as_sql(
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, list[float]]:
        table = stock.SQLiteFTSIndexEntry._meta.db_table
        return f"bm25({table}, %s, %s, %s)", COLUMN_WEIGHTS


class Scores(Func):
    """The score of a row from a subquery of (object id, score) pairs, evaluated once.

    As an ordinary correlated subquery, the whole search would run for every row.
    """

    template = "(WITH hits(object_id, score) AS MATERIALIZED %(expressions)s)"
    arg_joiner = " SELECT score FROM hits WHERE object_id = "

    def __init__(self, hits: QuerySet[Any]) -> None:
        row = Cast("pk", TextField())
        super().__init__(Subquery(hits), row, output_field=FloatField())


class SQLiteIndex(AnalysedIndex, stock.SQLiteIndex):
    indexer_class = stock.ObjectIndexer


class SQLiteQuery(AnalysedQuery, stock.SQLiteSearchQueryCompiler):
    """Query that finds whole words in any form."""

    expressions_class = MatchExpressions

    def search(
        self, config: Any, start: int, stop: int, score_field: str | None = None
    ) -> QuerySet[Any]:
        """Return the results of Wagtail's compiler, with one pass over the matches."""
        if isinstance(self.query, MatchAll):
            return self.queryset[start:stop]
        if self.expression is None:
            return self.queryset.none()
        hits = self._hits(self.expression)
        queryset = self.queryset.filter(pk__in=hits.values("index_entry__object_id"))
        if self.order_by_relevance or score_field:
            score_field = score_field or "_score"
            scored = hits.annotate(score=WeightedBM25())
            pairs = scored.values_list("index_entry__object_id", "score")
            queryset = queryset.annotate(**{score_field: Scores(pairs)})
        if self.order_by_relevance:
            queryset = queryset.order_by(score_field, "-pk")
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]

    def _hits(self, expression: str) -> QuerySet[Any]:
        columns = self.FTS_TABLE_FIELDS
        if self.is_for_titles:
            columns = columns[:1]
        # Adding 0 prevents the use of the index on content types, with which SQLite
        # would run the match for every object of these types.
        kind = F("index_entry__content_type_id") + 0
        kinds = get_descendants_content_types_pks(self.queryset.model)
        matches = MatchExpression(columns, Value(expression))
        entries = stock.SQLiteFTSIndexEntry.objects.filter(matches)
        return entries.annotate(kind=kind).filter(kind__in=kinds)


class SQLiteBeginningQuery(SQLiteQuery, stock.SQLiteAutocompleteQueryCompiler):
    """Query that finds names and titles in any form, also by prefix."""


class SQLiteAdminSearch(stock.SQLiteSearchBackend):
    """Wagtail's backend for SQLite, with analysed words."""

    index_class = SQLiteIndex
    query_compiler_class = SQLiteQuery
    autocomplete_query_compiler_class = SQLiteBeginningQuery
