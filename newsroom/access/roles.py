"""Groups and their permissions that a newsroom starts with."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.utils.translation import gettext, override
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

# Tree depth of the home page of each language, below the root page.
HOME_DEPTH = 2
SNIPPETS = ("person", "organisation", "place", "topic")


@dataclass(frozen=True, slots=True)
class Role:
    """The permissions of a group.

    ``page`` are for pages, ``entity`` for names and topics, ``termbase`` for agreed
    terms, ``collection`` for pictures and documents; in Wagtail, "change" includes
    their deletion. ``localize`` allows to start translations, ``insight`` to see
    statistics, ``corrections`` to withdraw published versions.
    """

    name: str
    page: tuple[str, ...]
    entity: tuple[str, ...]
    termbase: tuple[str, ...]
    collection: tuple[str, ...]
    localize: tuple[str, ...] = ()
    insight: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


ROLES = (
    Role(
        name="Journalists",
        page=("add_page", "change_page"),
        entity=("add", "change", "view"),
        termbase=("view",),
        collection=("add", "change", "choose"),
        localize=("submit_translation",),
    ),
    Role(
        name="News editors",
        page=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
        entity=("add", "change", "delete", "view"),
        termbase=("add", "change", "delete", "view"),
        collection=("add", "change", "choose"),
        localize=("submit_translation",),
        insight=("view_querycount",),
        corrections=("withdraw_publishedversion",),
    ),
)

# Created for each language, with page permissions for the tree of that language only.
LANGUAGE_ROLES = (
    Role(
        name="Translators",
        page=("add_page", "change_page"),
        entity=(),
        termbase=("view",),
        collection=(),
    ),
    Role(
        name="Language editors",
        page=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
        entity=(),
        termbase=("add", "change", "view"),
        collection=(),
    ),
)


def create_roles() -> dict[str, Group]:
    """Create the missing groups of :data:`ROLES`, and add their permissions.

    Permissions that a newsroom has granted since are kept; none is removed.
    """
    root = Page.get_first_root_node()
    groups = {role.name: _create_role(role, role.name, root) for role in ROLES}
    for task in GroupApprovalTask.objects.filter(groups__name="Moderators").distinct():
        task.groups.add(groups["News editors"])
    for home in Page.objects.filter(depth=HOME_DEPTH).select_related("locale"):
        groups |= _create_language_roles(home, groups["News editors"])
    return groups


def _create_language_roles(home: Page, everywhere: Group) -> dict[str, Group]:
    """Create the groups of translators and editors of one language, and its workflow.

    Their permissions, and the workflow, cover the tree of that language only.
    """
    code = home.locale.language_code
    groups = {
        f"{role.name}: {code}": _create_role(role, f"{role.name}: {code}", home)
        for role in LANGUAGE_ROLES
    }
    if not WorkflowPage.objects.filter(page=home).exists():
        _create_workflow(home, [groups[f"Language editors: {code}"], everywhere])
    return groups


def _create_workflow(home: Page, approvers: Sequence[Group]) -> None:
    """Create a workflow in which *approvers* approve the pages below *home*."""
    with override(settings.LANGUAGE_CODE):
        language = home.locale.get_display_name()
        name = gettext("Approval: %(language)s") % {"language": language}
    workflow = Workflow.objects.create(name=name, active=True)
    task = GroupApprovalTask.objects.create(name=name, active=True)
    task.groups.set(approvers)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)


def _create_role(role: Role, name: str, tree: Page) -> Group:
    """Create the group of this name with the permissions of *role*.

    Page permissions are granted for *tree* and its descendants.
    """
    group, _ = Group.objects.get_or_create(name=name)
    wanted: list[tuple[str, Sequence[str]]] = [
        ("wagtailadmin", ["access_admin"]),
        ("wagtail_localize", role.localize),
        ("articles", [f"{verb}_{model}" for verb in role.entity for model in SNIPPETS]),
        ("newsroom_translation", [f"{verb}_concept" for verb in role.termbase]),
        ("insight", role.insight),
        ("corrections", role.corrections),
    ]
    for app_label, codenames in wanted:
        group.permissions.add(*_permissions(app_label, codenames))
    for permission in _permissions("wagtailcore", role.page):
        GroupPagePermission.objects.get_or_create(
            group=group, page=tree, permission=permission
        )
    collection = Collection.get_first_root_node()
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        names = [f"{verb}_{model}" for verb in role.collection]
        for permission in _permissions(app_label, names):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    return group


def _permissions(app_label: str, codenames: Sequence[str]) -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label=app_label, codename__in=codenames
    )
