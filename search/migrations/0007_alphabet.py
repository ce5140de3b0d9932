"""List names in quotation marks under their letter; sort by the Kazakh alphabet.

PostgreSQL gets a collation for the lists of the admin; SQLite has one from
search.collation.
"""

from django.db import migrations

from search.alphabet import initial, sort_key

# Latin before Cyrillic letters, punctuation ignored, as in search.alphabet.
CREATE = """
CREATE COLLATION IF NOT EXISTS archive_alphabet
(provider = icu, locale = 'kk-u-ka-shifted-kr-latn-cyrl')
"""


def create_collation(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop_collation(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP COLLATION IF EXISTS archive_alphabet")


def list_anew(apps, schema_editor):
    ValueName = apps.get_model("search", "ValueName")
    changed = []
    for row in ValueName.objects.iterator(chunk_size=2_000):
        letter, key = initial(row.name), sort_key(row.name, row.value_id)
        if (letter, key) != (row.letter, row.sort_key):
            row.letter, row.sort_key = letter, key
            changed.append(row)
    ValueName.objects.bulk_update(changed, ["letter", "sort_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("search", "0006_values_within_the_row")]
    operations = [
        migrations.RunPython(create_collation, drop_collation),
        migrations.RunPython(list_anew, migrations.RunPython.noop),
    ]
