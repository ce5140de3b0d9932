"""Reset of the factors of somebody else, in the admin and on the server."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp import devices_for_user
from django_otp_webauthn.models import WebAuthnCredential
from wagtail.models import ModelLogEntry

from newsroom.access.second_factors.codes import make_recovery_codes
from newsroom.access.second_factors.permissions import may_reset_factors
from tests.access.second_factors.conftest import (
    PASSWORD,
    code_of,
    enter_password,
    give_app,
    is_signed_in,
    url,
)


def reset_url(user) -> str:
    return reverse("reset_second_factors:reset", args=[user.pk])


def devices(user) -> int:
    return len(list(devices_for_user(user, confirmed=None)))


def sign_in(client, user):
    enter_password(client, user)
    app = user.totpdevice_set.first()
    if app is not None:
        client.post(url("second_step"), {"code": code_of(app)})
    client.post(url("confirm"), {"password": PASSWORD})
    return client


@pytest.fixture
def administrator(make_user):
    """Someone who manages accounts and roles, but is no superuser."""
    user = make_user("administrator")
    names = ("access_admin", "change_user", "change_group")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


@pytest.fixture
def target(editor):
    give_app(editor)
    make_recovery_codes(editor)
    WebAuthnCredential.objects.create(user=editor, credential_id=b"1")
    return editor


@pytest.mark.parametrize("who", ["boss", "administrator"])
def test_who_may_manage_an_account_resets_its_factors(
    request, client, target, events, who
):
    admin = request.getfixturevalue(who)
    sign_in(client, admin)
    assert client.get(reset_url(target)).status_code == 200
    assert devices(target) == 3
    response = client.post(reset_url(target))
    assert response["Location"] == reverse("wagtailusers_users:index")
    assert devices(target) == 0
    assert events[-1] == ("reset", None, "aigerim", admin.username)


def test_a_reset_has_to_be_confirmed(client, boss, target):
    enter_password(client, boss)
    for ask in (client.get, client.post):
        assert ask(reset_url(target))["Location"].startswith(url("confirm"))
    assert devices(target) == 3


def test_an_account_that_may_do_more_is_not_reset(client, user_admin, target):
    sign_in(client, user_admin)
    for ask in (client.get, client.post):
        assert ask(reset_url(target)).status_code == 302
    assert devices(target) == 3


def test_who_may_change_users_does_not_reset_a_superuser(client, user_admin, boss):
    give_app(boss)
    sign_in(client, user_admin)
    assert client.post(reset_url(boss)).status_code == 302
    assert devices(boss) == 1
    assert not may_reset_factors(user_admin, boss)


@pytest.mark.parametrize("who", ["boss", "user_admin"])
def test_nobody_resets_his_own_factors(request, client, who):
    admin = request.getfixturevalue(who)
    give_app(admin)
    sign_in(client, admin)
    assert client.post(reset_url(admin)).status_code == 302
    assert devices(admin) == 1


def test_others_reset_nothing(client, journalist, target):
    sign_in(client, journalist)
    assert client.post(reset_url(target)).status_code == 302
    assert devices(target) == 3


def test_a_superuser_resets_another_superuser(client, boss, make_user):
    other = make_user("other", is_superuser=True)
    give_app(other)
    sign_in(client, boss)
    client.post(reset_url(other))
    assert devices(other) == 0


def test_an_unknown_user_is_not_found(client, boss):
    sign_in(client, boss)
    response = client.post("/admin/reset-second-factors/999999/", follow=True)
    assert response.status_code == 404


def test_the_list_of_users_offers_the_reset(client, user_admin, boss, target):
    sign_in(client, user_admin)
    page = client.get(reverse("wagtailusers_users:index")).content.decode()
    assert reset_url(target) in page
    assert reset_url(boss) not in page
    assert reset_url(user_admin) not in page


def test_after_a_reset_the_password_leads_to_a_new_factor(
    in_production, client, target
):
    call_command("reset_second_factor", "aigerim", verbosity=0)
    enter_password(client, target)
    page = client.get("/admin/", follow=True)
    assert page.request["PATH_INFO"] == url("set_up")
    assert not is_signed_in(client)


def test_a_reset_ends_the_sessions_of_the_user(in_production, client, target):
    sign_in(client, target)
    assert is_signed_in(client)
    other = Client()
    enter_password(other, target)
    call_command("reset_second_factor", "aigerim", verbosity=0)
    # Not even half: the password has to be entered again.
    for one in (client, other):
        assert one.get("/admin/")["Location"].startswith("/admin/login/")
        assert one.get("/admin/login/").status_code == 200


def test_the_command_says_what_it_did_and_what_follows(
    in_production, capsys, boss, target, journalist
):
    call_command("reset_second_factor", "aigerim")
    printed = capsys.readouterr().out
    assert "removed 1 passkey(s), 1 authenticator app(s) and 10 unused" in printed
    assert "must set up a new second factor" in printed
    call_command("reset_second_factor", "daniyar")
    printed = capsys.readouterr().out
    assert "removed 0 passkey(s), 0 authenticator app(s) and 0 unused" in printed
    assert "with the password alone" in printed
    journalist.is_active = False
    journalist.save()
    call_command("reset_second_factor", "daniyar")
    assert "deactivated" in capsys.readouterr().out
    assert devices(target) == 0
    entry = ModelLogEntry.objects.get(
        object_id=str(target.pk), action="newsroom.second_factor.reset"
    )
    assert entry.user is None


def test_the_command_refuses_an_unknown_user(db, target):
    with pytest.raises(CommandError, match='no user "nobody"'):
        call_command("reset_second_factor", "nobody")
    assert devices(target) == 3
