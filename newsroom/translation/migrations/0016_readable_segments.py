"""Clean stored segments by the present rules.

``<br>`` becomes ``<br/>``, and control characters are removed. Sources (``String``)
have a hash of their text. A repaired source gets the new hash, unless another row has
it. In that case only its text, which exports read, is repaired, and the article refers
to the other row from its next save.
"""

from hashlib import blake2b

from django.db import IntegrityError, migrations, transaction

from newsroom.intake.characters import storable_markup
from newsroom.intake.cleaning import clean_segment
from newsroom.intake.plain_fields import repair_rows

BATCH = 500


def repair(apps, schema_editor):
    for row in _rows(apps.get_model("wagtail_localize", "StringTranslation")):
        text = clean_segment(row.data)
        if text != row.data:
            type(row).objects.filter(pk=row.pk).update(data=text)
    for row in _rows(apps.get_model("wagtail_localize", "String")):
        text = storable_markup(row.data)
        if text != row.data:
            _rename(row, text)
    for row in _rows(apps.get_model("newsroom_translation", "ImportedUnit")):
        source, target = clean_segment(row.source), clean_segment(row.target)
        if (source, target) != (row.source, row.target):
            _repair_unit(row, source, target)
    for name in ("Concept", "Term", "SegmentComment"):
        repair_rows(apps.get_model("newsroom_translation", name))


def _rows(model):
    last = 0
    while found := list(model.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from found
        last = found[-1].pk


def _rename(string, text):
    from wagtail_localize.models import String

    digest = String._get_data_hash(text)
    same = type(string).objects.filter(pk=string.pk)
    try:
        with transaction.atomic():
            same.update(data=text, data_hash=digest)
    except IntegrityError:
        same.update(data=text)


def _repair_unit(unit, source, target):
    sides = sorted(
        [
            (unit.source_locale.language_code, source),
            (unit.target_locale.language_code, target),
        ]
    )
    same = type(unit).objects.filter(pk=unit.pk)
    try:
        with transaction.atomic():
            same.update(
                source=source,
                target=target,
                digest=blake2b(repr(sides).encode(), digest_size=32).hexdigest(),
            )
    except IntegrityError:  # the memory already has this pair
        same.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom_translation", "0015_unfinished_texts"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(repair, migrations.RunPython.noop)]
