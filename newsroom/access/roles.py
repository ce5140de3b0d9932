"""Groups and their permissions that a newsroom starts with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, override
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

# Tree depth of the home page of each language, below the root page.
HOME_DEPTH = 2
PUBLISHERS, ARCHIVISTS = "Publishers", "Archivists"
ADMINISTRATORS = "Administrators"
SNIPPETS = ("person", "organisation", "place", "topic")


@dataclass(frozen=True, slots=True)
class Role:
    """The permissions of a group.

    ``page`` are for pages, ``entity`` for names and topics, ``termbase`` for agreed
    terms, ``collection`` for pictures and documents; in Wagtail, "change" includes
    their deletion. ``localize`` allows to start translations, ``insight`` to see
    statistics, ``corrections`` to withdraw published versions, ``redirects`` to manage
    redirects. ``administration`` are permissions to administer the site, as
    "app.codename"; ``folders`` are for collections themselves. ``former_names`` are
    names that the group had in earlier versions: see :func:`rename_roles`.
    """

    name: str
    page: tuple[str, ...]
    entity: tuple[str, ...]
    termbase: tuple[str, ...]
    collection: tuple[str, ...]
    localize: tuple[str, ...] = ()
    insight: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    administration: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()


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
    # Answer for what is published, in all languages, and for its structure: they may
    # delete a section with all its articles.
    Role(
        name=PUBLISHERS,
        page=(
            "add_page",
            "change_page",
            "publish_page",
            "bulk_delete_page",
            "lock_page",
            "unlock_page",
        ),
        entity=("add", "change", "delete", "view"),
        termbase=("add", "change", "delete", "view"),
        collection=("add", "change", "choose"),
        localize=("submit_translation",),
        insight=("view_querycount",),
        corrections=("withdraw_publishedversion",),
        redirects=("add", "change", "delete"),
    ),
    # Maintain what was published before. "add_page" is needed to restore pages.
    Role(
        name=ARCHIVISTS,
        page=("add_page", "change_page", "publish_page"),
        entity=("add", "change", "delete", "view"),
        termbase=("view",),
        collection=("add", "change", "choose"),
        insight=("view_querycount",),
        corrections=("withdraw_publishedversion",),
        redirects=("add", "change", "delete"),
    ),
    # Administer accounts and the site. They write and publish nothing: see decision 27.
    # "unlock_page" also shows them the page tree and its history.
    Role(
        name=ADMINISTRATORS,
        page=("unlock_page",),
        entity=(),
        termbase=(),
        collection=(),
        insight=("view_querycount",),
        redirects=("add", "change", "delete"),
        administration=tuple(
            f"{app}.{verb}_{model}"
            for app, models in (
                ("auth", ("user", "group")),
                ("wagtailcore", ("site", "locale", "workflow", "task")),
            )
            for model in models
            for verb in ("add", "change", "delete")
        ),
        folders=("add", "change", "delete"),
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

    Groups are renamed first where a role has a new name. Permissions that a newsroom
    has granted since are kept; none is removed.
    """
    rename_roles()
    root = Page.get_first_root_node()
    had_publishers = Group.objects.filter(name=PUBLISHERS).exists()
    groups = {role.name: _create_role(role, role.name, root) for role in ROLES}
    approvers = [groups["News editors"], groups[PUBLISHERS]]
    for task in GroupApprovalTask.objects.filter(groups__name="Moderators").distinct():
        task.groups.add(*approvers)
    if not had_publishers:
        _let_approve(groups[PUBLISHERS], wherever=groups["News editors"])
    for home in Page.objects.filter(depth=HOME_DEPTH).select_related("locale"):
        groups |= _create_language_roles(home, approvers)
    return groups


def create_new_roles(names: Iterable[str]) -> list[str]:
    """Create those of *names* that are missing; return what was created.

    Unlike :func:`create_roles`, grants nothing to groups that exist, and leaves other
    roles alone, which the newsroom may have deleted.
    """
    rename_roles()
    root = Page.get_first_root_node()
    editors = Group.objects.filter(name="News editors").first()
    missing = set(names) - set(Group.objects.values_list("name", flat=True))
    created = [role for role in ROLES if role.name in missing]
    for role in created:
        group = _create_role(role, role.name, root)
        if role.name == PUBLISHERS and editors:
            _let_approve(group, wherever=editors)
    return [role.name for role in created]


def rename_roles() -> dict[str, str]:
    """Rename the groups of roles that have a new name; return former -> new names.

    If a group with the new name exists already, it takes over the members, permissions
    and approval tasks, and the former group is deleted. Groups per language follow
    their role ("Translators: kk").
    """
    renamed = {}
    for role in (*ROLES, *LANGUAGE_ROLES):
        for former in role.former_names:
            groups = Group.objects.filter(
                Q(name=former) | Q(name__startswith=f"{former}: ")
            )
            for group in groups.order_by("pk"):
                name = role.name + group.name.removeprefix(former)
                renamed[group.name] = name
                _rename(group, name)
    return renamed


def _rename(group: Group, name: str) -> None:
    successor = Group.objects.filter(name=name).first()
    if successor is None:
        group.name = name
        group.save(update_fields=["name"])
        return
    successor.user_set.add(*group.user_set.all())
    successor.permissions.add(*group.permissions.all())
    for held in GroupPagePermission.objects.filter(group=group):
        GroupPagePermission.objects.get_or_create(
            group=successor, page=held.page, permission=held.permission
        )
    for kept in GroupCollectionPermission.objects.filter(group=group):
        GroupCollectionPermission.objects.get_or_create(
            group=successor, collection=kept.collection, permission=kept.permission
        )
    _let_approve(successor, wherever=group)
    for restriction in PageViewRestriction.objects.filter(groups=group):
        restriction.groups.add(successor)
    for restriction in CollectionViewRestriction.objects.filter(groups=group):
        restriction.groups.add(successor)
    group.delete()


def _let_approve(group: Group, *, wherever: Group) -> None:
    """Add *group* to each approval task that another group has."""
    for task in GroupApprovalTask.objects.filter(groups=wherever):
        task.groups.add(group)


def _create_language_roles(home: Page, everywhere: list[Group]) -> dict[str, Group]:
    """Create the groups of translators and editors of one language, and its workflow.

    Their permissions, and the workflow, cover the tree of that language only.
    """
    code = home.locale.language_code
    groups = {
        f"{role.name}: {code}": _create_role(role, f"{role.name}: {code}", home)
        for role in LANGUAGE_ROLES
    }
    if not WorkflowPage.objects.filter(page=home).exists():
        _create_workflow(home, [groups[f"Language editors: {code}"], *everywhere])
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
    wanted = _editorial(role)
    for permission_name in role.administration:
        app_label, codename = permission_name.split(".")
        wanted.append((app_label, [codename]))
    for app_label, codenames in wanted:
        group.permissions.add(*_permissions(app_label, codenames))
    for permission in _permissions("wagtailcore", role.page):
        GroupPagePermission.objects.get_or_create(
            group=group, page=tree, permission=permission
        )
    collection = Collection.get_first_root_node()
    for app_label, model, verbs in (
        ("wagtailimages", "image", role.collection),
        ("wagtaildocs", "document", role.collection),
        ("wagtailcore", "collection", role.folders),
    ):
        names = [f"{verb}_{model}" for verb in verbs]
        for permission in _permissions(app_label, names):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    return group


def editorial_permissions() -> QuerySet[Permission]:
    """Return the permissions of the roles, without those to administer the site.

    Those on pictures and documents count too, which groups of Wagtail's own have.
    """
    wanted = Q(content_type__app_label__in=("wagtailimages", "wagtaildocs"))
    for role in (*ROLES, *LANGUAGE_ROLES):
        for app_label, codenames in _editorial(role):
            wanted |= Q(content_type__app_label=app_label, codename__in=codenames)
    return Permission.objects.filter(wanted)


def _editorial(role: Role) -> list[tuple[str, Sequence[str]]]:
    """Return the permissions of *role* that hold everywhere, by app."""
    return [
        ("wagtailadmin", ["access_admin"]),
        ("wagtail_localize", role.localize),
        ("articles", [f"{verb}_{model}" for verb in role.entity for model in SNIPPETS]),
        ("newsroom_translation", [f"{verb}_concept" for verb in role.termbase]),
        ("insight", role.insight),
        ("corrections", role.corrections),
        ("wagtailredirects", [f"{verb}_redirect" for verb in role.redirects]),
    ]


def _permissions(app_label: str, codenames: Sequence[str]) -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label=app_label, codename__in=codenames
    )
