"""Menus of the admin are in the language of each user of a process."""

import pytest
from django.utils.translation import override
from wagtail.admin.menu import admin_menu, help_menu, reports_menu, settings_menu

MENUS = {
    "main": admin_menu,
    "settings": settings_menu,
    "reports": reports_menu,
    "help": help_menu,
}


def labels(menu, language: str) -> list[str]:
    with override(language):
        return [str(item.label) for item in menu.registered_menu_items]


@pytest.mark.parametrize("name", MENUS)
def test_the_first_user_does_not_decide_the_language_of_labels(db, name):
    menu = MENUS[name]
    english = labels(menu, "en")
    russian, kazakh = labels(menu, "ru"), labels(menu, "kk")
    assert len(english) == len(russian) == len(kazakh) > 0
    assert set(english).isdisjoint(russian)
    assert set(english).isdisjoint(kazakh)
    assert labels(menu, "en") == english


def test_a_menu_is_built_once_for_each_language(db):
    with override("kk"):
        first = admin_menu.registered_menu_items
        assert admin_menu.registered_menu_items is first
