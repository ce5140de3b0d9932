"""SQLite engine: FTS5, which needs no separate service.

Triggers write ``search_terms`` (see the migrations), so a transaction that is rolled
back rolls back the index as well. The tokenizer splits at white space only, because
terms are already analysed.
"""

from search.engines.database import Condition, DatabaseEngine
from search.engines.text_index import FTS5
from search.plan.clauses import Clause


class SQLiteEngine(DatabaseEngine):
    """SQLite engine; see :class:`search.engines.Engine`."""

    name = "sqlite"
    index = FTS5()

    def matching(self, expression: str) -> Condition:
        """Return the condition for rows that match *expression* in FTS5."""
        return Condition(
            "entry_id IN (SELECT rowid FROM search_terms WHERE search_terms MATCH %s)",
            [expression],
        )

    def entry_pks(self, clause: Clause) -> Condition:
        """Return a query for the primary keys, from FTS5 alone if possible.

        See :meth:`DatabaseEngine.numbers`.
        """
        expression = self.index.expression(clause)
        if expression is None:
            return super().entry_pks(clause)
        return Condition(
            "SELECT rowid FROM search_terms WHERE search_terms MATCH %s", [expression]
        )
