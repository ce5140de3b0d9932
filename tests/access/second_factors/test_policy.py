"""Users who must have a second factor, and are led to set one up."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page

from newsroom.access.second_factors.permissions import must_have_factor
from tests.access.second_factors.conftest import (
    HOME,
    code_of,
    enter_password,
    give_app,
    is_signed_in,
    url,
)


def fresh(user):
    """Return *user* without cached permissions."""
    return type(user).objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("groups", "must"),
    [
        (["News editors"], True),
        (["Language editors: ru"], True),
        (["Journalists", "Language editors: en"], True),
        (["Journalists"], False),
        (["Translators: kk"], False),
        ([], False),
    ],
)
def test_publishers_must_have_a_factor(in_production, make_user, groups, must):
    assert must_have_factor(make_user("somebody", *groups)) is must


@pytest.mark.parametrize(
    "codename", ["add_user", "change_user", "delete_user", "change_group", "add_group"]
)
@pytest.mark.parametrize("way", ["user", "group"])
def test_administrators_must_have_a_factor(in_production, make_user, codename, way):
    user = make_user("somebody")
    permission = Permission.objects.get(codename=codename)
    if way == "user":
        user.user_permissions.add(permission)
    else:
        group = Group.objects.create(name="Staff")
        group.permissions.add(permission)
        user.groups.add(group)
    assert must_have_factor(fresh(user))


def test_superusers_must_have_a_factor(in_production, boss):
    assert must_have_factor(boss)


def test_who_may_publish_one_page_must_have_a_factor(in_production, make_user, homes):
    user = make_user("somebody")
    group = Group.objects.create(name="One section")
    user.groups.add(group)
    assert not must_have_factor(fresh(user))
    GroupPagePermission.objects.create(
        group=group,
        page=Page.objects.get(pk=homes["ru"].pk),
        permission=Permission.objects.get(codename="publish_page"),
    )
    assert must_have_factor(fresh(user))


def test_who_approves_reviews_must_have_a_factor(in_production, make_user):
    """The last approval of a workflow publishes the page."""
    user = make_user("somebody")
    group = Group.objects.create(name="Approvers")
    user.groups.add(group)
    task = GroupApprovalTask.objects.create(name="Approve", active=False)
    task.groups.add(group)
    assert not must_have_factor(fresh(user))
    task.active = True
    task.save()
    assert must_have_factor(fresh(user))


@pytest.mark.parametrize(("value", "must"), [("everyone", True), ("nobody", False)])
def test_the_setting_says_who_must_have_a_factor(
    settings, journalist, boss, value, must
):
    settings.SECOND_FACTOR_REQUIRED = value
    assert must_have_factor(journalist) is must
    assert must_have_factor(boss) is must


def test_an_unknown_value_of_the_setting_is_an_error(settings):
    settings.SECOND_FACTOR_REQUIRED = "publisher"
    assert "second_factors.E001" in {one.id for one in run_checks()}
    with pytest.raises(CommandError, match="SECOND_FACTOR_REQUIRED"):
        call_command("check")


def test_without_a_required_factor_nothing_opens_but_the_set_up(
    in_production, client, editor
):
    enter_password(client, editor)
    followed = client.get("/admin/pages/", follow=True)
    assert followed.request["PATH_INFO"] == url("set_up")
    assert not is_signed_in(client)
    assert client.get(url("set_up_app")).status_code == 200
    assert client.get("/admin/account/").status_code == 302


def test_the_set_up_of_an_app_signs_in_and_goes_on(in_production, client, editor):
    enter_password(client, editor)
    target = f"{url('set_up_app')}?next=/admin/pages/"
    page = client.get(target).content.decode()
    app = editor.totpdevice_set.get()
    assert not app.confirmed
    assert client.get(target).content.decode().count(page_key(page)) == 1
    response = client.post(target, {"code": code_of(app), "next": "/admin/pages/"})
    codes = f"{url('recovery_codes')}?next=%2Fadmin%2Fpages%2F"
    assert response["Location"] == codes
    assert is_signed_in(client)
    shown = client.post(codes, {"next": "/admin/pages/"})
    assert len(shown.context["codes"]) == 10
    assert 'href="/admin/pages/"' in shown.content.decode()


def page_key(page: str) -> str:
    return page.partition('sign-in__key">')[2].partition("<")[0]


def test_a_factor_is_required_as_soon_as_someone_may_publish(
    in_production, client, journalist
):
    enter_password(client, journalist)
    assert is_signed_in(client)
    journalist.groups.add(Group.objects.get(name="News editors"))
    assert not is_signed_in(client)


def test_without_a_requirement_a_password_signs_in(client, editor, boss):
    for user in (editor, boss):
        client.logout()
        enter_password(client, user)
        assert is_signed_in(client)


def test_a_factor_of_ones_own_will_is_asked_for_too(client, journalist):
    app = give_app(journalist)
    enter_password(client, journalist)
    assert not is_signed_in(client)
    response = client.post(url("second_step"), {"code": code_of(app)})
    assert response["Location"] == HOME
    assert is_signed_in(client)
