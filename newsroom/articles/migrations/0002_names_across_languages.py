"""Tell the search the names of entities that it was not told in other languages.

An entity that was created with a string as its translation key was saved, but its
names were not found by that key.
"""

from django.db import migrations
from django.db.models import Count

# The facet under which the search knows each model.
FACETS = {
    "Topic": "topic",
    "Person": "person",
    "Place": "place",
    "Organisation": "organisation",
}
KEYS_AT_A_TIME = 200
LONGEST_TEXT = 300  # of an Equivalent


def tell_missing_names(apps, schema_editor):
    for name, facet in FACETS.items():
        model = apps.get_model("articles", name)
        last = None
        while keys := _next_keys(model, last):
            _tell(apps, model, facet, keys)
            last = keys[-1]


def _next_keys(model, last):
    """Return the next keys of entities that have names in several languages."""
    rows = model.objects.filter(translation_key__gt=last) if last else model.objects
    named = rows.values("translation_key").annotate(names=Count("pk"))
    keys = named.filter(names__gt=1).order_by("translation_key")
    return list(keys.values_list("translation_key", flat=True)[:KEYS_AT_A_TIME])


def _tell(apps, model, facet, keys):
    from search.index.synonyms import fold

    Equivalent = apps.get_model("search", "Equivalent")
    groups = {key: f"{facet}:{key}" for key in keys}
    known = set(
        Equivalent.objects.filter(group__in=groups.values()).values_list(
            "group", flat=True
        )
    )
    texts = {}
    for row in model.objects.filter(translation_key__in=keys).select_related("locale"):
        group, code = groups[row.translation_key], row.locale.language_code
        folded = fold(row.name, code)
        if group not in known and folded and len(folded) <= LONGEST_TEXT:
            texts.setdefault(group, []).append(
                Equivalent(
                    group=group, locale=code, text=row.name[:300], folded=folded
                )
            )
    Equivalent.objects.bulk_create(
        row for rows in texts.values() if len(rows) > 1 for row in rows
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("search", "0006_values_within_the_row"),
    ]

    operations = [
        migrations.RunPython(tell_missing_names, migrations.RunPython.noop),
    ]
