"""Places where a deleted page may be restored, and users who may do it."""

import pytest
from django.contrib.contenttypes.models import ContentType

from newsroom.articles.models import ArticlePage
from newsroom.bin.models import DeletedPage
from newsroom.bin.permissions import may_restore, place_of, places_for
from tests.access.rights import user_with
from tests.factories import make_article, make_section

EVERYWHERE = ("add_page", "change_page", "publish_page")


@pytest.fixture
def home(homes):
    return homes["kk"]


def deleted_from(section, *, by=None, was_published: bool = True) -> DeletedPage:
    """Return the row of an article that was in *section*, without saving it."""
    return DeletedPage(
        parent_id=section.pk,
        content_type=ContentType.objects.get_for_model(ArticlePage),
        locale=section.locale,
        deleted_by=by,
        was_published=was_published,
    )


@pytest.mark.parametrize(
    ("permissions", "is_own", "was_published", "allowed"),
    [
        (EVERYWHERE, False, True, True),
        (EVERYWHERE, False, False, True),
        (("add_page",), True, False, True),
        (("add_page",), True, True, False),
        (("add_page",), False, False, False),
        (("add_page",), False, True, False),
        (("publish_page", "change_page"), True, False, False),
        ((), True, False, False),
    ],
)
def test_publishers_restore_all_and_others_their_own_unpublished_drafts(
    home, permissions, is_own, was_published, allowed
):
    section = make_section(home)
    user = user_with(*permissions, below=home)
    row = deleted_from(
        section, by=user if is_own else None, was_published=was_published
    )
    assert may_restore(row, section, user) is allowed
    assert places_for(row, user) == ([section] if allowed else [])


def test_a_page_is_restored_to_its_section_if_that_exists(home, homes):
    section, _other = make_section(home, "Қоғам"), make_section(home, "Спорт")
    assert place_of(deleted_from(section)) == section
    assert type(place_of(deleted_from(section))) is type(section)
    user = user_with(*EVERYWHERE, below=home)
    assert places_for(deleted_from(section), user) == [section]
    stranger = user_with(*EVERYWHERE, below=homes["ru"])
    assert places_for(deleted_from(section), stranger) == []


def test_without_its_section_all_of_its_language_are_offered_in_alphabetical_order(
    home, homes
):
    # "ұ" comes before "ф" in Kazakh, and after it by code point.
    sections = [make_section(home, title) for title in ("Форум", "Ұлт", "Білім")]
    make_article(sections[0])
    make_section(homes["ru"], "Общество")
    gone = make_section(home, "Ескі")
    row = deleted_from(gone)
    gone.delete()
    assert place_of(row) is None
    user = user_with(*EVERYWHERE, below=home)
    assert [page.title for page in places_for(row, user)] == ["Білім", "Ұлт", "Форум"]
    assert {type(page) for page in places_for(row, user)} == {type(sections[0])}
    one = user_with(*EVERYWHERE, below=sections[1])
    assert places_for(row, one) == [sections[1]]


def test_a_page_of_a_type_that_no_longer_exists_has_no_place(home):
    gone = make_section(home)
    row = deleted_from(gone)
    gone.delete()
    row.content_type = ContentType.objects.create(app_label="gone", model="page")
    assert places_for(row, user_with(*EVERYWHERE, below=home)) == []
