"""Rewrite published versions in the present form of articles (see articles 0004).

Otherwise the next publication of an unchanged article would count as a new version.
"""

from django.db import migrations

from newsroom.articles.fields import clean_value
from newsroom.corrections.content import digest
from newsroom.intake.plain_fields import storable_content

BATCH = 500


def repair(apps, schema_editor):
    article = apps.get_model("articles", "ArticlePage")
    block = article._meta.get_field("body").stream_block
    versions = apps.get_model("corrections", "PublishedVersion").objects
    last = 0
    while found := list(versions.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for version in found:
            clean = storable_content(article, version.content)
            clean["body"] = clean_value(block, clean.get("body"))
            if clean != version.content:
                versions.filter(pk=version.pk).update(
                    content=clean, digest=digest(clean)
                )
        last = found[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0001_corrections"),
        ("articles", "0004_readable_text"),
    ]

    operations = [migrations.RunPython(repair, migrations.RunPython.noop)]
