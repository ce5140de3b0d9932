"""The triggers that copy a search entry to the tables of the database engine.

Migrations refer to these statements; see :mod:`search.triggers` before a change.
"""

from search.triggers import TriggerSet

_FIELDS = ("title", "lead", "names", "body")
_VARIANTS = ("exact", "stems", "folded")


def _joined(prefix: str, variant: str) -> str:
    """Return SQL for the four columns of a variant as one text, separated by ¶.

    No phrase matches across the ¶.
    """
    return " || ' ¶ ' || ".join(f"{prefix}{name}_{variant}" for name in _FIELDS)


def _terms_values(prefix: str) -> str:
    columns = [_joined(prefix, variant) for variant in _VARIANTS]
    return ", ".join([f"{prefix}id", *columns, f"{prefix}marks"])


FACTS = "entry_id, locale, group_key, published, facet_values"
FACTS_VALUES = 'new.id, new.locale, new."group", new.published, new.facet_values'
TERMS = "rowid, exact, stems, folded, marks"
_CHANGES = ", ".join(
    ["locale", '"group"', "published", "facet_values", "marks"]
    + [f"{name}_{variant}" for name in _FIELDS for variant in _VARIANTS]
)
_TO_FACTS = f"INSERT OR REPLACE INTO search_facts ({FACTS}) VALUES ({FACTS_VALUES});"
_TO_TERMS = f"INSERT INTO search_terms ({TERMS}) VALUES ({_terms_values('new.')});"
_FROM_TERMS = (
    f"INSERT INTO search_terms (search_terms, {TERMS})"
    f" VALUES ('delete', {_terms_values('old.')});"
)
# Lexemes are prefixed with their variant ("e:", "s:", "f:") or are filter terms.
LEXEMES = "\n    UNION ".join(
    f"SELECT '{variant[0]}:' || term FROM unnest(string_to_array("
    + " || ' ' || ".join(f"new.{name}_{variant}" for name in _FIELDS)
    + ", ' ')) AS term WHERE term <> ''"
    for variant in _VARIANTS
)

ENTRY_TRIGGERS = TriggerSet(
    table="search_entry",
    sqlite={
        "search_entry_inserted": "CREATE TRIGGER search_entry_inserted"
        " AFTER INSERT ON search_entry"
        f" BEGIN {_TO_FACTS} {_TO_TERMS} END",
        "search_entry_deleted": "CREATE TRIGGER search_entry_deleted"
        " AFTER DELETE ON search_entry"
        f" BEGIN DELETE FROM search_facts WHERE entry_id = old.id; {_FROM_TERMS} END",
        "search_entry_updated": "CREATE TRIGGER search_entry_updated"
        f" AFTER UPDATE OF {_CHANGES} ON search_entry"
        f" BEGIN {_FROM_TERMS} {_TO_FACTS} {_TO_TERMS} END",
    },
    # A deleted entry takes its facts with it by the foreign key.
    postgresql={
        "search_entry_inserted": "CREATE TRIGGER search_entry_inserted"
        " AFTER INSERT ON search_entry"
        " FOR EACH ROW EXECUTE FUNCTION search_entry_indexed()",
        "search_entry_updated": "CREATE TRIGGER search_entry_updated"
        f" AFTER UPDATE OF {_CHANGES} ON search_entry"
        " FOR EACH ROW EXECUTE FUNCTION search_entry_indexed()",
    },
)
