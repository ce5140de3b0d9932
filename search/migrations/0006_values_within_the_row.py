"""Store facet values within the narrow row on PostgreSQL.

All but the shortest were stored outside the row. Reading each took several times as
long as reading the rest of the row.

Existing rows stay as they are until they are written again; see ``rebuild_search``.
"""

from django.db import migrations

COLUMNS = ("locale", "group_key", "facet_values")
STORAGE = ", ".join(f"ALTER COLUMN {name} SET STORAGE MAIN" for name in COLUMNS)


def store_within(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE search_facts {STORAGE}")


class Migration(migrations.Migration):
    dependencies = [("search", "0005_value_names")]
    operations = [migrations.RunPython(store_within, migrations.RunPython.noop)]
