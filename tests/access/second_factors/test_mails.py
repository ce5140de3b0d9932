"""Mails about second factors: when they are sent, to whom, in which language."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from wagtail.users.models import UserProfile

from newsroom.access.second_factors.codes import make_recovery_codes
from newsroom.access.second_factors.factors import passkeys_of
from tests.access.second_factors.conftest import (
    PASSWORD,
    add_passkey,
    code_of,
    enter_password,
    give_app,
    url,
    use_passkey,
)

ADDRESS = "203.0.113.9"


@pytest.fixture
def member(journalist):
    journalist.email = "daniyar@example.kz"
    journalist.save()
    speak(journalist, "en")
    return journalist


@pytest.fixture
def client(client):
    client.defaults["REMOTE_ADDR"] = ADDRESS
    return client


@pytest.fixture
def app(member):
    return give_app(member)


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """Return a function that calls *action* and returns the mails it sent."""

    def sent_by(action, *args):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action(*args)
        return list(mail.outbox)

    return sent_by


def speak(user, language: str) -> None:
    UserProfile.objects.update_or_create(
        user=user, defaults={"preferred_language": language}
    )


def confirm(client) -> None:
    client.post(url("confirm"), {"password": PASSWORD})


def new_codes(client) -> None:
    confirm(client)
    client.post(url("recovery_codes"))


def new_passkey(client) -> None:
    confirm(client)
    add_passkey(client)


def new_app(client) -> None:
    confirm(client)
    pending = client.get(url("set_up_app")).context["form"].app
    client.post(url("set_up_app"), {"code": code_of(pending)})


def without_app(client) -> None:
    confirm(client)
    client.post(url("remove_app"))


@pytest.mark.parametrize(
    ("language", "subject", "added", "advice", "address"),
    [
        ("kk", "екінші фактор", "кіру кілті қосылды", "құпиясөз", "IP мекенжайы"),
        ("ru", "вторые факторы", "добавлен ключ доступа", "смените пароль", "IP-адрес"),
        ("en", "second factors", "passkey was added", "change your", "IP address"),
    ],
)
def test_the_mail_is_in_the_members_language(
    signed_in, member, mails, language, subject, added, advice, address
):
    speak(member, language)
    [message] = mails(new_passkey, signed_in)
    assert message.to == ["daniyar@example.kz"]
    assert subject in message.subject.lower()
    for text in (added, advice, f"{address}: {ADDRESS}", "daniyar"):
        assert text.lower() in message.body.lower()
    assert re.search(r"\d\d:\d\d|\d:\d\d", message.body)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (new_codes, "New recovery codes were made"),
        (new_app, "An authenticator app was added"),
        (without_app, "The authenticator app was removed"),
    ],
)
def test_each_change_is_told_once(signed_in, mails, change, told):
    [message] = mails(change, signed_in)
    assert told in message.body
    assert ADDRESS in message.body


def test_a_removed_passkey_is_told(signed_in, member, mails):
    new_passkey(signed_in)
    confirm(signed_in)
    key = passkeys_of(member).get().pk
    [message] = mails(signed_in.post, url("remove_passkey", key))
    assert "A passkey was removed" in message.body


def test_a_used_recovery_code_is_told_but_neither_app_nor_passkey(
    client, signed_in, member, app, mails
):
    confirm(signed_in)
    passkey, _answer = add_passkey(signed_in)
    codes = make_recovery_codes(member)
    client.logout()
    assert mails(use_passkey, client, passkey) == []
    client.logout()
    enter_password(client, member)
    app.refresh_from_db()
    assert mails(client.post, url("second_step"), {"code": code_of(app)}) == []
    client.logout()
    enter_password(client, member)
    [message] = mails(client.post, url("second_step"), {"code": codes[0]})
    assert "A recovery code of your account was used" in message.body
    # Also where it only confirms a change.
    [message] = mails(client.post, url("confirm"), {"code": codes[1]})
    assert "A recovery code of your account was used" in message.body


def test_mails_hold_no_links_and_no_codes(signed_in, member, mails):
    [message] = mails(new_codes, signed_in)
    assert "://" not in message.body
    assert not re.search(r"[a-z2-7]{4}-[a-z2-7]{4}", message.body)


@pytest.mark.parametrize(
    ("language", "by_admin", "on_server"),
    [
        ("kk", "әкімші жойды: Болат", "серверде жойылды"),
        ("ru", "удалил администратор: Болат", "удалены на сервере"),
        ("en", "removed by an administrator: Болат", "removed on the server"),
    ],
)
def test_a_reset_is_told(
    client, boss, member, app, mails, language, by_admin, on_server
):
    boss.first_name = "Болат"
    boss.save()
    speak(member, language)
    client.force_login(boss)
    confirm(client)
    address = reverse("reset_second_factors:reset", args=[member.pk])
    [message] = mails(client.post, address)
    assert by_admin in message.body
    assert ADDRESS in message.body
    [message] = mails(call_command, "reset_second_factor", "daniyar")
    assert on_server in message.body
    assert "IP" not in message.body


def test_nobody_is_written_to_without_an_address_or_an_active_account(
    member, app, mails
):
    member.is_active = False
    member.save()
    assert mails(call_command, "reset_second_factor", "daniyar") == []
    member.is_active, member.email = True, ""
    member.save()
    assert mails(call_command, "reset_second_factor", "daniyar") == []
