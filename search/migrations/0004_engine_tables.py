"""The tables of the database engine, and the triggers that fill them.

``search_facts`` has a narrow row for each entry. The terms are stored in a contentless
FTS5 table on SQLite, and in a ``tsvector`` of the narrow row on PostgreSQL. Its lexemes
are prefixed with their form (``e:``, ``s:``, ``f:``) or are filter terms. Column names
are spelled out: a migration must keep its meaning when the model changes.
"""

from django.db import migrations

ZONES = ("title", "lead", "names", "body")
FORMS = ("exact", "stems", "folded")


def _joined(prefix: str, form: str) -> str:
    """Return SQL for the four columns of a variant as one text, separated by ¶.

    No phrase matches across the ¶.
    """
    return " || ' ¶ ' || ".join(f"{prefix}{zone}_{form}" for zone in ZONES)


def _fts_values(prefix: str) -> str:
    columns = [_joined(prefix, form) for form in FORMS]
    return ", ".join([f"{prefix}id", *columns, f"{prefix}marks"])


def _facts_values(prefix: str) -> str:
    names = ("id", "locale", '"group"', "published", "facet_values")
    return ", ".join(f"{prefix}{name}" for name in names)


FACTS = "entry_id, locale, group_key, published, facet_values"
TERMS = "search_terms"
TERM_COLUMNS = "rowid, exact, stems, folded, marks"
# Terms are separated by spaces. The "ascii" tokenizer treats every non-ASCII character
# as a letter; here it is told to treat ASCII punctuation as letters too.
PUNCTUATION = "!#$%&()*+,-./:;<=>?@[\\]^_`{|}~''\""
TOKENIZER = "ascii tokenchars '" + PUNCTUATION + "'"
CHANGES = ", ".join(
    ["locale", '"group"', "published", "facet_values", "marks"]
    + [f"{zone}_{form}" for zone in ZONES for form in FORMS]
)
TO_FACTS = f"INSERT OR REPLACE INTO search_facts ({FACTS}) VALUES ({_facts_values('new.')});"
TO_TERMS = f"INSERT INTO {TERMS} ({TERM_COLUMNS}) VALUES ({_fts_values('new.')});"
FROM_TERMS = (
    f"INSERT INTO {TERMS} ({TERMS}, {TERM_COLUMNS})"
    f" VALUES ('delete', {_fts_values('old.')});"
)

OLD_TERMS = [
    "DROP TRIGGER IF EXISTS search_entry_updated",
    "DROP TRIGGER IF EXISTS search_entry_deleted",
    "DROP TRIGGER IF EXISTS search_entry_inserted",
    "DROP TABLE search_entry_terms",
]
SQLITE = [
    """CREATE TABLE search_facts (
        entry_id INTEGER PRIMARY KEY, locale TEXT NOT NULL, group_key TEXT NOT NULL,
        published INTEGER NOT NULL, facet_values BLOB NOT NULL
    )""",
    "CREATE INDEX search_facts_published ON search_facts (published DESC, entry_id)",
    f"""CREATE VIRTUAL TABLE {TERMS} USING fts5(
        exact, stems, folded, marks, content='',
        tokenize='{TOKENIZER.replace("'", "''")}'
    )""",
    f"""CREATE TRIGGER search_entry_inserted AFTER INSERT ON search_entry BEGIN
        {TO_FACTS} {TO_TERMS}
    END""",
    f"""CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN
        DELETE FROM search_facts WHERE entry_id = old.id; {FROM_TERMS}
    END""",
    f"""CREATE TRIGGER search_entry_updated AFTER UPDATE OF {CHANGES} ON search_entry
    BEGIN
        {FROM_TERMS} {TO_FACTS} {TO_TERMS}
    END""",
    f"INSERT INTO search_facts ({FACTS}) SELECT {_facts_values('')} FROM search_entry",
    f"INSERT INTO {TERMS} ({TERM_COLUMNS}) SELECT {_fts_values('')} FROM search_entry",
]

LEXEMES = "\n    UNION ".join(
    f"SELECT '{form[0]}:' || term FROM unnest(string_to_array("
    + " || ' ' || ".join(f"new.{zone}_{form}" for zone in ZONES)
    + ", ' ')) AS term WHERE term <> ''"
    for form in FORMS
)
POSTGRESQL = [
    """CREATE TABLE search_facts (
        entry_id BIGINT PRIMARY KEY REFERENCES search_entry (id) ON DELETE CASCADE,
        locale TEXT NOT NULL, group_key TEXT NOT NULL, published BIGINT NOT NULL,
        facet_values BYTEA NOT NULL, terms TSVECTOR NOT NULL
    )""",
    # Rows stay narrow: the terms are stored outside, and are read only for phrase
    # checks.
    "ALTER TABLE search_facts ALTER COLUMN terms SET STORAGE EXTERNAL",
    "ALTER TABLE search_facts SET (toast_tuple_target = 128)",
    "CREATE INDEX search_facts_terms ON search_facts USING gin (terms)",
    "CREATE INDEX search_facts_published ON search_facts (published DESC, entry_id)",
    f"""CREATE FUNCTION search_entry_indexed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_facts ({FACTS}, terms) VALUES ({_facts_values("new.")},
    array_to_tsvector(ARRAY({LEXEMES}
    UNION SELECT term FROM unnest(string_to_array(new.marks, ' ')) AS term
          WHERE term <> '')))
  ON CONFLICT (entry_id) DO UPDATE SET locale = excluded.locale,
    group_key = excluded.group_key, published = excluded.published,
    facet_values = excluded.facet_values, terms = excluded.terms;
  RETURN NULL;
END $$""",
    """CREATE TRIGGER search_entry_inserted AFTER INSERT ON search_entry
        FOR EACH ROW EXECUTE FUNCTION search_entry_indexed()""",
    f"""CREATE TRIGGER search_entry_updated AFTER UPDATE OF {CHANGES} ON search_entry
        FOR EACH ROW EXECUTE FUNCTION search_entry_indexed()""",
    "UPDATE search_entry SET marks = marks",
]


def create(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    statements = {"sqlite": OLD_TERMS + SQLITE, "postgresql": POSTGRESQL}
    for statement in statements.get(vendor, []):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_change_log_and_vocabulary")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
