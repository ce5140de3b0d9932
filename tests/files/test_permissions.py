"""Permissions for files that are not public: editors, and view restrictions."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Permission
from django.test import RequestFactory
from wagtail.models import Collection, PageViewRestriction

from newsroom.files.permissions import may_read, may_see_file, works_here
from tests.access.rights import user_with
from tests.articles.pictures import make_picture
from tests.factories import make_article, make_section
from tests.files.files import make_document

ADMIN = "access_admin"


@pytest.fixture
def picture(db):
    return make_picture((30, 20))


def grant(user, codename: str, collection=None) -> None:
    user.groups.get().collection_permissions.create(
        collection=collection or Collection.get_first_root_node(),
        permission=Permission.objects.get(codename=codename),
    )


def test_only_an_active_account_with_access_works_here(db):
    user = user_with(ADMIN)
    assert works_here(user)
    assert not works_here(user_with("add_person"))
    assert not works_here(AnonymousUser())
    chief = get_user_model().objects.create_superuser("chief")
    assert works_here(chief)
    for account in (user, chief):
        account.is_active = False
        assert not works_here(account)


@pytest.mark.parametrize("action", ["choose", "change"])
@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_permission_on_the_collection_shows_its_files(db, kind, action):
    make = {"image": lambda: make_picture((30, 20)), "document": make_document}[kind]
    user, stranger = user_with(ADMIN), user_with(ADMIN)
    other = Collection.get_first_root_node().add_child(name="Other")
    grant(user, f"{action}_{kind}")
    grant(stranger, f"{action}_{kind}", other)
    file = make()
    assert may_see_file(user, file)
    assert not may_see_file(stranger, file)
    visitor = user_with()
    grant(visitor, f"{action}_{kind}")
    assert not may_see_file(visitor, file)


def test_a_file_is_seen_by_those_who_uploaded_it(picture):
    user = user_with(ADMIN)
    assert not may_see_file(user, picture)
    picture.uploaded_by_user = user
    assert may_see_file(user, picture)
    former = user_with()
    picture.uploaded_by_user = former
    assert not may_see_file(former, picture)


def test_a_file_is_seen_by_those_who_edit_a_page_that_shows_it(picture, homes):
    section = make_section(homes["kk"])
    editor = user_with(ADMIN, "change_page", below=section)
    other = user_with(ADMIN, "change_page", below=homes["ru"])
    make_article(section, live=False)
    assert not may_see_file(editor, picture)
    make_article(section, live=False, lead_picture=picture)
    assert may_see_file(editor, picture)
    assert not may_see_file(other, picture)
    assert not may_see_file(editor, make_picture((30, 20)))
    assert not may_see_file(user_with("change_page", below=section), picture)


def test_only_the_newest_pages_with_a_file_decide_who_may_see_it(
    picture, homes, monkeypatch
):
    monkeypatch.setattr("newsroom.files.permissions.PAGES_ASKED", 2)
    section, sport = make_section(homes["kk"]), make_section(homes["kk"], "Спорт")
    editor = user_with(ADMIN, "change_page", below=sport)
    make_article(sport, live=False, lead_picture=picture)
    make_article(section, live=False, lead_picture=picture)
    assert may_see_file(editor, picture)
    make_article(section, live=False, lead_picture=picture)
    assert not may_see_file(editor, picture)


@pytest.fixture
def reads(picture):
    """Return a function that says whether a visitor may read the picture."""

    def ask(user=None, pk: int = picture.pk, kind: str = "picture") -> bool:
        request = RequestFactory().get("/")
        request.user, request.session = user or AnonymousUser(), {}
        return may_read(request, kind, pk)

    return ask


def restrict(page) -> None:
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )


def test_readers_read_the_files_of_public_pages_and_no_others(picture, homes, reads):
    section = make_section(homes["kk"])
    assert not reads()
    draft = make_article(section, live=False, lead_picture=picture)
    assert not reads()
    draft.get_latest_revision().publish()
    assert reads()
    assert not reads(pk=make_picture((30, 20)).pk)
    assert not reads(kind="document")


def test_readers_read_the_files_of_a_restricted_page_after_its_login(
    picture, homes, reads
):
    sections = [make_section(homes["kk"], title) for title in ("Қоғам", "Спорт")]
    for section in sections:
        make_article(section, lead_picture=picture)
    member = user_with()
    restrict(sections[0])
    assert reads(), "the page in the other section is public"
    restrict(sections[1])
    assert not reads()
    assert reads(member)
    PageViewRestriction.objects.get(page=sections[0]).delete()
    assert reads()
