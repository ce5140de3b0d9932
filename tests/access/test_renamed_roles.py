"""Members and permissions follow a role whose name changes."""

from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, Page, PageViewRestriction

from newsroom.access import roles
from tests.factories import make_section


@pytest.fixture
def renamed(monkeypatch, db) -> None:
    """Give the roles of editors and translators new names."""

    def rename(role: roles.Role) -> roles.Role:
        name = NAMES.get(role.name)
        return replace(role, name=name, former_names=(role.name,)) if name else role

    for constant in ("ROLES", "LANGUAGE_ROLES"):
        changed = tuple(rename(role) for role in getattr(roles, constant))
        monkeypatch.setattr(roles, constant, changed)


NAMES = {"Journalists": "Reporters", "Translators": "Interpreters"}


def member(group: Group):
    user = get_user_model().objects.create_user(f"member of {group.name}")
    user.groups.add(group)
    return user


def test_members_keep_their_role_under_its_new_name(renamed):
    reporter = member(Group.objects.get(name="Journalists"))
    translator = member(Group.objects.get(name="Translators: ru"))
    pks = {one.pk for user in (reporter, translator) for one in user.groups.all()}
    assert roles.rename_roles() == {
        "Journalists": "Reporters",
        "Translators: en": "Interpreters: en",
        "Translators: kk": "Interpreters: kk",
        "Translators: ru": "Interpreters: ru",
    }
    assert reporter.groups.get().name == "Reporters"
    assert translator.groups.get().name == "Interpreters: ru"
    renamed_pks = set(
        Group.objects.filter(user__in=[reporter, translator]).values_list(
            "pk", flat=True
        )
    )
    assert renamed_pks == pks
    assert roles.rename_roles() == {}


def test_a_group_that_already_has_the_new_name_takes_everything_over(renamed, homes):
    former = Group.objects.get(name="Journalists")
    successor = Group.objects.create(name="Reporters")
    old, both, new = member(former), member(Group.objects.create(name="x")), None
    both.groups.set([former, successor])
    new = member(successor)
    section = make_section(homes["kk"])
    former.permissions.add(Permission.objects.get(codename="view_querycount"))
    publish = Permission.objects.get(codename="publish_page")
    for group in (former, successor):
        group.page_permissions.create(page=section, permission=publish)
    former.collection_permissions.create(
        collection=Collection.get_first_root_node().add_child(name="Sports"),
        permission=Permission.objects.get(codename="choose_image"),
    )
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.set([former])
    restriction = PageViewRestriction.objects.create(
        page=section, restriction_type="groups"
    )
    restriction.groups.set([former])

    assert roles.rename_roles()["Journalists"] == "Reporters"

    assert not Group.objects.filter(name="Journalists").exists()
    for user in (old, both, new):
        assert [group.name for group in user.groups.exclude(name="x")] == ["Reporters"]
    assert successor.permissions.filter(codename="view_querycount").exists()
    assert successor.page_permissions.filter(page=section).count() == 1
    root = Page.get_first_root_node()
    assert successor.page_permissions.filter(page=root).count() == 2
    assert successor.collection_permissions.filter(collection__name="Sports").exists()
    assert list(task.groups.all()) == [successor]
    assert list(restriction.groups.all()) == [successor]


def test_groups_of_the_newsroom_with_a_similar_name_are_left_alone(renamed):
    own = [
        Group.objects.create(name=name)
        for name in ("Journalists of the evening", "Translators", "journalists")
    ]
    roles.rename_roles()
    for group, name in zip(
        own, ("Journalists of the evening", "Interpreters", "journalists"), strict=True
    ):
        group.refresh_from_db()
        assert group.name == name


def test_setting_up_a_site_renames_before_it_creates(renamed):
    user = member(Group.objects.get(name="Journalists"))
    count = Group.objects.count()
    roles.create_roles()
    assert Group.objects.count() == count
    assert user.groups.get().name == "Reporters"
