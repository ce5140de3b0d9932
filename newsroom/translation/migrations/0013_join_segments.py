"""Join the segments that superscript and subscript elements had divided."""

from django.db import migrations

from newsroom.translation.resegmentation import join_all


def join(apps, schema_editor):
    join_all(apps, ["sup", "sub"])


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom_translation", "0012_top_pages"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [migrations.RunPython(join, migrations.RunPython.noop)]
