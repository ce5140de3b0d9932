"""An entity is known in all its languages, however its translation key is written."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from newsroom.articles.models import Organisation, Person, Place, SectionPage, Topic
from search.index.synonyms import ANY, find
from search.models import Synonym
from tests.factories import make_article

KEY = uuid.UUID("3b1f0a52-8a58-4f4e-9c39-2f1f9a7be0cd")
SPELLINGS = {
    "a UUID": KEY,
    "a string": str(KEY),
    "capitals": str(KEY).upper(),
    "without hyphens": KEY.hex,
    "braces": f"{{{str(KEY).upper()}}}",
    "a URN": KEY.urn,
    "an integer": KEY.int,
}
NAMES = {"kk": "Балқаш", "ru": "Прибалхашье", "en": "Lakeside"}
MODELS = [Place, Person, Organisation, Topic]


def groups() -> set[str]:
    return set(Synonym.objects.values_list("group", flat=True))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("key", SPELLINGS.values(), ids=SPELLINGS)
def test_names_are_known_across_languages_however_the_key_is_written(
    model, key, locales
):
    for code, name in NAMES.items():
        row = model.objects.create(translation_key=key, locale=locales[code], name=name)
        assert row.translation_key == KEY
    (group,) = groups()
    assert group == f"{model._meta.model_name}:{KEY}"
    (found,) = find(["прибалхашье"], list(NAMES))
    assert {way.text for way in found.ways} == {NAMES["kk"], NAMES["en"]}


@pytest.mark.parametrize("way", ["save", "get_or_create", "update_or_create"])
def test_every_way_to_save_knows_the_names(way, locales):
    for code, name in NAMES.items():
        key = str(KEY).upper()
        if way == "save":
            Place(translation_key=key, locale=locales[code], name=name).save()
        else:
            getattr(Place.objects, way)(
                translation_key=key, locale=locales[code], defaults={"name": name}
            )
    names = Synonym.objects.exclude(locale=ANY)  # without the keys of the names
    assert names.count() == len(NAMES)


def test_an_entity_that_is_renamed_by_a_string_key_keeps_its_other_names(locales):
    rows = {
        code: Topic.objects.create(translation_key=KEY, locale=locale, name=NAMES[code])
        for code, locale in locales.items()
    }
    row = rows["ru"]
    row.translation_key, row.name = str(KEY), "Озёра"
    row.save(update_fields=["name"])
    texts = set(Synonym.objects.values_list("text", flat=True))
    assert texts == {NAMES["kk"], "Озёра", NAMES["en"]}


def test_pages_have_uuids_for_keys_too(homes):
    section = SectionPage(title="Қоғам", translation_key=str(KEY).upper())
    homes["kk"].add_child(instance=section)
    assert section.translation_key == KEY
    article = make_article(section, translation_key=f"{{{uuid.UUID(int=7)}}}")
    assert article.translation_key == uuid.UUID(int=7)


def test_an_invalid_translation_key_is_refused(locales):
    with pytest.raises(ValidationError):
        Place.objects.create(translation_key="Балқаш", locale=locales["kk"], name="x")
