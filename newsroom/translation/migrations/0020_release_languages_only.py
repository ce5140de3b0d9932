"""Let the languages of a release be those that are recorded one by one. Apart from the
migration that copies them: PostgreSQL alters no table with pending checks."""

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
