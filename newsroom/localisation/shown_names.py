"""Translated names of groups, permissions and sites in the admin.

The stored names are not changed, because code looks groups up by name: only their texts
(``str``) and labels are translated.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from wagtail.coreutils import get_content_languages
from wagtail.models import Site

# Groups of Wagtail's first migration and of roles.py.
GROUPS = {
    gettext_noop("Editors"),
    gettext_noop("Moderators"),
    gettext_noop("Journalists"),
    gettext_noop("News editors"),
    gettext_noop("Publishers"),
    gettext_noop("Archivists"),
    gettext_noop("Administrators"),
    gettext_noop("Translators"),
    gettext_noop("Language editors"),
}
# Django's own permissions, by the first word of their codename.
ACTIONS = {
    "add": gettext_noop("Add: %(model)s"),
    "change": gettext_noop("Change: %(model)s"),
    "delete": gettext_noop("Delete: %(model)s"),
    "view": gettext_noop("View: %(model)s"),
}
# All other permissions that the admin offers and that no package marks for translation.
PERMISSIONS = {
    gettext_noop("Can withdraw a version"),
    gettext_noop("Can submit translations"),
    gettext_noop("Can choose document"),
    gettext_noop("Can choose image"),
}


def shown_group_name(name: str) -> str:
    """Translate *name*, such as "Journalists" or "Translators: kk".

    Names that a newsroom has chosen are returned unchanged.
    """
    role, _colon, code = name.partition(": ")
    if role not in GROUPS:
        return name
    if not code:
        return gettext(role)
    language = get_content_languages().get(code, code)
    return f"{gettext(role)}: {language}"


def shown_permission_name(permission: Permission) -> str:
    """Translate the name of *permission*, without the model's app."""
    model = permission.content_type
    for action, text in ACTIONS.items():
        if permission.codename == f"{action}_{model.model}":
            return gettext(text) % {"model": model.name}
    return gettext(permission.name)


def shown_site_name(site: Site) -> str:
    """Return the site's name or, if it has none, the title of its root page.

    A host name such as 127.0.0.1 is of no use to editors.
    """
    name = site.site_name or (site.root_page_id and site.root_page.title)
    suffix = f" [{gettext('default')}]" if site.is_default_site else ""
    return f"{name or site.hostname}{suffix}"


def show_names() -> None:
    """Translate the names of groups, permissions and sites throughout the admin."""

    def permission_text(permission: Permission) -> str:
        return f"{permission.content_type} | {shown_permission_name(permission)}"

    group: Any = Group
    permission: Any = Permission
    site: Any = Site
    group.__str__ = lambda one: shown_group_name(one.name)
    permission.__str__ = permission_text
    permission.shown_name = property(shown_permission_name)
    site.__str__ = shown_site_name
    _label_lists()


def _label_lists() -> None:
    """Set the column labels of Wagtail's lists of groups and sites."""
    from wagtail.admin.ui.tables import Column  # needs the models
    from wagtail.sites.views import IndexView as SiteList
    from wagtail.users.views.groups import IndexView as GroupList

    GroupList.columns[0].accessor = str
    title, *others = SiteList.columns
    title.accessor = str
    for column in others:
        if column.name in ("port", "site_name", "root_page"):
            column.label = capfirst(Site._meta.get_field(column.name).verbose_name)
    host = capfirst(Site._meta.get_field("hostname").verbose_name)
    SiteList.columns = [title, Column("host", accessor="hostname", label=host), *others]
