"""Index for the alphabetical order of the desk's headlines."""

import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    # That migration creates the collation on PostgreSQL; on SQLite the connection does.
    dependencies = [
        ('newsroom_translation', '0022_draft_readings'),
        ('search', '0007_alphabet'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='versionstate',
            name='version_state_headline',
        ),
        migrations.AddIndex(
            model_name='versionstate',
            index=models.Index(django.db.models.functions.comparison.Collate('headline', 'archive_alphabet'), models.F('id'), models.F('source_is_live'), models.F('kind'), models.F('section'), models.F('state'), models.F('translation_key'), condition=models.Q(('state', 'original')), name='version_state_headline'),
        ),
    ]
