"""What was stored before is repaired by the migrations, wherever it is stored."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from wagtail.models import Page, Revision
from wagtail_localize.models import String, StringTranslation

from newsroom.articles.models import ArticlePage
from newsroom.corrections.content import content_of, digest
from newsroom.corrections.models import PublishedVersion
from newsroom.translation.models import ImportedUnit
from tests.factories import make_article, make_section
from tests.translation.articles import submit

OLD = "<p>бір<br>екі <b><i>үш</i></b></p>"
NEW = "<p>бір<br/>екі <b><i>үш</i></b></p>"
BODY = [
    {"type": "paragraph", "id": "1", "value": OLD},
    {"type": "fact_box", "id": "2", "value": {"title": "а\x0bә", "text": OLD}},
]


def migrate(path: str) -> None:
    import_module(path).repair(apps, connection.schema_editor())


@pytest.fixture
def article(homes) -> ArticlePage:
    """An article as the former sanitiser stored it."""
    article = make_article(make_section(homes["kk"]), body=BODY)
    body = json.dumps(BODY)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_articlepage SET body = %s, lead = %s"
            " WHERE page_ptr_id = %s",
            [body, "бір\x0bекі", article.pk],
        )
    Page.objects.filter(pk=article.pk).update(title="бір\x0bекі")
    for revision in article.revisions.all():
        content = {**revision.content, "body": body, "title": "бір\x0bекі"}
        Revision.objects.filter(pk=revision.pk).update(content=content)
    return article


@pytest.mark.django_db
def test_pages_and_revisions_can_be_opened_again(article, client, admin_user):
    migrate("newsroom.articles.migrations.0004_readable_text")
    repaired = ArticlePage.objects.get(pk=article.pk)
    drafts = [revision.as_object() for revision in article.revisions.all()]
    assert drafts
    for page in (repaired, *drafts):
        assert page.title == "бір екі"
        values = [block["value"] for block in page.body.raw_data]
        assert values == [NEW, {"title": "а ә", "text": NEW}]
    assert repaired.lead == "бір\nекі"
    client.force_login(admin_user)
    answer = client.get(f"/admin/pages/{article.pk}/edit/")
    assert answer.status_code == 200


@pytest.mark.django_db
def test_an_unchanged_article_gets_no_new_version_after_the_repair(article):
    PublishedVersion.objects.filter(article=article).delete()
    content = {**content_of(article), "body": BODY}
    PublishedVersion.objects.create(
        article=article,
        number=1,
        published_at=article.last_published_at,
        content=content,
        digest=digest(content),
        was_public=True,
    )
    migrate("newsroom.articles.migrations.0004_readable_text")
    migrate("newsroom.corrections.migrations.0002_readable_versions")
    version = PublishedVersion.objects.get(article=article)
    assert version.content["body"][0]["value"] == NEW
    fresh = ArticlePage.objects.get(pk=article.pk)
    assert digest({**content_of(fresh), "title": "", "lead": ""}) == digest(
        {**version.content, "title": "", "lead": ""}
    )


@pytest.mark.django_db
def test_segments_sources_and_imported_units_are_rewritten(homes, locales, admin_user):
    article = make_article(make_section(homes["kk"]))
    make_section(homes["ru"])
    translation = submit(article, locales["ru"])
    source = translation.source.stringsegment_set.first()
    text = StringTranslation.objects.create(
        translation_of=source.string,
        locale=locales["ru"],
        context=source.context,
        data="раз",
    )
    StringTranslation.objects.filter(pk=text.pk).update(data="раз<br>два\x0bтри")
    strings = [
        String.objects.create(
            locale=locales["kk"], data=data, data_hash=String._get_data_hash(data)
        )
        for data in ("бір\x0bекі", "бір<br/>екі", "үш\x0bтөрт")
    ]
    for number, target in enumerate(("раз<br>", "раз<br/>")):
        ImportedUnit.objects.create(
            source_locale=locales["kk"],
            source="бір",
            target_locale=locales["ru"],
            target=target,
            digest=str(number),
        )
    migrate("newsroom.translation.migrations.0016_readable_segments")
    text.refresh_from_db()
    assert text.data == "раз<br/>два<br/>три"
    for string in strings:
        string.refresh_from_db()
    assert [one.data for one in strings] == [
        "бір<br/>екі",
        "бір<br/>екі",
        "үш<br/>төрт",
    ]
    assert strings[2].data_hash == String._get_data_hash("үш<br/>төрт")
    assert {unit.target for unit in ImportedUnit.objects.all()} == {"раз<br/>"}
