"""PostgreSQL engine: a GIN index over the lexemes of entries.

Lexemes are prefixed with their variant (``e:``, ``s:``, ``f:``) or are filter terms;
triggers write them (see the migrations). They have no positions and no weights. An
index look-up that needs neither is exact; one that needs them reads every text it
finds. Fields of words are therefore lexemes of their own (filter terms), and phrases
are matched against the texts of the few entries that have all their words.
"""

from search.engines.database import Condition, DatabaseEngine, joined
from search.engines.text_index import TSQuery
from search.index.fields import FIELDS
from search.plan.clauses import Clause, PhraseMatch

_INDEX = TSQuery()


class PostgreSQLEngine(DatabaseEngine):
    """PostgreSQL engine; see :class:`search.engines.Engine`."""

    name = "postgresql"
    index = _INDEX
    # No sequential scans, JIT or parallel workers. The planner prefers a sequential
    # scan for a small table, but the lexemes are stored outside its rows (TOAST).
    # Compiling a plan, or splitting it among processes, costs more than it saves. The
    # server runs these and the query, sent together, as one transaction.
    settings = (
        "SET LOCAL enable_seqscan = off; SET LOCAL jit = off;"
        " SET LOCAL max_parallel_workers_per_gather = 0; "
    )

    def matching(self, expression: str) -> Condition:
        """Return the condition for rows whose lexemes match *expression*."""
        return Condition("terms @@ %s::tsquery", [expression])

    def where(self, clause: Clause) -> Condition:
        """Return the condition for *clause*; phrases are checked in the texts."""
        if isinstance(clause, PhraseMatch):
            return _sequence(clause)
        return super().where(clause)


def _sequence(clause: PhraseMatch) -> Condition:
    conditions = [
        _one_sequence(clause.variant, words) for words in sorted(clause.sequences)
    ]
    return joined("OR", conditions) if conditions else Condition("1 = 0", [])


def _one_sequence(variant: str, words: tuple[str, ...]) -> Condition:
    lexemes = " & ".join(_INDEX.lexeme(variant, word) for word in words)
    if len(words) == 1:
        return Condition("terms @@ %s::tsquery", [lexemes])
    has_it = " OR ".join(
        f"position(%s IN ' ' || entry.{field}_{variant} || ' ') > 0" for field in FIELDS
    )
    text = f" {' '.join(words)} "
    return Condition(
        "terms @@ %s::tsquery AND EXISTS (SELECT 1 FROM search_entry entry"
        f" WHERE entry.id = entry_id AND ({has_it}))",
        [lexemes, *[text] * len(FIELDS)],
    )
