"""`setup_site` on a site in use: what it restores and what it keeps."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils.translation import override
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from newsroom.access.roles import LANGUAGE_ROLES, ROLES, create_new_roles, create_roles
from tests.access.rights import LANGUAGES, OWN, Newsroom, documented, member_of
from tests.factories import make_article, make_section

TABLE = documented()
GROUPS = [
    *(role.name for role in ROLES),
    *(f"{role.name}: {code}" for code in LANGUAGES for role in LANGUAGE_ROLES),
]
STORED = (
    Group,
    Group.permissions.through,
    GroupPagePermission,
    GroupCollectionPermission,
    Workflow,
    WorkflowTask,
    WorkflowPage,
    GroupApprovalTask,
    GroupApprovalTask.groups.through,
)


def stored() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in STORED]


@pytest.fixture
def no_roles(db) -> None:
    """Delete the groups of the newsroom; those of Wagtail are left."""
    Group.objects.filter(name__in=GROUPS).delete()
    Workflow.objects.filter(workflow_pages__page__depth=2).delete()


def test_the_command_names_the_groups_that_it_creates(no_roles):
    printed = StringIO()
    call_command("setup_site", stdout=printed)
    (line,) = [
        line for line in printed.getvalue().splitlines() if line.startswith("Groups")
    ]
    names = line.removeprefix("Groups: ").split(", ")
    assert sorted(names) == sorted(GROUPS)
    assert set(names) <= set(Group.objects.values_list("name", flat=True))


def test_the_groups_are_returned_by_their_names(no_roles):
    created = create_roles()
    assert sorted(created) == sorted(GROUPS)
    assert {name: group.name for name, group in created.items()} == dict(
        zip(created, created, strict=True)
    )


def test_a_second_run_changes_nothing(no_roles):
    create_roles()
    before = stored()
    create_roles()
    assert stored() == before


def test_permissions_that_were_revoked_are_granted_again(homes):
    newsroom = Newsroom(homes)
    members = {
        role: member_of(role if role in GROUPS else f"{role}: {OWN}") for role in TABLE
    }
    for group in Group.objects.filter(name__in=GROUPS):
        group.permissions.clear()
        group.page_permissions.all().delete()
        group.collection_permissions.all().delete()
    before = {role: newsroom.rights_of(user) for role, user in members.items()}
    kept = {"approve in a review"}  # belongs to the workflow
    for rights in before.values():
        assert {rights[action] for action in rights.keys() - kept} == {"–"}
    create_roles()
    after = {role: newsroom.rights_of(user) for role, user in members.items()}
    assert after == TABLE


def test_permissions_and_members_that_the_newsroom_added_are_kept(homes):
    group = Group.objects.get(name="Journalists")
    member = member_of("Journalists")
    section = make_section(homes["ru"])
    own = Group.objects.create(name="Sports desk")
    collection = Collection.get_first_root_node().add_child(name="Sports")
    for extended in (group, own):
        extended.permissions.add(Permission.objects.get(codename="view_querycount"))
        GroupPagePermission.objects.create(
            group=extended,
            page=section,
            permission=Permission.objects.get(codename="publish_page"),
        )
        GroupCollectionPermission.objects.create(
            group=extended,
            collection=collection,
            permission=Permission.objects.get(codename="add_image"),
        )
    member.groups.add(own)
    before = stored()
    create_roles()
    assert stored() == before
    member.refresh_from_db()
    assert set(member.groups.all()) == {group, own}
    assert member.has_perm("insight.view_querycount")
    article = make_article(section, live=False)
    assert article.permissions_for_user(member).can_publish()


def test_permissions_of_another_package_with_the_same_codename_are_not_granted(
    no_roles,
):
    """A codename is unique within a content type only."""
    other = ContentType.objects.create(app_label="another_package", model="thing")
    codenames = set(Permission.objects.values_list("codename", flat=True))
    foreign = Permission.objects.bulk_create(
        Permission(content_type=other, codename=codename, name=codename)
        for codename in codenames
    )
    create_roles()
    assert len(foreign) > 100
    for model in (
        Group.permissions.through,
        GroupPagePermission,
        GroupCollectionPermission,
    ):
        assert model.objects.exists()
        assert not model.objects.filter(permission__in=foreign).exists()


NAMES = {"kk": "Бекіту: Қазақша", "ru": "Бекіту: Орысша", "en": "Бекіту: Ағылшынша"}


def approvers(page) -> set[str]:
    """Return the groups that approve *page*, by the workflow that would be started."""
    (task,) = page.get_workflow().tasks
    return set(task.specific.groups.values_list("name", flat=True))


def test_each_language_gets_a_workflow_in_the_language_of_the_site(no_roles, homes):
    with override("ru"):
        create_roles()
    for code, home in homes.items():
        workflow = home.get_workflow()
        (step,) = workflow.workflow_tasks.all()
        assert workflow.name == step.task.name == NAMES[code]
        assert workflow.active
        assert step.task.active
        assert step.sort_order == 0
        editors = {f"Language editors: {code}", "News editors", "Publishers"}
        assert approvers(home) == editors


def test_a_workflow_that_the_newsroom_has_assigned_is_kept(no_roles, homes):
    own = Workflow.objects.create(name="Two steps")
    chief = Group.objects.create(name="Chief editors")
    for number in (1, 2):
        task = GroupApprovalTask.objects.create(name=f"Step {number}")
        task.groups.set([chief])
        WorkflowTask.objects.create(workflow=own, task=task, sort_order=number)
    WorkflowPage.objects.create(workflow=own, page=homes["ru"])
    create_roles()
    assert homes["ru"].get_workflow() == own
    assert not Workflow.objects.filter(name=NAMES["ru"]).exists()
    for task in own.tasks:
        assert set(task.specific.groups.all()) == {chief}
    assert homes["kk"].get_workflow().name == NAMES["kk"]


def test_news_editors_and_publishers_approve_wherever_wagtails_moderators_do(no_roles):
    moderators, _ = Group.objects.get_or_create(name="Moderators")
    others = Group.objects.create(name="moderators of comments")
    tasks = {}
    for name, groups in {
        "both": (moderators, others),
        "theirs": (moderators,),
        "not theirs": (others,),
        "nobody's": (),
    }.items():
        tasks[name] = GroupApprovalTask.objects.create(name=name)
        tasks[name].groups.set(groups)
    created = create_roles()
    added = {created["News editors"], created["Publishers"]}
    assert {name: set(task.groups.all()) for name, task in tasks.items()} == {
        "both": {moderators, others, *added},
        "theirs": {moderators, *added},
        "not theirs": {others},
        "nobody's": set(),
    }


def test_publishers_made_later_approve_wherever_news_editors_do(no_roles, homes):
    """A site of a version without Publishers keeps its workflows."""
    create_roles()
    Group.objects.get(name="Publishers").delete()
    assert approvers(homes["ru"]) == {"Language editors: ru", "News editors"}
    create_roles()
    for code, home in homes.items():
        editors = {f"Language editors: {code}", "News editors", "Publishers"}
        assert approvers(home) == editors


NEW = ("Publishers", "Archivists", "Administrators")


def test_publishers_made_by_an_upgrade_approve_wherever_news_editors_do(
    no_roles, homes
):
    create_roles()
    Group.objects.get(name="Publishers").delete()
    assert create_new_roles(NEW) == ["Publishers"]
    for code, home in homes.items():
        editors = {f"Language editors: {code}", "News editors", "Publishers"}
        assert approvers(home) == editors


def test_new_roles_are_created_without_touching_the_groups_that_exist(no_roles):
    create_roles()
    Group.objects.filter(
        name__in=("Archivists", "Administrators", "Journalists")
    ).delete()
    for group in Group.objects.all():
        group.permissions.clear()
    before = set(Group.objects.values_list("name", flat=True))
    assert create_new_roles(NEW) == ["Archivists", "Administrators"]
    assert not Group.permissions.through.objects.filter(group__name__in=before).exists()
    for name in ("Archivists", "Administrators"):
        assert Group.objects.get(name=name).permissions.count() > 4
    assert create_new_roles(NEW) == []
    assert not Group.objects.filter(name="Journalists").exists()
