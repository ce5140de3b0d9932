"""SQLite's FTS5 over the term columns of entries: the engine that needs no service.

``search_entry_terms`` is an external-content table that triggers keep in step with
``search_entry`` (see the migrations), so a roll-back takes the index back with it.
Its tokenizer cuts at white space only: terms come ready-made.
"""

from collections.abc import Iterable

from django.db import connection

from search.engines import Answer, Hit
from search.meaning import Meaning, Wanted
from search.zones import FORMS, column_weights, columns_of


class SQLiteEngine:
    """See :class:`search.engines.Engine`."""

    def find(
        self, meaning: Meaning, *, locales: list[str], offset: int, limit: int
    ) -> Answer:
        if not meaning or not locales:
            return Answer(0, [])
        expression = match_expression(meaning)
        places = ", ".join(["%s"] * len(locales))
        found = (
            "FROM search_entry_terms JOIN search_entry entry"
            " ON entry.id = search_entry_terms.rowid"
            f" WHERE search_entry_terms MATCH %s AND entry.locale IN ({places})"
        )
        weights = ", ".join(map(str, column_weights()))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) {found}", [expression, *locales])
            (total,) = cursor.fetchone()
            cursor.execute(
                f"SELECT entry.id, -bm25(search_entry_terms, {weights}) AS score"
                f" {found} ORDER BY score DESC, entry.published_at DESC, entry.id"
                " LIMIT %s OFFSET %s",
                [expression, *locales, limit, offset],
            )
            return Answer(total, [Hit(*row) for row in cursor.fetchall()])


def match_expression(meaning: Meaning) -> str:
    """Return *meaning* as an FTS5 expression. Every term in it is quoted."""
    operator = " OR " if meaning.any_is_enough else " AND "
    expression = operator.join(f"({_one(wanted)})" for wanted in meaning.all_of)
    for wanted in meaning.none_of:
        expression = f"({expression}) NOT ({_one(wanted)})"
    return expression


def _one(wanted: Wanted) -> str:
    ways = [
        _in_columns(form, getattr(wanted, form))
        for form in FORMS
        if getattr(wanted, form)
    ]
    if wanted.phrases:
        ways.append(_in_columns("exact", map(" ".join, wanted.phrases)))
    if wanted.parts:
        ways.append(f"({' AND '.join(f'({_one(part)})' for part in wanted.parts)})")
    return " OR ".join(ways)


def _in_columns(form: str, terms: Iterable[str]) -> str:
    quoted = " OR ".join('"' + term.replace('"', '""') + '"' for term in sorted(terms))
    return f"{{{' '.join(columns_of(form))}}} : ({quoted})"
