"""The index of the words of headlines, and its updates.

SQLite has a contentless FTS5 table, which triggers fill; PostgreSQL indexes the column
itself. Both index the rows of originals only. Names are written out, so that the
migration does not change with the code.

A later migration in which Django recreates the table on SQLite drops the triggers, and
must execute ``SQLITE_TRIGGERS`` again.
"""

from django.db import migrations

TABLE = "newsroom_translation_versionstate"
TERMS = "newsroom_translation_headlines"
# Terms are stored ready to index, separated by spaces. The "ascii" tokenizer treats
# every non-ASCII character as a letter; this option adds ASCII punctuation.
PUNCTUATION = "!#$%&()*+,-./:;<=>?@[\\]^_`{|}~''\""
TOKENIZER = ("ascii tokenchars '" + PUNCTUATION + "'").replace("'", "''")
FORGET = (
    f"INSERT INTO {TERMS} ({TERMS}, rowid, headline_terms)"
    " SELECT 'delete', old.id, old.headline_terms WHERE old.state = 'original';"
)
LEARN = (
    f"INSERT INTO {TERMS} (rowid, headline_terms)"
    " SELECT new.id, new.headline_terms WHERE new.state = 'original';"
)
SQLITE_TRIGGERS = [
    f"""CREATE TRIGGER newsroom_translation_headline_inserted AFTER INSERT ON {TABLE}
    BEGIN {LEARN} END""",
    f"""CREATE TRIGGER newsroom_translation_headline_deleted AFTER DELETE ON {TABLE}
    BEGIN {FORGET} END""",
    f"""CREATE TRIGGER newsroom_translation_headline_updated
    AFTER UPDATE OF headline_terms, state ON {TABLE}
    WHEN old.headline_terms <> new.headline_terms OR old.state <> new.state
    BEGIN {FORGET} {LEARN} END""",
]
SQLITE = [
    f"""CREATE VIRTUAL TABLE {TERMS} USING fts5(
        headline_terms, content='', detail=none, tokenize='{TOKENIZER}'
    )""",
    f"""INSERT INTO {TERMS} (rowid, headline_terms)
        SELECT id, headline_terms FROM {TABLE} WHERE state = 'original'""",
    *SQLITE_TRIGGERS,
]
POSTGRESQL = [
    f"""CREATE INDEX newsroom_translation_headlines ON {TABLE} USING gin (
        array_to_tsvector(string_to_array(btrim(headline_terms), ' '))
    ) WHERE state = 'original'"""
]
NO_SQLITE = [
    "DROP TRIGGER newsroom_translation_headline_updated",
    "DROP TRIGGER newsroom_translation_headline_deleted",
    "DROP TRIGGER newsroom_translation_headline_inserted",
    f"DROP TABLE {TERMS}",
]
NO_POSTGRESQL = ["DROP INDEX newsroom_translation_headlines"]


def _run(**statements):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [("newsroom_translation", "0009_desk_indexes")]
    operations = [
        migrations.RunPython(
            _run(sqlite=SQLITE, postgresql=POSTGRESQL),
            _run(sqlite=NO_SQLITE, postgresql=NO_POSTGRESQL),
        )
    ]
