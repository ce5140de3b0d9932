"""Screens of administrators are completely in Kazakh or Russian."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.telepath import JSContext
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.forms import GroupImagePermissionFormSet, ImageInsertionForm
from wagtail.models import (
    Collection,
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Site,
    Task,
    Workflow,
)
from wagtail.users.models import UserProfile

from newsroom.articles.blocks import TranslatableTableBlock
from newsroom.articles.models import Organisation, Person, Place, Topic
from newsroom.localisation.group_forms import ShownGroupForm
from newsroom.localisation.late_translation import late_texts
from newsroom.localisation.shown_names import shown_group_name, shown_permission_name
from newsroom.localisation.unmarked import TABLE_MENU
from newsroom.translation.models import Concept
from tests.browser.admin_words import FOREIGN, WORD, EnglishFinder
from tests.factories import make_article, make_section
from tests.localisation.admin_screens import admin_screens, texts_of_html

# Texts of rows, which are not translated.
NAMED = (Collection, Task, Workflow)
RIGHTS = GroupImagePermissionFormSet.permission_types
# Tests, migrations and the style guide for developers of Wagtail.
SKIPPED_MODULES = re.compile(r"/(tests?|migrations|styleguide)/")
ROWS = (
    "admin@example.com",
    "admin",
    "News archive",
    "Qazaqşa",
    "Айгүл Бекова",
    "Айгүл",
    "Жаңа атау",
    "Атау",
    "Жинақ",
)


@pytest.fixture
def numbers(homes, admin_user):
    """Create rows for every kind of screen; return their primary keys."""
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


def stored_names() -> list[str]:
    """Return names in the language of the site: rows are not translated."""
    named = [model.objects.values_list("name", flat=True) for model in NAMED]
    return [
        *Page.objects.values_list("title", flat=True),
        *(name for names in named for name in names),
    ]


PACKAGES = ("wagtail", "wagtail_localize")
EAGER = {"gettext", "ngettext", "pgettext"}


def texts_translated_on_load() -> Iterator[str]:
    """Yield each text that a module of the packages translates when it is loaded."""
    for package in PACKAGES:
        for path in Path(import_module(package).__file__).parent.rglob("*.py"):
            if not SKIPPED_MODULES.search(str(path)):
                yield from _loaded(ast.parse(path.read_text(encoding="utf-8")))


def _loaded(module: ast.Module) -> Iterator[str]:
    names = {
        alias.asname or alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in EAGER
    }
    waiting: list[ast.AST] = [module]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in names:
            yield ast.literal_eval(node.args[0])
        waiting += [
            child
            for child in ast.iter_child_nodes(node)
            if not isinstance(child, ast.FunctionDef | ast.Lambda)
        ]


def test_every_text_that_is_translated_on_load_is_translated_late():
    found = set(texts_translated_on_load())
    assert "Image is decorative" in found
    assert found - late_texts() == set()


def test_each_reads_the_forms_of_images_and_groups_in_the_own_language():
    labels = {}
    for code in ("en", "kk", "ru"):
        with override(code):
            labels[code] = [
                *(str(field.label) for field in ImageInsertionForm().fields.values()),
                *(str(text) for _c, *two in RIGHTS for text in two),
                str(ChooserViewSet.search_tab_label),
            ]
    assert labels["en"][:2] == ["Format", "Image is decorative"]
    for one, other in ("kk", "en"), ("kk", "ru"), ("ru", "en"):
        assert not set(labels[one]) & set(labels[other])


# wagtail-localize's report is not ordered.
@pytest.mark.filterwarnings("ignore:Pagination may yield")
@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_no_screen_of_an_administrator_has_words_of_another_language(
    admin_client, admin_user, numbers, code
):
    UserProfile.objects.update_or_create(
        user=admin_user, defaults={"preferred_language": code}
    )
    finder = EnglishFinder([{"rows": [*ROWS, *stored_names()]}], FOREIGN[code])
    seen = []
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = code  # before and after log-in
    for address, html in admin_screens(admin_client, numbers):
        seen.append(address)
        finder.look(address, texts_of_html(html))
    assert len(seen) > 120
    assert "/admin/groups/new/" in seen
    assert "/admin/snippets/choose/articles/person/" in seen
    assert finder.found == {}


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_a_version_is_no_word_of_another_language(code):
    versions = "8.1 8.1rc1 8.1.b2 8.2a0 8.2.dev20261201 8.0.1.post1 8.1rc1.dev2+local.7"
    finder = EnglishFinder([], FOREIGN[code])
    finder.look("versions", [f"Wagtail {version}" for version in versions.split()])
    assert finder.found == {}


def test_words_beside_a_version_are_words():
    finder = EnglishFinder([], FOREIGN["kk"])
    texts = ["8.1rc1 released", "rc1", "8.1 rc", "8.1rcx", "v8.1 beta"]
    finder.look("words", texts)
    assert set(finder.found) == set(texts)


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


@pytest.mark.parametrize("code", ["kk", "ru"])
def test_the_form_of_a_group_shows_its_translated_name_and_keeps_its_row(
    admin_client, admin_user, code
):
    profile = UserProfile.objects.create(user=admin_user, preferred_language=code)
    group = Group.objects.get(name="News editors")
    url = f"/admin/groups/edit/{group.pk}/"
    soup = BeautifulSoup(admin_client.get(url).content, "html.parser")
    shown = soup.select_one("[name=name]")["value"]
    with override(code):
        assert shown == str(group) != "News editors"
    profile.preferred_language = "en"  # changed in another window in the meantime
    profile.save()
    formsets = ("collection", "page", "image", "document")
    counts = {}
    for one in soup.select("[name$=TOTAL_FORMS], [name$=INITIAL_FORMS]"):
        counts[one["name"]] = 0
    assert len(counts) >= len(formsets)
    for name, stored in [(shown, "News editors"), ("Түнгі редакция", "Түнгі редакция")]:
        answer = admin_client.post(url, {"name": name, **counts})
        assert answer.status_code == 302
        group.refresh_from_db()
        assert group.name == stored


def test_two_groups_are_never_shown_with_one_name(admin_client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="kk")
    with override("kk"):
        taken = shown_group_name("Journalists")
    form = ShownGroupForm({"name": taken})
    assert "name" in form.errors
    assert "name" not in ShownGroupForm({"name": "Түнгі редакция"}).errors
