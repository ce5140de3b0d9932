"""Wagtail's widgets write no script: an element of our own starts them."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.urls import reverse
from wagtail.admin.widgets import (
    AdminDateInput,
    AdminDateTimeInput,
    AdminPageChooser,
    AdminTimeInput,
    BaseChooser,
)
from wagtail.admin.widgets.workflows import AdminTaskChooser
from wagtail.models import Page

from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db

SCRIPT = (Path(settings.BASE_DIR) / "static/js/widget_start.js").read_text("utf-8")
DATES = {
    AdminDateInput: "initDateChooser",
    AdminDateTimeInput: "initDateTimeChooser",
    AdminTimeInput: "initTimeChooser",
}


def kinds(constant: str) -> set[str]:
    """Return the names in a list of the script."""
    found = re.search(rf"const {constant} = \[([^\]]*)\]", SCRIPT)
    assert found
    return set(re.findall(r'"(\w+)"', found[1]))


def start_in(html: str) -> Tag:
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.select("script")
    (start,) = soup.select("widget-start")
    return start


def choosers(base: type[BaseChooser] = BaseChooser) -> set[type[BaseChooser]]:
    found = {base}
    for one in base.__subclasses__():
        found |= choosers(one)
    return found


@pytest.mark.parametrize("widget", DATES)
def test_a_date_field_names_its_function_and_its_options(widget):
    start = start_in(widget().render("day", None, {"id": "id_<day>"}))
    assert start["data-kind"] == DATES[widget]
    assert start["data-for"] == "id_<day>"
    assert json.loads(start["data-options"]) == widget().get_config()


def test_a_chooser_names_its_class_and_its_options(homes):
    widget = AdminPageChooser()
    html = widget.render("page", Page.objects.get(pk=homes["kk"].pk), {"id": "id_page"})
    start = start_in(html)
    assert (start["data-kind"], start["data-for"]) == ("PageChooser", "id_page")
    options = json.loads(start["data-options"])
    assert options["modalUrl"] == reverse("wagtailadmin_choose_page")
    assert options["parentId"] == homes["kk"].get_parent().pk
    task = start_in(AdminTaskChooser().render("task", None, {"id": "id_task"}))
    assert task["data-kind"] == "createTaskChooser"
    with pytest.raises(TypeError, match="'id' attribute"):
        widget.render("page", None, {})


def test_the_script_starts_every_kind_of_chooser_and_nothing_else():
    every = choosers()
    plain = {one.js_constructor for one in every}
    assert plain <= kinds("CHOOSERS")
    assert {"createTaskChooser", *DATES.values()} == kinds("FUNCTIONS")
    # Of these, start_choosers_without_scripts knows one; a new one needs a line there.
    own = {one for one in every if "render_js_init" in vars(one)}
    assert own == {BaseChooser, AdminTaskChooser}
    assert {one for one in every if "render" in vars(one)} == {BaseChooser}


def test_no_editor_has_an_inline_script(admin_client, homes):
    section = make_section(homes["kk"])
    article = make_article(section)
    edit, add = "wagtailadmin_pages:edit", "wagtailadmin_pages:add"
    addresses = [
        *(reverse(edit, args=[one.pk]) for one in (article, section, homes["kk"])),
        reverse(add, args=["articles", "articlepage", section.pk]),
        reverse("wagtailadmin_workflows:add"),
        reverse("wagtailsnippets_newsroom_translation_concept:add"),
        reverse("wagtailadmin_reports:site_history"),
        f"/admin/localize/submit/page/{article.pk}/",
    ]
    for address in addresses:
        answer = admin_client.get(address)
        assert answer.status_code == 200, address
        soup = BeautifulSoup(answer.text, "html.parser")
        assert not soup.select('script:not([src]):not([type*="json"])'), address
        assert not soup.select("style, [style], [onclick]"), address
    page = BeautifulSoup(admin_client.get(addresses[0]).text, "html.parser")
    found = {start["data-kind"] for start in page.select("widget-start")}
    assert {"MultipleChooserPanel", "ImageChooser", "initDateTimeChooser"} <= found
