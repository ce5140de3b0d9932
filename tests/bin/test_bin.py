"""Deleting pages, and bringing them back from the bin."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Comment, Page, PageLogEntry, Revision
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation

from newsroom.articles.models import ArticlePage, ArticlePerson, Person, SectionPage
from newsroom.bin.models import KEPT, DeletedPage
from newsroom.bin.restoring import empty_old
from newsroom.corrections.models import Correction, PublishedVersion
from newsroom.translation.models import TranslationStatus
from newsroom.translation.sources import target_of
from tests.factories import make_article, make_section
from tests.translation.articles import state, submit, translate

ROLES = (
    "Journalists",
    "News editors",
    "Translators: kk",
    "Translators: ru",
    "Language editors: kk",
    "Language editors: ru",
)
PUBLISHERS = {"News editors", "Language editors: kk"}


def account(role: str, name: str = ""):
    user = get_user_model().objects.create_user(name or role)
    user.groups.add(*Group.objects.filter(name=role))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def log_in(client, db):
    def as_one_of(role: str):
        user = account(role)
        client.force_login(user)
        return user

    return as_one_of


@pytest.fixture
def section(homes) -> SectionPage:
    return make_section(homes["kk"])


@pytest.fixture
def withdrawn(section, locales) -> ArticlePage:
    """Return an unpublished article with all that an article can have: versions too."""
    person = Person.objects.create(name="Абай", locale=locales["kk"])
    article = make_article(
        section, body=json.dumps([{"type": "heading", "value": "Т"}])
    )
    article.people = [ArticlePerson(person=person)]
    article.save_revision().publish()
    Correction.objects.create(
        article=article, text="Қате еді.", version=article.published_versions.last()
    )
    Comment.objects.create(
        page=article, user=account("x", "author"), text="?", contentpath="lead"
    )
    article.unpublish()
    return ArticlePage.objects.get(pk=article.pk)


def delete_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def bulk_url(*pages: Page) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return f"{url}?{'&'.join(f'id={page.pk}' for page in pages)}&next=/admin/"


def exists(page: Page) -> bool:
    return Page.objects.filter(pk=page.pk).exists()


def restore_url(page: Page) -> str:
    return reverse("bin:restore", args=[DeletedPage.objects.get(page_id=page.pk).pk])


def restored(client, page: Page, place: Page) -> ArticlePage:
    answer = client.post(restore_url(page), {"place": place.pk})
    assert answer.status_code == 302
    return Page.objects.get(pk=page.pk).specific


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("way", ["single", "bulk", "call"])
def test_only_publishers_delete_a_page_that_was_published(
    client, log_in, withdrawn, role, way
):
    user = log_in(role)
    may = role in PUBLISHERS
    if way == "single":
        answer = client.get(delete_url(withdrawn))
        assert answer.status_code == (200 if may else 302)
        assert exists(withdrawn)
        client.post(delete_url(withdrawn))
    elif way == "bulk":
        answer = client.get(bulk_url(withdrawn))
        assert ("data-losses" in answer.text) is may
        assert exists(withdrawn)
        client.post(bulk_url(withdrawn))
    elif withdrawn.permissions_for_user(user).can_delete():
        withdrawn.delete(user=user)
    assert exists(withdrawn) is not may


@pytest.mark.parametrize("role", ROLES)
def test_only_publishers_delete_drafts_of_other_users(client, log_in, section, role):
    draft = make_article(section, live=False, owner=account("x", "author"))
    log_in(role)
    client.post(delete_url(draft))
    assert exists(draft) is (role not in PUBLISHERS)


@pytest.mark.parametrize("role", ["Journalists", "Translators: kk"])
def test_an_own_draft_is_deleted_and_restored_by_its_author(
    client, log_in, section, role
):
    user = log_in(role)
    draft = make_article(section, live=False, owner=user)
    client.post(delete_url(draft))
    assert not exists(draft)
    assert draft.title in client.get(reverse("bin:index")).text
    assert restored(client, draft, section).title == draft.title


@pytest.mark.parametrize("state", ["withdrawn", "live again", "live"])
def test_an_own_page_that_was_published_is_not_deleted_by_its_author(
    client, log_in, section, state
):
    user = log_in("Journalists")
    own = make_article(section, live=False, owner=user)
    client.post(delete_url(own))
    assert not exists(own)
    own = make_article(section, owner=user)
    if state != "live":
        own.unpublish()
    if state == "live again":
        # As an import of live pages without their dates leaves them.
        Page.objects.filter(pk=own.pk).update(live=True, first_published_at=None)
    client.post(delete_url(own))
    assert exists(own)


@pytest.mark.parametrize("role", ROLES)
def test_a_section_is_deleted_with_its_articles_by_publishers_alone(
    client, log_in, section, withdrawn, role
):
    log_in(role)
    client.post(delete_url(section))
    client.post(bulk_url(section))
    assert exists(withdrawn)  # not even publishers: Wagtail asks for "bulk delete"
    superuser = get_user_model().objects.create_superuser("root")
    client.force_login(superuser)
    client.post(delete_url(section))
    assert not exists(section)
    assert not exists(withdrawn)


def test_a_section_with_articles_is_moved_by_those_who_may_not_delete_it(
    log_in, section, withdrawn
):
    may = section.permissions_for_user(log_in("News editors"))
    assert may.can_move()
    assert not may.can_delete()
    assert not section.permissions_for_user(log_in("Journalists")).can_move()


@pytest.mark.parametrize("role", ROLES)
def test_only_publishers_see_and_restore_what_was_published(
    client, log_in, section, withdrawn, role
):
    withdrawn.delete()
    log_in(role)
    may = role in PUBLISHERS
    address = restore_url(withdrawn)
    assert (withdrawn.title in client.get(reverse("bin:index")).text) is may
    assert client.get(address).status_code == (200 if may else 302)
    client.post(address, {"place": section.pk})
    assert exists(withdrawn) is may


def test_the_confirmation_of_a_deletion_names_its_losses(
    client, log_in, section, withdrawn
):
    log_in("News editors")
    text = client.get(delete_url(withdrawn)).text
    for words in (
        "2 published versions",
        "1 correction is deleted",
        "/a/",
        "restored from the bin for 30 days",
    ):
        assert words in text
    root = get_user_model().objects.create_superuser("root")
    UserProfile.objects.update_or_create(user=root, preferred_language="en")
    client.force_login(root)
    for address in (delete_url(section), bulk_url(section)):
        text = client.get(address).text
        assert "1 page below is deleted" in text
        assert withdrawn.title in text
        assert "2 published versions" in text


def test_an_article_comes_back_as_it_was(client, log_in, section, withdrawn):
    def everything() -> dict:
        page = ArticlePage.objects.get(pk=withdrawn.pk)
        return {
            "article": ArticlePage.objects.filter(pk=page.pk).values().get(),
            "revisions": list(
                Revision.objects.for_instance(page).order_by("pk").values_list("pk")
            ),
            "versions": list(PublishedVersion.objects.order_by("pk").values()),
            "corrections": list(Correction.objects.order_by("pk").values()),
            "comments": list(Comment.objects.values_list("pk", "text")),
            "people": list(page.people.values_list("person__name")),
        }

    before = everything()
    log_in("News editors")
    client.post(delete_url(withdrawn))
    assert not Revision.objects.for_instance(withdrawn).exists()
    assert not PublishedVersion.objects.exists()
    page = restored(client, withdrawn, section)
    assert everything() == before
    assert not page.live
    assert not DeletedPage.objects.exists()
    assert PageLogEntry.objects.filter(page=page.pk, action="newsroom.restore").exists()
    page.get_latest_revision().publish()
    answer = client.get(ArticlePage.objects.get(pk=page.pk).url)
    assert answer.status_code == 200
    assert "Қате еді." in answer.text


def test_a_scheduled_article_does_not_publish_itself_when_it_is_back(
    client, log_in, section, withdrawn
):
    withdrawn.get_latest_revision().approved_go_live_at = None
    revision = withdrawn.save_revision(
        approved_go_live_at=withdrawn.first_published_at - timedelta(days=1)
    )
    log_in("News editors")
    client.post(delete_url(withdrawn))
    restored(client, withdrawn, section)
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is None


def test_a_restored_page_gets_a_new_slug_if_its_slug_is_taken(
    client, log_in, section, withdrawn
):
    log_in("News editors")
    client.post(delete_url(withdrawn))
    other = make_article(section, title=withdrawn.title)
    assert other.slug == withdrawn.slug
    page = restored(client, withdrawn, section)
    assert page.slug != other.slug
    assert page.url_path == f"{section.url_path}{page.slug}/"


def test_a_page_whose_section_is_gone_is_restored_elsewhere(
    client, log_in, homes, section, withdrawn
):
    log_in("News editors")
    client.post(delete_url(withdrawn))
    SectionPage.objects.get(pk=section.pk).delete()
    other = make_section(homes["kk"], title="Мәдениет")
    russian = make_section(homes["ru"], title="Общество")
    form = client.get(restore_url(withdrawn)).text
    assert "Мәдениет" in form
    assert "Общество" not in form
    client.post(restore_url(withdrawn), {"place": russian.pk})
    assert not exists(withdrawn)
    page = restored(client, withdrawn, other)
    assert page.get_parent().pk == other.pk
    assert page.is_descendant_of(other)


def test_a_section_comes_back_with_its_articles(client, section, withdrawn, homes):
    client.force_login(get_user_model().objects.create_superuser("root"))
    second = make_article(section, title="Екінші")
    client.post(delete_url(section))
    assert not exists(second)
    assert DeletedPage.objects.count() == 3
    page = client.get(reverse("bin:index")).text
    assert withdrawn.title not in page  # comes back with its section
    restored(client, section, homes["kk"])
    tree = SectionPage.objects.get(pk=section.pk)
    assert {p.pk for p in tree.get_children()} == {withdrawn.pk, second.pk}
    assert tree.numchild == 2
    assert Page.find_problems() == ([], [], [], [], [])
    assert not ArticlePage.objects.get(pk=second.pk).live


def test_references_to_deleted_objects_are_dropped_on_restoring(
    client, log_in, section, withdrawn
):
    log_in("News editors")
    client.post(delete_url(withdrawn))
    Person.objects.all().delete()
    get_user_model().objects.get(username="author").delete()
    page = restored(client, withdrawn, section)
    assert page.people.count() == 0
    assert page.published_versions.count() == 2


def test_translations_follow_again_when_both_ends_are_back(
    client, sections, article, published, log_in, locales
):
    target = target_of(published)
    texts = StringTranslation.objects.count()
    log_in("News editors")
    for page in (target, article):
        ArticlePage.objects.get(pk=page.pk).delete()
    published.refresh_from_db()
    assert not published.enabled
    restored(client, article, sections["kk"])
    published.refresh_from_db()
    assert not published.enabled
    restored(client, target, sections["ru"])
    published.refresh_from_db()
    assert published.enabled
    assert StringTranslation.objects.count() == texts
    assert state(article, "ru").target_id == target.pk
    assert state(article, "kk").state == TranslationStatus.State.ORIGINAL


def test_a_new_version_in_the_same_language_is_not_overwritten(
    client, sections, article, published, log_in, locales
):
    target = target_of(published)
    ArticlePage.objects.get(pk=target.pk).delete()
    again = submit(article, locales["ru"])
    translate(again)
    log_in("News editors")
    answer = client.post(restore_url(target), {"place": sections["ru"].pk}, follow=True)
    assert "another version in this language" in answer.text
    assert not exists(target)
    assert DeletedPage.objects.filter(page_id=target.pk).exists()


def test_after_thirty_days_it_is_gone(client, log_in, withdrawn):
    log_in("News editors")
    client.post(delete_url(withdrawn))
    kept = DeletedPage.objects.get()
    empty_old()
    assert DeletedPage.objects.exists()
    DeletedPage.objects.update(deleted_at=kept.deleted_at - KEPT)
    address = restore_url(withdrawn)
    client.post(address, {"place": kept.parent_id})
    assert not exists(withdrawn)
    assert client.get(address, follow=True).status_code == 404
    empty_old()
    assert not DeletedPage.objects.exists()
