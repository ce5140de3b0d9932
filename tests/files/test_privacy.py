"""Files are private until a public page refers to them."""

import re
import secrets
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction

from newsroom.articles.models import ArticlePage
from newsroom.corrections.withdrawing import give_back, withdraw
from newsroom.files.models import FileUse, PendingPicture
from newsroom.files.visibility import settle
from tests.articles.pictures import make_picture
from tests.factories import make_article, make_section
from tests.files.files import (
    document_urls,
    make_all_renditions,
    make_document,
    never_public_urls,
    readers_urls,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def picture():
    picture = make_picture((300, 200))
    make_all_renditions(picture)
    return picture


@pytest.fixture
def document():
    return make_document()


def block(picture) -> tuple:
    return ("picture", {"picture": picture, "alt": "a", "caption": "", "credit": ""})


def link_to(document) -> tuple:
    return ("paragraph", f'<p><a linktype="document" id="{document.pk}">a</a></p>')


def logged_in(username: str, *groups: str) -> Client:
    user = get_user_model().objects.create_user(username)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def is_public(ask, picture, document):
    """Return a function that says whether anybody can get the files for readers.

    These are renditions and the document: all or none. Nobody can ever get the rest.
    """

    def check() -> bool:
        settle()
        assert {ask(url) for url in never_public_urls(picture)} == {404}
        statuses = {ask(url) for url in [*readers_urls(picture), document.url]}
        assert {ask(url) for url in document_urls(document)[1:]} == {404}
        assert statuses in ({200}, {404})
        return statuses == {200}

    return check


def published(section, picture, document, **fields) -> ArticlePage:
    return make_article(
        section, lead_picture=picture, body=[link_to(document)], **fields
    )


def test_no_url_of_a_drafts_file_answers_before_and_after_publication(
    section, picture, document, is_public
):
    draft = published(section, picture, document, live=False)
    assert not is_public()
    draft.get_latest_revision().publish()
    assert is_public()
    ArticlePage.objects.get(pk=draft.pk).unpublish()
    assert not is_public()
    ArticlePage.objects.get(pk=draft.pk).get_latest_revision().publish()
    assert is_public()
    ArticlePage.objects.get(pk=draft.pk).delete()
    assert not is_public()
    assert not FileUse.objects.exists()


def restrict(page, **fields) -> None:
    kind = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)


def move_below_a_restricted_section(article) -> None:
    home = article.get_parent().get_parent()
    hidden = make_section(home.specific, title="Жабық")
    restrict(hidden)
    Page.objects.get(pk=article.pk).move(Page.objects.get(pk=hidden.pk), "last-child")


def expire(article) -> None:
    article.expire_at = timezone.now() - timedelta(minutes=1)
    article.save_revision().publish()
    call_command("publish_scheduled", verbosity=0)


WITHDRAWALS = {
    "unpublished": lambda article: article.unpublish(),
    "unpublished as a plain page": lambda article: Page.objects.get(
        pk=article.pk
    ).unpublish(),
    "unpublished in bulk": lambda article: ArticlePage.objects.all().unpublish(),
    "deleted": lambda article: article.delete(),
    "deleted with its section": lambda article: article.get_parent().delete(),
    "expired": expire,
    "restricted": restrict,
    "its section restricted": lambda article: restrict(article.get_parent()),
    "moved below a restricted section": move_below_a_restricted_section,
}


@pytest.mark.parametrize("how", WITHDRAWALS)
def test_files_are_private_again_however_the_last_page_is_withdrawn(
    section, picture, document, is_public, how
):
    article = published(section, picture, document)
    other = published(section, picture, document, title="Басқа мақала")
    assert is_public()
    if how not in {"unpublished in bulk", "its section restricted"} and (
        how != "deleted with its section"
    ):
        WITHDRAWALS[how](article)
        assert is_public(), "the other page has them still"
        article = other
    WITHDRAWALS[how](ArticlePage.objects.get(pk=article.pk))
    assert not is_public()


def test_files_are_public_again_after_a_restriction_is_removed(
    section, picture, document, is_public
):
    restrict(section)
    published(section, picture, document)
    assert not is_public()
    PageViewRestriction.objects.all().delete()
    assert is_public()


def test_a_page_of_another_language_keeps_the_files_public(
    homes, section, picture, document, is_public
):
    russian = make_section(homes["ru"], title="Общество")
    article = published(section, picture, document)
    other = published(russian, picture, document, title="Форум")
    article.unpublish()
    assert is_public()
    other.unpublish()
    assert not is_public()


def test_a_draft_of_a_live_page_makes_nothing_public(
    section, picture, document, is_public
):
    article = make_article(section)
    article.lead_picture = picture
    article.body = [block(picture), link_to(document)]
    article.save_revision()
    assert not is_public()
    later = timezone.now() + timedelta(days=1)
    article.go_live_at = later
    article.save_revision(approved_go_live_at=later).publish()
    assert not is_public()


def test_an_earlier_version_keeps_its_files_public_until_it_is_withdrawn(
    section, picture, document, is_public, admin_user
):
    article = published(section, picture, document)
    article.lead_picture, article.body = None, []
    article.save_revision().publish()
    assert is_public(), "readers can open version 1"
    version = article.published_versions.get(number=1)
    withdraw(version, user=admin_user, reason="Құпия")
    assert not is_public()
    give_back(version, user=admin_user)
    assert is_public()
    article.unpublish()
    assert not is_public()


def test_a_version_that_was_never_public_makes_nothing_public(
    section, picture, document, is_public
):
    restrict(section)
    article = published(section, picture, document)
    article.lead_picture, article.body = None, []
    article.save_revision().publish()
    PageViewRestriction.objects.all().delete()
    assert not is_public()


def test_files_move_in_the_request_that_publishes(
    section, picture, ask, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        article = make_article(section, lead_picture=picture)
    assert {ask(url) for url in readers_urls(picture)} == {200}
    with django_capture_on_commit_callbacks(execute=True):
        article.unpublish()
    assert {ask(url) for url in readers_urls(picture)} == {404}
    assert not PendingPicture.objects.exists()


def test_a_rendition_made_later_is_stored_in_the_right_folder(section, ask):
    picture = make_picture((300, 200))
    article = make_article(section, lead_picture=picture)
    make_all_renditions(picture)
    settle()
    assert {ask(url) for url in readers_urls(picture)} == {200}
    article.unpublish()
    settle()
    picture.renditions.all().delete()
    make_all_renditions(get_image_model().objects.get(pk=picture.pk))
    settle()
    assert {ask(url) for url in readers_urls(picture)} == {404}


def test_readers_who_passed_a_restriction_get_the_files_of_its_pages(
    section, picture, document, ask
):
    restrict(section)
    article = published(section, picture, document)
    settle()
    member = logged_in("member")
    html = member.get(article.url).content.decode()
    shown = re.findall(r"/files/[^\s\",]+", html)
    assert shown
    assert {ask(url, member) for url in [*shown, document.url]} == {200}
    assert {ask(url) for url in [*shown, document.url]} == {404}
    assert {ask(url, member) for url in never_public_urls(picture)} == {404}


def test_the_newsroom_sees_the_files_of_drafts(section, picture, document, ask):
    article = published(section, picture, document, live=False)
    settle()
    journalist = logged_in("journalist", "Journalists")
    html = journalist.get(f"/admin/pages/{article.pk}/edit/").content.decode()
    shown = re.findall(r"/files/[^\s\",]+", html)
    assert shown
    for url in (*shown, picture.file.url, document.url):
        assert ask(url, journalist) == 200, url
    translator = logged_in("translator", "Translators: kk")
    stranger = logged_in("stranger", "Translators: ru")
    for url in (picture.file.url, document.url):
        assert ask(url, translator) == 200
        assert ask(url, stranger) == 404
    assert ask(shown[0], translator) == 200
    former = get_user_model().objects.get(username="journalist")
    former.is_active = False
    former.save()
    assert ask(picture.file.url, journalist) == 404


def test_names_cannot_be_guessed():
    names = {make_picture((30, 20)).file.name for _ in range(3)}
    names |= {make_document().file.name for _ in range(3)}
    tokens = {name.split("/")[1] for name in names}
    assert len(tokens) == 6
    assert {len(token) for token in tokens} == {len(secrets.token_urlsafe(16))}
    long = make_picture((30, 20)).file
    long.save("ө" * 300 + ".jpg", long.file, save=False)
    assert long.name.endswith(".jpg")
    assert len(long.name) <= 100
    document = make_document("б" * 200 + ".pdf")
    assert len(document.file.name) <= 100
    assert document.filename.endswith("б.pdf")


@pytest.mark.parametrize(
    "name", ["%F0%9F%98%80", "..%2f..%2fdb.sqlite3", "x" * 3000, "/", "a/b/"]
)
def test_odd_names_are_not_found(client, name):
    assert client.get(f"/files/{name}", follow=True).status_code == 404
    assert client.post(f"/files/{name}").status_code == 405


def test_a_name_with_nul_is_a_bad_request(client):
    assert client.get("/files/a%00b").status_code == 400
    assert client.post("/files/a%00b").status_code == 400


def test_a_process_that_ends_before_files_moved_leaves_it_to_the_worker(
    section, picture, ask
):
    """on_commit is never called in this test: as if the process had been killed."""
    article = make_article(section, lead_picture=picture)
    assert {ask(url) for url in readers_urls(picture)} == {404}
    assert settle() > 0
    assert {ask(url) for url in readers_urls(picture)} == {200}
    article.unpublish()
    assert settle(1) == 1
    assert {ask(url) for url in readers_urls(picture)} == {404}


def test_a_deleted_picture_leaves_no_file(
    section, picture, folders, django_capture_on_commit_callbacks
):
    make_article(section, lead_picture=picture)
    settle()
    with django_capture_on_commit_callbacks(execute=True):
        get_image_model().objects.get(pk=picture.pk).delete()
    left = [p for folder in folders for p in folder.rglob("*") if p.is_file()]
    assert left == []
