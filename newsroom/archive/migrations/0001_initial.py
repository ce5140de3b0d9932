"""Numbers of articles; existing articles get theirs in the order of primary keys."""

from django.db import migrations, models


def number_articles(apps, schema_editor):
    Permalink = apps.get_model("archive", "Permalink")
    articles = apps.get_model("articles", "ArticlePage").objects.order_by("pk")
    keys = articles.values_list("translation_key", flat=True)
    Permalink.objects.bulk_create(
        [Permalink(translation_key=key) for key in dict.fromkeys(keys)],
        batch_size=1_000,
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [("articles", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Permalink",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("translation_key", models.UUIDField(unique=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(
            number_articles, migrations.RunPython.noop, elidable=True
        ),
    ]
