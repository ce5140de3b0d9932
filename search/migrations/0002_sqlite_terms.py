"""The FTS5 index over the term columns, and the triggers that keep it in sync.

Column names are spelled out: a migration must keep its meaning when the model changes.
"""

from django.db import migrations

COLUMNS = [
    f"{zone}_{form}"
    for zone in ("title", "lead", "names", "body")
    for form in ("exact", "stems", "folded")
]
# Terms are separated by spaces. The "ascii" tokenizer treats every non-ASCII character
# as a letter; here it is told to treat ASCII punctuation, except quotes, as letters
# too.
PUNCTUATION = "!#$%&()*+,-./:;<=>?@[\\]^_`{|}~"

NAMES = ", ".join(COLUMNS)
NEW = ", ".join(f"new.{name}" for name in COLUMNS)
OLD = ", ".join(f"old.{name}" for name in COLUMNS)
TERMS = "search_entry_terms"

CREATE = [
    f"""CREATE VIRTUAL TABLE {TERMS} USING fts5(
        {NAMES}, content='search_entry', content_rowid='id',
        tokenize="ascii tokenchars '{PUNCTUATION}'"
    )""",
    f"""CREATE TRIGGER search_entry_inserted AFTER INSERT ON search_entry BEGIN
        INSERT INTO {TERMS} (rowid, {NAMES}) VALUES (new.id, {NEW});
    END""",
    f"""CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN
        INSERT INTO {TERMS} ({TERMS}, rowid, {NAMES})
        VALUES ('delete', old.id, {OLD});
    END""",
    f"""CREATE TRIGGER search_entry_updated AFTER UPDATE ON search_entry BEGIN
        INSERT INTO {TERMS} ({TERMS}, rowid, {NAMES})
        VALUES ('delete', old.id, {OLD});
        INSERT INTO {TERMS} (rowid, {NAMES}) VALUES (new.id, {NEW});
    END""",
]
DROP = [
    "DROP TRIGGER search_entry_updated",
    "DROP TRIGGER search_entry_deleted",
    "DROP TRIGGER search_entry_inserted",
    f"DROP TABLE {TERMS}",
]


def _run(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            with schema_editor.connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(_run(CREATE), _run(DROP))]
