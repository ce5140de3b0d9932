"""Refused second factors: audit entries, and the lock-out of sign-in."""

import re

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client
from django.utils.translation import override
from wagtail.users.models import UserProfile

from newsroom.access import audit
from newsroom.access.second_factors.codes import make_recovery_codes
from newsroom.accounts.models import LockOut
from tests.access.second_factors.authenticator import Authenticator
from tests.access.second_factors.conftest import (
    LOGIN,
    add_passkey,
    code_of,
    enter_password,
    forget_wrong_codes,
    give_app,
    is_signed_in,
    post_json,
    url,
    use_passkey,
)
from tests.accounts.members import entries, run_queue

LOCKED = 429


@pytest.fixture
def app(editor):
    return give_app(editor)


def fail_code(client, app, times: int = 1) -> int:
    """Type wrong codes of *app*, each after its waiting time; return the status."""
    status = 0
    for _time in range(times):
        forget_wrong_codes(app)
        wrong = "000000" if code_of(app) != "000000" else "000001"
        status = client.post(url("second_step"), {"code": wrong}).status_code
    return status


def fail_password(user, times: int = 1) -> int:
    data = {"username": user.get_username(), "password": "wrong"}
    return [Client().post(LOGIN, data).status_code for _time in range(times)][-1]


def test_each_wrong_code_is_a_failed_sign_in_in_the_audit_log(client, editor, app):
    make_recovery_codes(editor)
    enter_password(client, editor)
    fail_code(client, app, 2)
    client.post(url("second_step"), {"code": "aaaa-bbbb-cccc-dddd"})
    failed = entries(audit.SIGN_IN_FAILED)
    factors = [entry.data["factor"] for entry in failed]
    assert factors == [audit.APP, audit.APP, audit.RECOVERY_CODES]
    assert {entry.object_id for entry in failed} == {str(editor.pk)}
    assert {entry.data["address"] for entry in failed} == {"127.0.0.1"}
    assert not entries(audit.SECOND_FACTOR_FAILED)
    assert "aaaa" not in str([entry.data for entry in failed])
    assert "00000" not in str([entry.data for entry in failed])
    with override("ru"):
        assert "приложение-аутентификатор" in failed[0].message


def test_a_wrong_password_names_no_factor(editor):
    fail_password(editor)
    [entry] = entries(audit.SIGN_IN_FAILED)
    assert "factor" not in entry.data
    with override("en"):
        assert entry.message.lower() == "could not sign in"


def test_wrong_codes_lock_the_account(client, editor, app, settings):
    enter_password(client, editor)
    assert fail_code(client, app, settings.LOCKOUT_FAILURES - 1) == 200
    assert not LockOut.objects.exists()
    assert fail_code(client, app) == LOCKED
    assert LockOut.objects.get().username == "aigerim"
    assert len(entries(audit.SIGN_IN_FAILED)) == settings.LOCKOUT_FAILURES
    assert len(entries(audit.LOCK_OUT)) == 1


def test_the_right_code_is_refused_while_sign_in_is_locked(
    client, editor, app, settings
):
    codes = make_recovery_codes(editor)
    enter_password(client, editor)
    fail_code(client, app, settings.LOCKOUT_FAILURES)
    forget_wrong_codes(app)
    for code in (code_of(app), codes[0]):
        answer = client.post(url("second_step"), {"code": code})
        assert answer.status_code == LOCKED
        assert int(answer["Retry-After"]) > 0
    assert enter_password(Client(), editor).status_code == LOCKED
    assert not is_signed_in(client)
    # What is refused unread is neither counted nor used up.
    assert len(entries(audit.SIGN_IN_FAILED)) == settings.LOCKOUT_FAILURES
    LockOut.objects.all().delete()
    assert client.post(url("second_step"), {"code": code_of(app)}).status_code == 302
    assert is_signed_in(client)


def test_wrong_passwords_and_wrong_codes_count_together(client, editor, app, settings):
    enter_password(client, editor)
    passwords = settings.LOCKOUT_FAILURES - 2
    assert fail_password(editor, passwords) == 200
    assert fail_code(client, app) == 200
    assert fail_password(editor) == LOCKED
    assert len(entries(audit.SIGN_IN_FAILED)) == settings.LOCKOUT_FAILURES
    forget_wrong_codes(app)
    answer = client.post(url("second_step"), {"code": code_of(app)})
    assert answer.status_code == LOCKED


def test_the_right_password_alone_does_not_forget_wrong_codes(editor, app, settings):
    """Anyone who knows the password could guess codes without end otherwise."""
    for _time in range(settings.LOCKOUT_FAILURES):
        client = Client()
        answer = enter_password(client, editor)
        assert answer.status_code == 302
        assert not [name for name in answer.cookies if name.startswith("device_")]
        fail_code(client, app)
    assert enter_password(Client(), editor).status_code == LOCKED


def test_a_complete_sign_in_forgets_failures_and_remembers_the_browser(
    client, editor, app, settings
):
    enter_password(client, editor)
    fail_code(client, app, settings.LOCKOUT_FAILURES - 1)
    forget_wrong_codes(app)
    answer = client.post(url("second_step"), {"code": code_of(app)})
    assert answer.status_code == 302
    assert [name for name in answer.cookies if name.startswith("device_")]
    assert not AccessAttempt.objects.exists()


def test_a_code_that_waits_is_not_counted(client, editor, app):
    enter_password(client, editor)
    fail_code(client, app)
    for _time in range(3):  # not checked: django-otp makes the app wait
        client.post(url("second_step"), {"code": code_of(app)})
    app.refresh_from_db()
    assert app.throttling_failure_count == 1
    assert len(entries(audit.SIGN_IN_FAILED)) == 1


def test_guessing_codes_of_many_accounts_locks_the_address(make_user, settings):
    settings.LOCKOUT_FAILURES_PER_ADDRESS = 3
    for number in range(3):
        user = make_user(f"member{number}", "Journalists")
        app, client = give_app(user), Client()
        enter_password(client, user)
        status = fail_code(client, app)
    assert status == LOCKED
    assert LockOut.objects.get().kind == "address"


def test_wrong_codes_on_the_page_of_confirmation_count(client, editor, app, settings):
    enter_password(client, editor)
    client.post(url("second_step"), {"code": code_of(app)})
    for _time in range(settings.LOCKOUT_FAILURES):
        forget_wrong_codes(app)
        answer = client.post(url("confirm"), {"code": "000000"})
    assert answer.status_code == LOCKED
    assert is_signed_in(client)


def test_refused_passkeys_lock_the_second_step(client, journalist, settings):
    client.force_login(journalist)
    client.post(url("confirm"), {"password": "a password of many words"})
    passkey, _answer = add_passkey(client)
    client.logout()
    forged = Authenticator()
    forged.credential_id = passkey.credential_id
    enter_password(client, journalist)
    for _time in range(settings.LOCKOUT_FAILURES):
        answer = use_passkey(client, forged)
    assert answer.status_code == LOCKED
    assert answer.json()["code"] == "locked_out"
    failed = [entry.data["factor"] for entry in entries(audit.SIGN_IN_FAILED)]
    assert failed == [audit.PASSKEY] * settings.LOCKOUT_FAILURES
    assert post_json(client, url("begin_use"), {}).status_code == LOCKED
    assert not is_signed_in(client)
    # A passkey alone, which cannot be guessed, lets the owner in.
    other = Client()
    assert use_passkey(other, passkey).status_code == 200
    assert is_signed_in(other)


@pytest.mark.parametrize(
    ("language", "advice"),
    [
        ("kk", "құпиясөзіңізді біледі"),
        ("ru", "знает ваш пароль"),
        ("en", "somebody knows your password"),
    ],
)
def test_the_owner_is_told_that_the_password_is_known(
    client, editor, app, settings, language, advice, django_capture_on_commit_callbacks
):
    editor.email = "aigerim@example.kz"
    editor.save()
    UserProfile.objects.update_or_create(
        user=editor, defaults={"preferred_language": language}
    )
    enter_password(client, editor)
    fail_code(client, app, settings.LOCKOUT_FAILURES)
    with django_capture_on_commit_callbacks(execute=True):
        run_queue()
    [message] = mail.outbox
    assert advice in message.body
    assert re.search(r"https?://\S+/admin/release/\S+", message.body)
