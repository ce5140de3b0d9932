"""Allow a language version without publication date before it is published.

On SQLite, Django recreates the table, which drops the triggers of the headline index.
"""

from importlib import import_module

from django.db import migrations, models

HEADLINES = "newsroom.translation.migrations.0010_headline_index"


def make_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in import_module(HEADLINES).SQLITE_TRIGGERS:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("newsroom_translation", "0016_readable_segments")]

    operations = [
        # Reversed operations run from the last to the first.
        migrations.RunPython(migrations.RunPython.noop, make_triggers),
        migrations.AlterField(
            model_name="versionstate",
            name="published_at",
            field=models.DateTimeField(null=True, verbose_name="publication date"),
        ),
        migrations.RunPython(make_triggers, migrations.RunPython.noop),
    ]
