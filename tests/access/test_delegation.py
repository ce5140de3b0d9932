"""Nobody gives an account more than they may do themselves, by any way."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Page

from newsroom.access.permissions import may_manage_account
from newsroom.access.roles import ADMINISTRATORS, ARCHIVISTS, PUBLISHERS
from tests.access.rights import member_of, user_with

PASSWORD = "ұзақ-құпиясөз-2041"
HOME = "/admin/"
UNTYPED = str.maketrans(" :", "--")  # not allowed in a username that is typed


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chief", "chief@example.org", "x")


@pytest.fixture
def administrator(db):
    return member_of(ADMINISTRATORS)


@pytest.fixture
def helper(db):
    """Return an account that may change users, and neither groups nor pages."""
    return user_with("access_admin", "add_user", "change_user", "delete_user")


def account_form(user=None, **changes) -> dict:
    """Return what the form of an account posts."""
    groups = list(user.groups.values_list("pk", flat=True)) if user else []
    return {
        "username": user.username.translate(UNTYPED) if user else "new",
        "email": "someone@example.org",
        "first_name": "Айгүл",
        "last_name": "Сейітова",
        "is_active": "on",
        "groups": groups,
        "password1": "" if user else PASSWORD,
        "password2": "" if user else PASSWORD,
    } | changes


def edit(client, actor, user, **changes):
    client.force_login(actor)
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    return client.post(url, account_form(user, **changes))


def group_form(group=None, **changes) -> dict:
    held = list(group.permissions.values_list("pk", flat=True)) if group else []
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0}
    panels = ("page", "collection", "image", "document")
    return {
        "name": group.name if group else "New group",
        "permissions": held,
        **{f"{p}_permissions-{k}": v for p in panels for k, v in empty.items()},
    } | changes


def permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def was_refused(response) -> bool:
    return response.status_code == 302 and response.url == HOME


def test_an_administrator_makes_accounts_and_gives_them_any_role(client, administrator):
    client.force_login(administrator)
    groups = list(Group.objects.values_list("pk", flat=True))
    form = account_form(groups=groups)
    response = client.post(reverse("wagtailusers_users:add"), form)
    assert response.status_code == 302
    made = get_user_model().objects.get(username="new")
    assert made.check_password(PASSWORD)
    assert made.groups.count() == len(groups)
    response = edit(client, administrator, made, groups=groups[:1])
    assert response.status_code == 302
    assert made.groups.count() == 1


@pytest.mark.parametrize("value", ["on", "true", "1"])
def test_an_administrator_makes_no_superuser(client, administrator, value):
    client.force_login(administrator)
    form = account_form(is_superuser=value)
    client.post(reverse("wagtailusers_users:add"), form)
    assert get_user_model().objects.get(username="new").is_superuser is False
    for user in (member_of("Journalists"), administrator):
        edit(client, administrator, user, is_superuser=value)
        user.refresh_from_db()
        assert (user.is_superuser, user.first_name) == (False, "Айгүл")


def test_a_superuser_makes_superusers(client, chief):
    user = member_of("Journalists")
    edit(client, chief, user, is_superuser="on")
    user.refresh_from_db()
    assert user.is_superuser


@pytest.mark.parametrize(
    "changes",
    [
        {"password1": PASSWORD, "password2": PASSWORD},
        {"email": "mine@example.org"},
        {"is_active": ""},
        {"username": "renamed"},
        {"is_superuser": ""},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_administrator_does_not_change_a_superuser(
    client, administrator, chief, changes
):
    before = get_user_model().objects.filter(pk=chief.pk).values().get()
    assert was_refused(edit(client, administrator, chief, **changes))
    assert get_user_model().objects.filter(pk=chief.pk).values().get() == before


def test_an_administrator_does_not_see_the_form_of_a_superuser(
    client, administrator, chief
):
    client.force_login(administrator)
    for name in ("edit", "delete"):
        url = reverse(f"wagtailusers_users:{name}", args=[chief.pk])
        assert was_refused(client.get(url))


def test_no_copy_of_an_account_overwrites_it(client, administrator, chief):
    """Wagtail's form for a copy is bound to the original account."""
    client.force_login(administrator)
    for actor in (administrator, chief):
        client.force_login(actor)
        url = f"/admin/users/copy/{chief.pk}/"
        response = client.post(url, account_form(username="chief"), follow=True)
        assert response.status_code == 404
    chief.refresh_from_db()
    assert chief.check_password("x")


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("delete", {}),
        ("set_active_state", {"mark_as_active": "False"}),
        ("assign_role", {"role": PUBLISHERS}),
    ],
    ids=["delete", "deactivate", "assign a role"],
)
@pytest.mark.parametrize("chosen", ["id", "all"])
def test_no_bulk_action_of_an_administrator_changes_a_superuser(
    client, administrator, chief, action, data, chosen
):
    other = member_of("Journalists")
    if "role" in data:
        data = {"role": Group.objects.get(name=data["role"]).pk}
    ids = [chief.pk, other.pk] if chosen == "id" else ["all"]
    url = reverse("wagtail_bulk_action", args=["auth", "user", action])
    client.force_login(administrator)
    client.post(f"{url}?{urlencode({'id': ids}, doseq=True)}", data)
    chief.refresh_from_db()
    assert chief.is_active
    assert not chief.groups.exists()


def test_bulk_actions_on_other_accounts_work(client, administrator, chief):
    users = [member_of("Journalists"), member_of("Translators: ru")]
    role = Group.objects.get(name=ARCHIVISTS)
    pks = [user.pk for user in users]
    query = urlencode({"id": pks}, doseq=True)
    client.force_login(administrator)

    def post(action: str, **data):
        url = reverse("wagtail_bulk_action", args=["auth", "user", action])
        return client.post(f"{url}?{query}", data)

    post("assign_role", role=role.pk)
    assert role.user_set.count() == 2
    post("set_active_state", mark_as_active="False")
    assert not get_user_model().objects.filter(
        pk__in=[u.pk for u in users], is_active=1
    )
    post("delete")
    assert not get_user_model().objects.filter(pk__in=pks)


def test_who_may_change_users_only_gives_no_role(client, helper):
    user = member_of("Journalists")
    stranger = get_user_model().objects.create_user("stranger")
    administrators = Group.objects.get(name=ADMINISTRATORS)
    for target in (helper, stranger):
        wanted = [*target.groups.all(), administrators]
        response = edit(client, helper, target, groups=[one.pk for one in wanted])
        assert response.status_code == 200
        assert "groups" in response.context["form"].errors
        assert administrators not in target.groups.all()
    # Accounts that have more than the helper: a password would be enough.
    for target in (user, member_of(ADMINISTRATORS)):
        response = edit(client, helper, target, password1=PASSWORD, password2=PASSWORD)
        assert was_refused(response)
        target.refresh_from_db()
        assert not target.check_password(PASSWORD)
    url = reverse("wagtail_bulk_action", args=["auth", "user", "assign_role"])
    client.post(f"{url}?id={helper.pk}", {"role": administrators.pk})
    assert administrators not in helper.groups.all()
    client.post(
        reverse("wagtailusers_users:add"), account_form(groups=[administrators.pk])
    )
    assert not get_user_model().objects.filter(username="new").exists()
    url = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    client.post(f"{url}?id={user.pk}")
    assert get_user_model().objects.filter(pk=user.pk).exists()


def test_who_may_change_groups_only_grants_no_administration(client, db):
    actor = user_with("access_admin", "add_group", "change_group", "delete_group")
    client.force_login(actor)
    group = actor.groups.get()
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    held = list(group.permissions.values_list("pk", flat=True))
    wanted = permission("auth.change_user")
    response = client.post(url, group_form(group, permissions=[*held, wanted.pk]))
    assert response.status_code == 200
    assert "permissions" in response.context["form"].errors
    assert wanted not in group.permissions.all()
    editorial = permission("articles.add_person")
    response = client.post(url, group_form(group, permissions=[*held, editorial.pk]))
    assert response.status_code == 302
    assert editorial in group.permissions.all()
    add = reverse("wagtailusers_groups:add")
    response = client.post(add, group_form(permissions=[wanted.pk]))
    assert response.status_code == 200
    assert not Group.objects.filter(name="New group").exists()
    # Nor does it change or delete the groups of those who administer.
    other = Group.objects.get(name=ADMINISTRATORS)
    for name in ("edit", "delete"):
        url = reverse(f"wagtailusers_groups:{name}", args=[other.pk])
        assert was_refused(client.get(url))
        assert was_refused(client.post(url, group_form(other, permissions=[])))
    assert Group.objects.get(name=ADMINISTRATORS).permissions.count() > 15


def test_a_permission_that_no_role_has_is_granted_by_superusers_only(
    client, administrator, chief
):
    """A package brings a permission; the newsroom has not decided who may have it."""
    content_type = ContentType.objects.get_for_model(Page)
    foreign = Permission.objects.create(
        content_type=content_type, codename="anything", name="Anything"
    )
    group = Group.objects.create(name="Of a package")
    group.permissions.add(foreign)
    user = member_of("Journalists")
    edit(client, administrator, user, groups=[group.pk])
    assert group not in user.groups.all()
    edit(client, chief, user, groups=[group.pk])
    assert group in user.groups.all()
    assert not may_manage_account(administrator, user)
    direct = member_of("Translators: ru")
    assert may_manage_account(administrator, direct)
    direct.user_permissions.add(foreign)
    assert not may_manage_account(administrator, direct)


def test_an_administrator_changes_every_role(client, administrator):
    client.force_login(administrator)
    for group in Group.objects.all():
        url = reverse("wagtailusers_groups:edit", args=[group.pk])
        assert client.get(url).status_code == 200, group.name
    journalists = Group.objects.get(name="Journalists")
    url = reverse("wagtailusers_groups:edit", args=[journalists.pk])
    wanted = permission("insight.view_querycount")
    response = client.post(url, group_form(journalists, permissions=[wanted.pk]))
    assert response.status_code == 302
    assert wanted in journalists.permissions.all()


@pytest.mark.parametrize(
    "role", ["News editors", PUBLISHERS, ARCHIVISTS, "Journalists"]
)
def test_who_publishes_administers_no_accounts(client, chief, role):
    user = member_of(role)
    client.force_login(user)
    for url in ("/admin/users/", "/admin/groups/", "/admin/users/new/"):
        assert was_refused(client.get(url))
    assert was_refused(edit(client, user, user, is_superuser="on"))
    user.refresh_from_db()
    assert not user.is_superuser


def test_an_administrator_publishes_nothing(client, administrator, homes):
    for home in homes.values():
        tester = home.permissions_for_user(administrator)
        assert not tester.can_edit()
        assert not tester.can_publish()
        assert not tester.can_add_subpage()
        assert not tester.can_delete()
