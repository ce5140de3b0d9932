"""Use the recorded languages as the languages of a release.

This is separate from the migration that copies them, because PostgreSQL cannot alter a
table with pending constraint checks.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom_translation", "0019_release_languages")]
    operations = [
        migrations.RemoveField(model_name="release", name="locales"),
        migrations.AddField(
            model_name="release",
            name="locales",
            field=models.ManyToManyField(related_name="+", through="newsroom_translation.ReleaseLanguage", to="wagtailcore.locale", verbose_name="Languages"),
        ),
        migrations.AddField(
            model_name="release",
            name="attempt",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="release",
            name="state",
            field=models.CharField(choices=[("planned", "Planned"), ("published", "Published together"), ("partly", "Published in part"), ("nothing_new", "All were live already"), ("failed", "Failed"), ("cancelled", "Cancelled")], db_index=True, default="planned", max_length=12),
        ),
    ]
