"""The number of queries of public pages, for every content."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Page

from newsroom.articles.models import (
    ArticleAuthor,
    ArticleOrganisation,
    ArticlePage,
    ArticlePerson,
    ArticlePlace,
    ArticleTopic,
    Organisation,
    Person,
    Place,
    SectionPage,
    Topic,
)
from newsroom.articles.pictures import make_pictures
from newsroom.files.visibility import settle
from newsroom.transliteration.editions import SCRIPT_EDITIONS
from tests.articles.pictures import make_picture
from tests.corrections.articles import correct, publish
from tests.factories import home_pages, locale_of, make_article, make_section

ARTICLE_PAGE = 12
LISTING = 12
SUGGESTIONS = 2
# Tables of what only a reader with a session needs.
OF_VISITORS = ("django_session", "auth_user")


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


def queries_of(client, url: str) -> list[str]:
    """Return the SQL of the queries of a page that is requested the first time."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return [query["sql"] for query in captured]


def names(article: ArticlePage, count: int) -> None:
    """Name *count* people, places, topics and bodies in *article*, in two languages."""
    kk, ru = locale_of("kk"), locale_of("ru")
    for relation, row, field, model in (
        ("authors", ArticleAuthor, "person", Person),
        ("topics", ArticleTopic, "topic", Topic),
        ("people", ArticlePerson, "person", Person),
        ("organisations", ArticleOrganisation, "organisation", Organisation),
        ("places", ArticlePlace, "place", Place),
    ):
        rows = []
        for number in range(max(1, count // 5)):
            locale = (kk, ru)[number % 2]
            entity = model.objects.create(name=f"{relation} {number}", locale=locale)
            if locale == ru:
                entity.copy_for_translation(kk).save()
            rows.append(row(**{field: entity}))
        setattr(article, relation, rows)
    article.dateline = Place.objects.create(name="Ақтау", locale=kk)
    article.outlet = Organisation.objects.create(name="Газет", locale=kk)


def document(number: int):
    return get_document_model().objects.create(
        title=f"Құжат {number}", file=ContentFile(b"text", name=f"{number}.txt")
    )


def long_body(section) -> list:
    """Return a body with many blocks of every kind, each with other links."""
    linked = [make_article(section, title=f"Сілтеме {n}") for n in range(6)]
    person = Person.objects.create(name="Адам", locale=locale_of("kk"))
    listed = {"name": "Адам", "post": "", "organisation": "", "person": person}
    body = []
    for number, page in enumerate(linked):
        one, two = document(2 * number), document(2 * number + 1)
        body += [
            (
                "paragraph",
                f'<p><a linktype="page" id="{page.pk}">бет</a> '
                f'<a id="{one.pk}" linktype="document">құжат</a></p>',
            ),
            ("picture", {"picture": make_picture(), "alt": "Сурет"}),
            ("document", {"document": two, "title": ""}),
            ("table", {"caption": "", "table": {"data": [["а", "1"]] * 30}}),
            ("people_list", {"people": [listed] * 5, "separator": "comma"}),
            ("fact_box", {"title": "Дерек", "text": "<p>Мәтін</p>"}),
        ]
    return body


@pytest.fixture(scope="module")
def full_id(shared_rows) -> int:
    with shared_rows():
        return write_full_article(make_section(home_pages()["kk"])).pk


@pytest.fixture
def full(full_id, db) -> ArticlePage:
    return ArticlePage.objects.get(pk=full_id)


def write_full_article(section: SectionPage) -> ArticlePage:
    """Publish an article with forty names, pictures, tables, links and corrections."""
    article = make_article(
        section, body=long_body(section), lead_picture=make_picture()
    )
    names(article, 40)
    for number in range(3):
        correct(article, f"Түзету {number}.")
        article = publish(article, title=f"Форум {number}")
    for code in ("ru", "en"):
        copy_of(article, code)
    article = ArticlePage.objects.get(pk=article.pk)
    names(article, 40)
    article.save_revision().publish()
    make_pictures(article)
    settle()
    return article


def copy_of(article: ArticlePage, code: str) -> Page:
    version = article.copy_for_translation(locale_of(code), copy_parents=True)
    version.save_revision().publish()
    return version


def test_a_short_article_with_one_name_takes_few_queries(client, section):
    article = make_article(section, body=[("paragraph", "<p>Мәтін</p>")])
    names(article, 1)
    article.save_revision().publish()
    assert len(queries_of(client, article.url)) <= ARTICLE_PAGE


def test_an_article_with_everything_takes_few_queries(client, full):
    for number in range(4):  # similar ones, by their names
        other = make_article(full.get_parent().specific, title=f"Ұқсас {number}")
        other.topics = [ArticleTopic(topic=row.topic) for row in full.topics.all()]
        other.people = [ArticlePerson(person=row.person) for row in full.people.all()]
        other.save_revision().publish()
    found = queries_of(client, full.url)
    assert len(found) <= ARTICLE_PAGE, found
    shown = client.get(full.url).content.decode()
    assert shown.count("<table") == shown.count('class="people"') == 6
    assert shown.count("<picture>") == 7
    assert "Ұқсас" in shown
    assert 'id="corrections"' in shown
    assert shown.count("/documents/") == 12


def test_the_other_scripts_take_as_many_queries_as_the_page(client, full):
    count = len(queries_of(client, full.url))
    for edition in SCRIPT_EDITIONS:
        url = full.url.replace("/kk/", f"/{edition.prefix}/")
        assert len(queries_of(client, url)) <= count


def test_readers_without_a_session_load_neither_session_nor_user(client, full):
    for sql in queries_of(client, full.url):
        assert not any(table in sql for table in OF_VISITORS)


def test_reading_a_page_does_not_change_a_document_without_a_size(client, section):
    sized, missing = document(1), document(2)
    missing.file.storage.delete(missing.file.name)
    get_document_model().objects.update(file_size=None)
    body = [("document", {"document": one, "title": ""}) for one in (sized, missing)]
    shown = client.get(make_article(section, body=body).url).content.decode()
    assert shown.count('class="document"') == 2
    assert "байт" in shown
    assert not get_document_model().objects.exclude(file_size=None).exists()


def test_lists_take_few_queries_however_long_they_are(client, section, homes):
    place = Place.objects.create(name="Ақтау", locale=locale_of("ru"))
    for number in range(12):
        make_article(
            section,
            title=f"Мақала {number}",
            lead_picture=make_picture() if number == 3 else None,
            dateline=place,
        )
    make_pictures(ArticlePage.objects.exclude(lead_picture=None).get())
    for url in (section.url, homes["kk"].url):
        found = queries_of(client, url)
        assert len(found) <= LISTING, found
        assert client.get(url).content.decode().count('class="teaser ') == 12


def test_suggestions_take_one_or_two_queries(client, full):
    for text in ("ф", "форум", "topics 1"):
        found = queries_of(client, f"/kk/search/suggestions/?q={text}")
        assert len(found) <= SUGGESTIONS, found
