"""The tables of the database engine, what fills them, and the collation of lists.

``search_facts`` has a narrow row for each entry. The terms are stored in a contentless
FTS5 table on SQLite, and in a ``tsvector`` of the narrow row on PostgreSQL. Triggers of
:mod:`search.index.triggers` copy the entries to them. PostgreSQL gets a collation for
the lists of the admin; SQLite has one from :mod:`search.collation`.
"""

from django.db import migrations

from search.index.triggers import ENTRY_TRIGGERS, FACTS, FACTS_VALUES, LEXEMES
from search.triggers import EnsureTriggers

# Terms are separated by spaces. The "ascii" tokenizer treats every non-ASCII character
# as a letter; this option adds ASCII punctuation.
PUNCTUATION = "!#$%&()*+,-./:;<=>?@[\\]^_`{|}~''\""
TOKENIZER = ("ascii tokenchars '" + PUNCTUATION + "'").replace("'", "''")
SQLITE = [
    """CREATE TABLE search_facts (
        entry_id INTEGER PRIMARY KEY, locale TEXT NOT NULL, group_key TEXT NOT NULL,
        published INTEGER NOT NULL, facet_values BLOB NOT NULL
    )""",
    "CREATE INDEX search_facts_published ON search_facts (published DESC, entry_id)",
    f"""CREATE VIRTUAL TABLE search_terms USING fts5(
        exact, stems, folded, marks, content='',
        tokenize='{TOKENIZER}'
    )""",
]
POSTGRESQL = [
    """CREATE TABLE search_facts (
        entry_id BIGINT PRIMARY KEY REFERENCES search_entry (id) ON DELETE CASCADE,
        locale TEXT NOT NULL, group_key TEXT NOT NULL, published BIGINT NOT NULL,
        facet_values BYTEA NOT NULL, terms TSVECTOR NOT NULL
    )""",
    # Rows stay narrow: the terms are stored outside, and are read only for phrase
    # checks. Facet values stay inside, because reading them from outside takes several
    # times as long as reading the rest of the row.
    "ALTER TABLE search_facts ALTER COLUMN terms SET STORAGE EXTERNAL",
    "ALTER TABLE search_facts SET (toast_tuple_target = 128)",
    """ALTER TABLE search_facts ALTER COLUMN locale SET STORAGE MAIN,
        ALTER COLUMN group_key SET STORAGE MAIN,
        ALTER COLUMN facet_values SET STORAGE MAIN""",
    "CREATE INDEX search_facts_terms ON search_facts USING gin (terms)",
    "CREATE INDEX search_facts_published ON search_facts (published DESC, entry_id)",
    f"""CREATE FUNCTION search_entry_indexed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_facts ({FACTS}, terms) VALUES ({FACTS_VALUES},
    array_to_tsvector(ARRAY({LEXEMES}
    UNION SELECT term FROM unnest(string_to_array(new.marks, ' ')) AS term
          WHERE term <> '')))
  ON CONFLICT (entry_id) DO UPDATE SET locale = excluded.locale,
    group_key = excluded.group_key, published = excluded.published,
    facet_values = excluded.facet_values, terms = excluded.terms;
  RETURN NULL;
END $$""",
    # Latin before Cyrillic letters, punctuation ignored, as in search.alphabet.
    """CREATE COLLATION IF NOT EXISTS archive_alphabet
    (provider = icu, locale = 'kk-u-ka-shifted-kr-latn-cyrl')""",
]
NO_SQLITE = ["DROP TABLE search_terms", "DROP TABLE search_facts"]
NO_POSTGRESQL = [
    "DROP COLLATION IF EXISTS archive_alphabet",
    "DROP FUNCTION search_entry_indexed()",
    "DROP TABLE search_facts",
]


def _run(**statements):
    def run(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunPython(
            _run(sqlite=SQLITE, postgresql=POSTGRESQL),
            _run(sqlite=NO_SQLITE, postgresql=NO_POSTGRESQL),
        ),
        EnsureTriggers(ENTRY_TRIGGERS),
    ]
