"""Menus of the admin in the language of each user."""

from django.utils.translation import get_language
from wagtail.admin.menu import Menu, MenuItem


def build_menus_in_each_language() -> None:
    """Make Wagtail build its menus once per language instead of once per process.

    Some labels of Wagtail and wagtail-localize are translated when the menu is built.
    Else the first user of a process would decide the language of these for all.
    """
    build = Menu.__dict__["registered_menu_items"].func

    def registered_menu_items(menu: Menu) -> list[MenuItem]:
        built: dict[str | None, list[MenuItem]]
        built = vars(menu).setdefault("_items_by_language", {})
        language = get_language()
        if language not in built:
            built[language] = build(menu)
        return built[language]

    Menu.registered_menu_items = property(registered_menu_items)
