"""Facet values by language, by name and by frequency; an index of entries by time."""

from collections import Counter

import django.db.models.deletion
from django.db import migrations, models

from search.alphabet import initial, sort_key
from search.packing import unpack

NAMED = (
    "section",
    "kind",
    "topic",
    "person",
    "place",
    "organisation",
    "source",
    "author",
)


def fill(apps, schema_editor):
    """Count the existing entries. A value's id is its primary key and four bits."""
    Entry = apps.get_model("search", "Entry")
    FacetValue = apps.get_model("search", "FacetValue")
    ValueName = apps.get_model("search", "ValueName")
    counts = Counter()
    rows = Entry.objects.values_list("locale", "facet_values")
    for locale, packed in rows.iterator(chunk_size=2_000):
        counts.update((number >> 4, locale) for number in unpack(packed))
    # Pending deltas are subtracted here, because they are counted when they are
    # applied.
    for pending in apps.get_model("search", "PendingCount").objects.iterator():
        more, fewer = pending.counts["values"]
        locale = pending.counts["locale"]
        counts.subtract((number >> 4, locale) for number in more)
        counts.update((number >> 4, locale) for number in fewer)
    values = FacetValue.objects.filter(facet__in=NAMED).defer("names").in_bulk()
    named = []
    for (pk, locale), entries in counts.items():
        if pk not in values:
            continue
        value = values[pk]
        label = value.labels.get(locale) or next(iter(value.labels.values()), value.key)
        name = label.strip()[:300]
        named.append(
            ValueName(
                value=value,
                facet=value.facet,
                locale=locale,
                name=name,
                letter=initial(name),
                sort_key=sort_key(name, pk),
                entries=entries,
            )
        )
    ValueName.objects.bulk_create(named, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("search", "0004_engine_tables")]
    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["locale", "published"], name="search_in_time"),
        ),
        migrations.CreateModel(
            name="ValueName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("facet", models.CharField(max_length=20)),
                ("locale", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=300)),
                ("letter", models.CharField(max_length=1)),
                ("sort_key", models.CharField(max_length=250)),
                ("entries", models.IntegerField(default=0)),
                (
                    "value",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="search.facetvalue",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["value", "locale"], name="search_value_name"
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["facet", "locale", "sort_key"],
                        name="search_name_order",
                    ),
                    models.Index(
                        fields=["facet", "locale", "-entries"],
                        name="search_name_count",
                    ),
                    models.Index(
                        fields=["facet", "locale", "letter"],
                        name="search_name_letter",
                    ),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
