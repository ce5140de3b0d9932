"""Indexes that Django cannot declare: words of headlines, and the few top pages.

Headlines: SQLite has a contentless FTS5 table, which the triggers of
:mod:`newsroom.translation.headline_triggers` fill; PostgreSQL indexes the column
itself. Both index the rows of originals only.

Top pages: for every admin page, Wagtail looks up the top page of a superuser's tree by
depth alone, which reads all pages. With an index of all depths, SQLite might use it
where the index of paths is better; these partial indexes have no other rows. If a later
migration of Wagtail copies the table on SQLite, they are dropped. Only speed is lost
then.
"""

from django.db import migrations

from newsroom.translation.headline_triggers import HEADLINE_TRIGGERS, INDEX, TABLE
from search.triggers import EnsureTriggers

# Terms are stored ready to index, separated by spaces. The "ascii" tokenizer treats
# every non-ASCII character as a letter; this option adds ASCII punctuation.
PUNCTUATION = "!#$%&()*+,-./:;<=>?@[\\]^_`{|}~''\""
TOKENIZER = ("ascii tokenchars '" + PUNCTUATION + "'").replace("'", "''")
SQLITE = [
    f"""CREATE VIRTUAL TABLE {INDEX} USING fts5(
        headline_terms, content='', detail=none, tokenize='{TOKENIZER}'
    )"""
]
POSTGRESQL = [
    f"""CREATE INDEX {INDEX} ON {TABLE} USING gin (
        array_to_tsvector(string_to_array(btrim(headline_terms), ' '))
    ) WHERE state = 'original'"""
]


def _run(**statements):
    def run(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement, params=None)

    return run


def _top_pages(depth):
    name = f"newsroom_pages_of_depth_{depth}"
    return migrations.RunSQL(
        f"CREATE INDEX {name} ON wagtailcore_page (depth, path) WHERE depth = {depth}",
        f"DROP INDEX {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("newsroom_translation", "0001_initial")]
    operations = [
        migrations.RunPython(
            _run(sqlite=SQLITE, postgresql=POSTGRESQL),
            _run(sqlite=[f"DROP TABLE {INDEX}"], postgresql=[f"DROP INDEX {INDEX}"]),
        ),
        EnsureTriggers(HEADLINE_TRIGGERS),
        _top_pages(1),
        _top_pages(2),
    ]
