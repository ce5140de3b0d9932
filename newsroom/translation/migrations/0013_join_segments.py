"""Nothing: it joined segments of sources that an earlier version had cut."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom_translation", "0012_top_pages"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = []
