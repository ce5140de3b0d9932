"""Record who selected each language of a release, and its outcome."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

AT_ONCE = 500


def keep_languages(apps, schema_editor):
    """Create the languages of existing releases, selected by the planner.

    Of completed releases, only those published with the choice "none or all" are known
    to be complete.
    """
    Release = apps.get_model("newsroom_translation", "Release")
    ReleaseLanguage = apps.get_model("newsroom_translation", "ReleaseLanguage")
    rows = []
    releases = Release.objects.order_by("pk")
    for release in releases.iterator(chunk_size=AT_ONCE):
        is_complete = release.state == "published" and release.if_not_ready == "none"
        for locale in release.locales.values_list("pk", flat=True):
            rows.append(
                ReleaseLanguage(
                    release_id=release.pk,
                    locale_id=locale,
                    chosen_by_id=release.created_by_id,
                    outcome="published" if is_complete else "",
                )
            )
        if len(rows) >= AT_ONCE:
            ReleaseLanguage.objects.bulk_create(rows)
            rows = []
    ReleaseLanguage.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom_translation", "0018_memory_files"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="ReleaseLanguage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.CharField(blank=True, choices=[("published", "Published"), ("already_live", "Already live"), ("not_ready", "Not published"), ("held_back", "Held back: another version is not ready")], max_length=12)),
                ("reasons", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("chosen_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("locale", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.locale")),
                ("release", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="languages", to="newsroom_translation.release")),
            ],
            options={"ordering": ["locale"], "default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="releaselanguage",
            constraint=models.UniqueConstraint(fields=("release", "locale"), name="release_language"),
        ),
        migrations.RunPython(keep_languages, migrations.RunPython.noop, elidable=True),
    ]
