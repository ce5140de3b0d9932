"""Rewrite stored text so that the editor can open it and every format can hold it.

A line break was stored as ``<br>``, which the editor's reader refuses; control
characters of pasted text made exports fail. Body, revisions and plain fields of pages,
entities, pictures and documents are cleaned by the rules that saving follows now.
"""

import json

from django.db import migrations
from django.db.models import TextField
from django.db.models.functions import Cast

from newsroom.articles.fields import clean_value
from newsroom.intake.plain_fields import repair_rows, storable_content

BATCH = 500
PLAIN = [
    ("wagtailcore", "Page"),
    ("wagtailimages", "Image"),
    ("wagtaildocs", "Document"),
    ("articles", "ArticlePage"),
    ("articles", "SectionPage"),
    ("articles", "Person"),
    ("articles", "Organisation"),
    ("articles", "Place"),
    ("articles", "Topic"),
]


def repair(apps, schema_editor):
    for app, name in PLAIN:
        repair_rows(apps.get_model(app, name))
    article = apps.get_model("articles", "ArticlePage")
    block = article._meta.get_field("body").stream_block
    _repair_bodies(article, block)
    _repair_revisions(apps, article, block)


def _batches(rows, *fields):
    last = 0
    while found := list(
        rows.filter(pk__gt=last).order_by("pk").values_list("pk", *fields)[:BATCH]
    ):
        yield from found
        last = found[-1][0]


def _repair_bodies(article, block):
    rows = article.objects.annotate(text=Cast("body", TextField()))
    for pk, text in _batches(rows, "text"):
        body = _parsed(text)
        clean = clean_value(block, body)
        if clean != body:
            article.objects.filter(pk=pk).update(body=clean)


def _repair_revisions(apps, article, block):
    content_type = apps.get_model("contenttypes", "ContentType")
    types = {
        pk: name
        for pk, name in content_type.objects.filter(app_label="articles").values_list(
            "pk", "model"
        )
    }
    revision = apps.get_model("wagtailcore", "Revision")
    rows = revision.objects.filter(content_type__in=types)
    for pk, type_pk, content in _batches(rows, "content_type_id", "content"):
        model = apps.get_model("articles", types[type_pk])
        clean = storable_content(model, content)
        if model is article and isinstance(clean.get("body"), str):
            body = _parsed(clean["body"])
            repaired = clean_value(block, body)
            if repaired != body:
                clean["body"] = json.dumps(repaired)
        if clean != content:
            revision.objects.filter(pk=pk).update(content=clean)


def _parsed(text):
    try:
        return json.loads(text or "[]")
    except ValueError:  # no stream: stored as it was given
        return None


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_page_creation"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(repair, migrations.RunPython.noop)]
