"""Permissions to see, assign, edit and publish versions, by their pages."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Locale, Page

from newsroom.articles.models import ArticlePage
from newsroom.translation.models import Release, TranslationStatus
from newsroom.translation.permissions import (
    locales_to_assign,
    may_assign,
    may_change_release,
    may_decide,
    may_edit,
    may_import_terms,
    may_plan_release,
    may_publish_version,
    may_see_desk,
    may_submit,
    may_use_machine,
    publishable_by,
    publishable_locales,
    visible_to,
    workflow_actions,
)
from tests.access.rights import user_with
from tests.factories import make_article, make_section
from tests.translation.articles import submit

SUBMIT = "submit_translation"
TERMS = ("add_concept", "change_concept")


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chief")


def codes(locales) -> list[str]:
    return [locale.language_code for locale in locales]


@pytest.mark.parametrize(
    ("permission", "sees", "assigns"),
    [
        ("add_page", True, False),
        ("change_page", True, False),
        ("publish_page", True, True),
        ("lock_page", False, False),
        ("unlock_page", False, False),
        ("bulk_delete_page", False, False),
    ],
)
def test_the_desk_is_for_those_who_work_on_pages_anywhere(
    sections, permission, sees, assigns
):
    user = user_with(permission, below=sections["ru"])
    assert may_see_desk(user) is sees
    assert may_assign(user) is assigns


def test_visitors_and_accounts_without_pages_have_no_desk(sections):
    for user in (AnonymousUser(), user_with(SUBMIT, *TERMS)):
        assert not may_see_desk(user)
        assert not may_submit(user)
        assert not may_assign(user)
        assert not may_import_terms(user)
        assert codes(locales_to_assign(user)) == []


def test_translations_are_started_with_a_permission_for_it_and_pages(sections):
    assert not may_submit(user_with("change_page", below=sections["kk"]))
    assert may_submit(user_with("change_page", SUBMIT, below=sections["kk"]))


def test_users_who_start_translations_may_use_a_configured_machine(sections, settings):
    starts = user_with("change_page", SUBMIT, below=sections["kk"])
    other = user_with("change_page", below=sections["kk"])
    assert not may_use_machine(starts)
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    assert may_use_machine(starts)
    assert not may_use_machine(other)


@pytest.mark.parametrize("missing", [*TERMS, "change_page"])
def test_terms_are_imported_by_those_who_may_add_and_change_them(sections, missing):
    needed = {*TERMS, "change_page"}
    assert may_import_terms(user_with(*needed, below=sections["kk"]))
    assert not may_import_terms(user_with(*(needed - {missing}), below=sections["kk"]))


def test_languages_are_assigned_where_one_page_may_be_published(sections, chief):
    user = user_with("publish_page", "change_page", below=sections["en"])
    writer = user_with("add_page", "change_page", "lock_page", below=sections["en"])
    assert codes(locales_to_assign(user)) == ["en"]
    group = user.groups.get()
    publish = group.page_permissions.get(permission__codename="publish_page").permission
    group.page_permissions.create(page=sections["kk"], permission=publish)
    user = get_user_model().objects.get(pk=user.pk)
    assert codes(locales_to_assign(user)) == ["kk", "en"]
    assert codes(locales_to_assign(writer)) == []
    assert codes(locales_to_assign(chief)) == ["kk", "ru", "en"]
    everywhere = user_with("publish_page", below=Page.get_first_root_node())
    assert codes(locales_to_assign(everywhere)) == ["kk", "ru", "en"]


@pytest.fixture
def versions(sections, homes, locales, committed):
    """Return two Kazakh articles; the first is live and has a Russian version.

    The second is a draft in another section, which exists in Kazakh only.
    """
    with committed():
        article = make_article(sections["kk"], title="Бірінші")
        submit(article, locales["ru"])
        sport = make_section(homes["kk"], title="Спорт")
        draft = make_article(sport, title="Екінші", live=False)
    return article, draft


def rows(condition) -> set[tuple[str, str]]:
    """Return (title of the original, language) of the selected versions."""
    titles = dict(
        ArticlePage.objects.filter(locale__language_code="kk").values_list(
            "translation_key", "title"
        )
    )
    found = TranslationStatus.objects.filter(condition).select_related("locale")
    return {(titles[row.translation_key], row.locale.language_code) for row in found}


ALL = {(title, code) for title in ("Бірінші", "Екінші") for code in ("kk", "ru", "en")}


def test_versions_are_assigned_where_they_are_or_will_be_published(
    versions, sections, chief
):
    publish = ("publish_page", "change_page", "lock_page")
    assert rows(publishable_by(chief)) == ALL
    # a Russian version that exists; an English one that does not exist yet
    for code in ("ru", "en"):
        user = user_with(*publish, below=sections[code])
        assert rows(publishable_by(user)) == {("Бірінші", code)}
    kazakh = user_with(*publish, below=sections["kk"].get_parent())
    assert rows(publishable_by(kazakh)) == {("Бірінші", "kk"), ("Екінші", "kk")}
    writer = user_with("change_page", "add_page", below=Page.get_first_root_node())
    assert rows(publishable_by(writer)) == set()
    for first, second in (("ru", "en"), ("en", "ru")):
        both = user_with(*publish, below=sections[first])
        granted = both.groups.get().page_permissions
        permission = granted.get(permission__codename="publish_page").permission
        granted.create(page=sections[second], permission=permission)
        both = get_user_model().objects.get(pk=both.pk)
        assert rows(publishable_by(both)) == {("Бірінші", "ru"), ("Бірінші", "en")}


def test_a_deactivated_account_publishes_and_edits_nothing(versions, chief, sections):
    editor = user_with("publish_page", "change_page", below=sections["kk"])
    for user in (chief, editor):
        assert may_edit(user, versions[0])
        user.is_active = False
        assert rows(publishable_by(user)) == set()
        assert not may_edit(user, versions[0])
        assert publishable_locales(user, versions[0].translation_key) == []


def test_drafts_are_seen_by_those_with_permissions_on_a_version(
    versions, sections, chief
):
    published = {pair for pair in ALL if pair[0] == "Бірінші"}
    sport = versions[1].get_parent()
    assert rows(visible_to(chief)) == ALL
    assert rows(visible_to(user_with("change_page", below=sport))) == ALL
    assert rows(visible_to(user_with("change_page", below=sections["kk"]))) == published
    assert rows(visible_to(user_with("lock_page", below=sections["ru"]))) == published
    assert rows(visible_to(user_with())) == published
    two = user_with("change_page", "publish_page", below=sport)
    granted = two.groups.get().page_permissions
    granted.create(page=sections["ru"], permission=granted.first().permission)
    assert rows(visible_to(two)) == ALL


def test_a_translated_draft_is_seen_by_those_of_the_translation(
    sections, locales, committed
):
    with committed():
        draft = make_article(sections["kk"], title="Екінші", live=False)
        submit(draft, locales["ru"])
    russian = user_with("change_page", below=sections["ru"])
    english = user_with("change_page", below=sections["en"])
    assert rows(visible_to(russian)) == {pair for pair in ALL if pair[0] == "Екінші"}
    assert rows(visible_to(english)) == set()


@pytest.mark.parametrize(
    ("permission", "own", "of_others"),
    [
        ("change_page", True, True),
        ("add_page", True, False),
        ("publish_page", False, False),
    ],
)
def test_pages_are_edited_by_those_who_may_change_or_have_added_them(
    sections, permission, own, of_others
):
    user = user_with(permission, below=sections["kk"])
    page = make_article(sections["kk"])
    assert may_edit(user, page) is of_others
    page.owner = user
    assert may_edit(user, page) is own
    assert not may_edit(user, make_article(sections["ru"]))


def test_a_version_is_published_below_its_nearest_section_that_exists(
    versions, sections, homes, locales
):
    article, draft = versions
    russian = user_with("publish_page", below=sections["ru"])
    english = user_with("publish_page", below=sections["en"])
    home = user_with("publish_page", below=homes["ru"])
    kazakh = user_with("publish_page", below=sections["kk"])
    for user, published, drafted in (
        (russian, ["ru"], []),  # its version exists
        (english, ["en"], []),  # its version will be below this section
        (home, ["ru"], ["ru"]),  # the draft's section has no Russian version
        (kazakh, ["kk"], []),
        (user_with(), [], []),
    ):
        assert codes(publishable_locales(user, article.translation_key)) == published
        assert codes(publishable_locales(user, draft.translation_key)) == drafted
        assert publishable_locales(user, uuid.uuid4()) == []
    for code, locale in locales.items():
        key = article.translation_key
        assert may_publish_version(english, key, locale) is (code == "en")


def test_a_version_that_was_moved_is_published_where_it_is(
    versions, sections, homes, locales
):
    key = versions[0].translation_key
    sport = make_section(homes["ru"], title="Спорт")
    moved = ArticlePage.objects.get(translation_key=key, locale=locales["ru"])
    moved.move(sport, pos="last-child")
    there = user_with("publish_page", below=sport)
    elsewhere = user_with("publish_page", below=sections["ru"])
    assert may_publish_version(there, key, locales["ru"])
    assert not may_publish_version(elsewhere, key, locales["ru"])


def test_the_root_of_the_tree_is_no_place_of_a_version(versions):
    """Without a home page in a language, no user may publish in it."""
    german = Locale.objects.create(language_code="de")
    user = user_with("publish_page", below=Page.get_first_root_node())
    assert not may_publish_version(user, versions[0].translation_key, german)
    assert codes(publishable_locales(user, versions[0].translation_key)) == [
        "kk",
        "ru",
        "en",
    ]


def test_a_release_is_changed_by_those_who_may_publish_all_of_it(
    versions, sections, locales
):
    article, _draft = versions
    publish = ("publish_page", "change_page")
    russian = user_with(*publish, below=sections["ru"])
    release = Release.objects.create(translation_key=article.translation_key)
    assert may_change_release(russian, release)
    assert not may_change_release(user_with(), release)
    for stored, allowed in (
        (("ru",), True),
        (("ru", "kk"), False),
        (("en",), False),
    ):
        release.locales.set([locales[code] for code in stored])
        assert may_change_release(russian, release) is allowed
    assert may_plan_release(russian, sections["ru"])
    assert not may_plan_release(russian, article)
    assert not may_plan_release(user_with("add_page", below=sections["kk"]), article)


def test_a_review_is_decided_by_those_whom_its_task_names(sections, chief):
    article = make_article(sections["kk"], live=False)
    assert not may_decide(article, chief)
    state = article.get_workflow().start(article, chief).current_task_state
    article = ArticlePage.objects.get(pk=article.pk)
    editor, writer = user_with("publish_page", below=sections["kk"]), user_with()
    editor.groups.add(state.task.specific.groups.first())
    assert may_decide(article, editor)
    assert not may_decide(article, writer)
    assert workflow_actions(article, state, editor) == {"approve", "reject"}
    assert workflow_actions(article, state, writer) == set()
