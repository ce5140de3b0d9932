"""A kept page of an article is never older than what it shows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site

from newsroom.articles.models import (
    ArticlePage,
    ArticlePerson,
    ArticleTopic,
    Person,
    Topic,
)
from newsroom.articles.pictures import make_pictures
from newsroom.corrections.models import Correction, PublishedVersion
from newsroom.files.models import PictureCredit
from newsroom.files.visibility import settle
from newsroom.transliteration.editions import LATIN
from newsroom.transliteration.kept_texts import KeptText, KeptTexts, kept_texts, key_of
from search.models import Entry, FacetValue
from tests.articles.pictures import make_picture, picture_file
from tests.corrections.articles import correct, publish
from tests.factories import home_pages, locale_of, make_article, make_section

# The site, the article, what it shows, and what rendering has named.
QUERIES_OF_A_KEPT_PAGE = 4
SMALL = (240, 150)  # a picture of few renditions, which are made for each test

Change = Callable[[ArticlePage], object]


@pytest.fixture(scope="module")
def article_id(shared_rows) -> int:
    with shared_rows():
        return write_article().pk


@pytest.fixture
def article(article_id, db) -> ArticlePage:
    kept_texts.clear()
    return ArticlePage.objects.get(pk=article_id)


def write_article() -> ArticlePage:
    """Publish an article that shows something of every kind, and what it shows."""
    section = make_section(home_pages()["kk"])
    linked = make_article(section, title="Сілтеме")
    document = get_document_model().objects.create(
        title="Құжат", file=ContentFile(b"text", name="a.txt"), file_size=4
    )
    body = [
        ("paragraph", f'<p><a linktype="page" id="{linked.pk}">осында</a></p>'),
        ("picture", {"picture": make_picture(SMALL, title="Іші"), "alt": "Сурет"}),
        ("document", {"document": document, "title": ""}),
    ]
    article = make_article(
        section,
        body=body,
        lead_picture=make_picture(SMALL, title="Басы"),
        title="Форум",
    )
    kk = locale_of("kk")
    person = Person.objects.create(name="Айгүл", locale=kk)
    topic = Topic.objects.create(name="Қалалар", locale=kk)
    others = [make_article(section, title=f"Ұқсас {n}") for n in range(2)]
    for page in (article, *others):
        page.topics, page.people = (
            [ArticleTopic(topic=topic)],
            [ArticlePerson(person=person)],
        )
        page.save_revision().publish()
    correct(article, "Бес емес, алты.")
    article = publish(article, title="Екінші форум")
    article.copy_for_translation(
        locale_of("ru"), copy_parents=True
    ).save_revision().publish()
    PictureCredit.objects.update_or_create(
        image=article.lead_picture, defaults={"credit": "Фотограф"}
    )
    make_pictures(article)
    settle()
    return article


def page(title: str) -> ArticlePage:
    return ArticlePage.objects.get(title=title)


def russian(article: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(
        translation_key=article.translation_key, locale=locale_of("ru")
    )


def replaced_file(title: str) -> None:
    image = get_image_model().objects.get(title=title)
    image.file = ContentFile(picture_file((300, 280)), name="other.jpg")
    image.width, image.height = 300, 280
    image.save()
    image.renditions.all().delete()


def home_title(article: ArticlePage) -> None:
    home = Site.objects.get().root_page
    home.title = "Жаңа мұрағат"
    home.save()


def moved(article: ArticlePage) -> None:
    section = make_section(Site.objects.get().root_page.specific, "Басқа")
    page("Сілтеме").move(section, pos="last-child")


def renamed(model: type, name: str) -> None:
    row = model.objects.get()
    row.name = name
    row.save()


def new_similar(article: ArticlePage) -> None:
    other = make_article(article.get_parent().specific, title="Үшінші ұқсас")
    other.topics = [ArticleTopic(topic=Topic.objects.get())]
    other.people = [ArticlePerson(person=Person.objects.get())]
    other.save_revision().publish()


CHANGES: dict[str, Change] = {
    "a new version": lambda a: publish(a, title="Үшінші форум"),
    "the row alone": lambda a: ArticlePage.objects.filter(pk=a.pk).update(lead="Жаңа"),
    "the alternative text": lambda a: publish(a, lead_picture_alt="Басқа"),
    "a person is renamed": lambda a: renamed(Person, "Гүлнәр"),
    "a person is renamed by an update": lambda a: Person.objects.update(name="Гүл"),
    "a topic is renamed": lambda a: renamed(Topic, "Ауылдар"),
    "the URL of a topic": lambda a: FacetValue.objects.filter(facet="topic").update(
        labels={"kk": "Басқаша"}
    ),
    "a topic is removed": lambda a: a.topics.all().delete(),
    "a correction gets other words": lambda a: Correction.objects.update(text="Жеті."),
    "a correction is deleted": lambda a: Correction.objects.all().delete(),
    "an earlier version is withdrawn": lambda a: PublishedVersion.objects.filter(
        article=a
    ).update(withdrawn_at=timezone.now()),
    "earlier versions are deleted": lambda a: PublishedVersion.objects.filter(
        article=a, number__lt=3
    ).delete(),
    "a translation is withdrawn": lambda a: russian(a).unpublish(),
    "a translation becomes private": lambda a: PageViewRestriction.objects.create(
        page=russian(a), restriction_type="login"
    ),
    "the section of a translation becomes private": (
        lambda a: PageViewRestriction.objects.create(
            page=russian(a).get_parent(), restriction_type="login"
        )
    ),
    "a linked page is withdrawn": lambda a: page("Сілтеме").unpublish(),
    "a linked page is moved": moved,
    "a similar article is withdrawn": lambda a: page("Ұқсас 0").unpublish(),
    "a similar article is deleted": lambda a: page("Ұқсас 0").delete(),
    "a similar article becomes private": lambda a: PageViewRestriction.objects.create(
        page=page("Ұқсас 0"), restriction_type="login"
    ),
    "a similar article is renamed": lambda a: publish(page("Ұқсас 0"), title="Жаңа ат"),
    "an entry vanishes": lambda a: Entry.objects.filter(title="Ұқсас 0").delete(),
    "another similar article": new_similar,
    "the lead picture is replaced": lambda a: replaced_file("Басы"),
    "a picture of the text is replaced": lambda a: replaced_file("Іші"),
    "the lead picture is deleted": lambda a: a.lead_picture.delete(),
    "a rendition is deleted": lambda a: a.lead_picture.renditions.filter(
        filter_spec__contains="avif"
    ).delete(),
    "a credit is changed": lambda a: PictureCredit.objects.update(credit="Басқа адам"),
    "a document is renamed": lambda a: get_document_model().objects.update(
        title="Өзге"
    ),
    "a document has another size": lambda a: get_document_model().objects.update(
        file_size=123_456
    ),
    "the section is renamed": lambda a: Page.objects.filter(
        pk=a.get_parent().pk
    ).update(title="Мәдениет"),
    "the section is withdrawn": lambda a: a.get_parent().unpublish(),
    "another section": lambda a: make_section(
        Site.objects.get().root_page.specific, "Спорт"
    ),
    "the archive is renamed": home_title,
}


def shown(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_kept_page_is_what_would_be_rendered(change, client, article):
    first = shown(client, article.url)
    with CaptureQueriesContext(connection) as queries:
        assert shown(client, article.url) == first
    assert len(queries) == QUERIES_OF_A_KEPT_PAGE
    change(ArticlePage.objects.get(pk=article.pk))
    later = shown(client, article.url)
    kept_texts.clear()
    assert later == shown(client, article.url)
    assert later != first


@pytest.mark.parametrize("restricted", ["article", "section", "home"])
def test_a_page_that_becomes_private_is_not_served_from_memory(
    restricted, client, article
):
    shown(client, article.url)
    shown(client, article.url)
    ancestors = list(article.get_ancestors(inclusive=True))
    place = {"article": -1, "section": -2, "home": -3}[restricted]
    PageViewRestriction.objects.create(page=ancestors[place], restriction_type="login")
    response = client.get(article.url)
    assert response.status_code == 302
    assert "форум" not in response.content.decode()


@pytest.mark.parametrize("gone", ["unpublish", "delete"])
def test_a_page_that_is_withdrawn_is_not_served_from_memory(gone, client, article):
    shown(client, article.url)
    shown(client, article.url)
    getattr(article, gone)()
    assert b"/kk/" in client.get(article.url).content
    assert "Екінші форум" not in client.get(article.url).content.decode()


def test_editors_get_pages_that_are_rendered_for_them(
    client, article, django_user_model
):
    kept = shown(client, article.url)
    editor = get_user_model().objects.create_superuser("editor")
    client.force_login(editor)
    own = client.get(article.url)
    assert "editor-bar" in own.content.decode()
    client.logout()
    client.cookies.clear()
    assert shown(client, article.url) == kept
    assert "editor-bar" not in kept


def test_a_cookie_of_a_session_is_enough_to_render_anew(client, article):
    shown(client, article.url)
    client.cookies[settings.SESSION_COOKIE_NAME] = "outdated"
    with CaptureQueriesContext(connection) as queries:
        shown(client, article.url)
    assert len(queries) > QUERIES_OF_A_KEPT_PAGE


def test_each_host_day_and_script_has_a_page_of_its_own(
    client, article, monkeypatch, settings
):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    assert "other.example" not in shown(client, article.url)
    response = client.get(article.url, headers={"host": "other.example"})
    assert "http://other.example/a/" in response.content.decode()
    latin = article.url.replace("/kk/", f"/{LATIN.prefix}/")
    assert shown(client, latin) == shown(client, latin)
    assert '<html lang="kk-Latn"' in shown(client, latin)
    assert '<html lang="kk"' in shown(client, article.url)
    today = shown(client, article.url)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_a, **_k: tomorrow)
    assert shown(client, article.url) != today


def test_a_page_with_pictures_that_are_not_public_yet_is_not_kept(client, article):
    from newsroom.articles import kept_pages

    assert kept_pages.reverse("private_file", args=["-"]).endswith("-")
    for rendition in article.lead_picture.renditions.all():
        rendition.file.storage.hide(rendition.file.name)
    html = '<img src="/files/images/a.jpg">'
    found = ArticlePage.objects.get(pk=article.pk)
    request_article(client, found)
    assert not kept_pages._is_complete(found, html)
    assert kept_pages._is_complete(found, "")


def request_article(client, article: ArticlePage) -> None:
    """Load the rows of *article*, as its URL does."""
    from newsroom.articles import page_rows
    from newsroom.articles.site_state import SiteState

    page_rows.load(article, SiteState())
    article.body_source = ""


def test_texts_used_longest_ago_are_dropped():
    texts = KeptTexts(max_characters=10)
    for name in ("a", "b"):
        texts.put(key_of([name]), KeptText(name * 4))
    assert texts.get(key_of(["a"])).text == "aaaa"
    texts.put(key_of(["c"]), KeptText("cccc"))
    assert texts.get(key_of(["b"])) is None
    assert texts.get(key_of(["a"])).text == "aaaa"
    texts.put(key_of(["d"]), KeptText("d" * 11))
    assert texts.get(key_of(["d"])) is None
    texts.put(key_of(["a"]), KeptText("a" * 6))
    assert texts.get(key_of(["c"])).text == "cccc"


def test_sources_that_differ_in_their_borders_have_other_keys():
    assert key_of(["ab", "c"]) != key_of(["a", "bc"])
    assert key_of([1]) != key_of(["1"])
