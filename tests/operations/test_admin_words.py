"""Administrators read their screens in Kazakh or Russian, down to every name."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.telepath import JSContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, ModelLogEntry, PageLogEntry, Site
from wagtail.users.models import UserProfile

from newsroom.articles.blocks import TranslatableTableBlock
from newsroom.articles.models import Organisation, Person, Place, Topic
from newsroom.operations.shown_names import shown_group_name, shown_permission_name
from newsroom.operations.unmarked import TABLE_MENU
from newsroom.translation.models import Concept
from tests.browser.admin_words import WORD, EnglishFinder
from tests.factories import make_article, make_section
from tests.operations.admin_screens import admin_screens, texts_of_html

# Texts of rows, which nobody translates.
ROWS = ("admin@example.com", "admin", "News archive", "Qazaqşa")


@pytest.fixture
def numbers(homes, admin_user):
    """Rows of every kind of screen; their keys."""
    admin_user.first_name, admin_user.last_name = "Айгүл", "Бекова"
    admin_user.save()
    section = make_section(homes["kk"])
    article = make_article(section)
    article.title = "Жаңа атау"
    article.save_revision()
    article.get_workflow().start(article, admin_user)
    locale = Locale.objects.get(language_code="kk")
    for model in (Person, Organisation, Place, Topic):
        model.objects.create(name="Атау", locale=locale)
    Redirect.objects.create(old_path="/1", redirect_link="/2")
    Concept.objects.create()
    collection = Collection.get_first_root_node().add_child(name="Жинақ")
    # What Wagtail's migrations did is told in their words.
    PageLogEntry.objects.exclude(page_id__in=[section.pk, article.pk]).delete()
    ModelLogEntry.objects.all().delete()
    kinds = (Group, Person, Organisation, Place, Topic, Redirect, Concept)
    keys = [model.objects.order_by("pk").first().pk for model in kinds]
    return list(dict.fromkeys([article.pk, section.pk, collection.pk, 1, *keys]))


# wagtail-localize's report is not ordered.
@pytest.mark.filterwarnings("ignore:Pagination may yield")
@pytest.mark.parametrize("code", ["kk", "ru"])
def test_no_screen_of_an_administrator_has_english_words(
    admin_client, admin_user, numbers, code
):
    UserProfile.objects.update_or_create(
        user=admin_user, defaults={"preferred_language": code}
    )
    finder = EnglishFinder([{"rows": list(ROWS)}])
    seen = []
    for address, html in admin_screens(admin_client, numbers):
        seen.append(address)
        finder.look(address, texts_of_html(html))
    assert len(seen) > 120
    assert "/admin/groups/new/" in seen
    assert "/admin/snippets/choose/articles/person/" in seen
    assert finder.found == {}


def test_names_of_groups_are_translated_and_their_rows_kept(db):
    groups = {group.name: group for group in Group.objects.all()}
    with override("kk"):
        assert str(groups["News editors"]) == "Жаңалықтар редакторлары"
        assert str(groups["Translators: kk"]) == "Аудармашылар: Қазақша"
        assert not [name for name in map(str, groups.values()) if WORD.search(name)]
    with override("en"):
        assert str(groups["Journalists"]) == "Journalists"
    assert shown_group_name("Редакция: түн") == "Редакция: түн"
    assert Group.objects.filter(name="News editors").exists()


@pytest.mark.parametrize("code", ["kk", "ru"])
def test_every_permission_that_a_role_has_is_named(db, code):
    held = Permission.objects.filter(group__isnull=False)
    on_pages = Permission.objects.filter(grouppagepermission__isnull=False)
    on_files = Permission.objects.filter(groupcollectionpermission__isnull=False)
    permissions = (held | on_pages | on_files).distinct()
    assert len(permissions) > 20
    with override(code):
        names = [shown_permission_name(one) for one in permissions]
    assert [one for one in names if WORD.search(one.replace("Wagtail", ""))] == []


@pytest.mark.parametrize("code", ["kk", "ru"])
def test_relative_times_are_translated(code):
    now = timezone.now()
    seconds = (0, 1, 12, 60, 300, 3600, 7300, 90_000, 10**6, 10**7, 10**8)
    with override(code):
        texts = [
            str(naturaltime(now + sign * timedelta(seconds=count)))
            for count in seconds
            for sign in (1, -1)
        ]
    assert [text for text in texts if WORD.search(text)] == []


def test_twelve_seconds_ago_is_written_in_kazakh():
    with override("kk"):
        moment = timezone.now() - timedelta(seconds=12)
        assert str(naturaltime(moment)).replace("\xa0", " ") == "12 секунд бұрын"


def test_a_site_is_called_by_its_title_instead_of_its_host(homes):
    site = Site.objects.get(is_default_site=True)
    with override("kk"):
        assert str(site) == f"{site.root_page.title} [әдепкі]"
        site.site_name = "Мұрағат"
        assert str(site) == "Мұрағат [әдепкі]"


@pytest.mark.parametrize(
    ("value", "text"), [(True, "Иә"), (False, "Жоқ"), (None, "Белгісіз")]
)
def test_python_values_are_not_shown(value, text):
    with override("kk"):
        cell = render_to_string(
            "wagtailadmin/tables/boolean_cell.html", {"value": value}
        )
    assert text in cell
    assert str(value) not in cell


def test_the_menu_of_the_table_editor_is_in_the_language_of_each_user():
    block = TranslatableTableBlock()
    block.set_name("table")
    menus = {}
    for code in ("en", "kk", "ru"):
        with override(code):
            menus[code] = str(JSContext().pack(block))
    assert all(text in menus["en"] for text in TABLE_MENU.values())
    for code in ("kk", "ru"):
        assert not [text for text in TABLE_MENU.values() if f"'{text}'" in menus[code]]
    assert "Төменнен жол қосу" in menus["kk"]
