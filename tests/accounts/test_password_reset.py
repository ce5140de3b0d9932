"""A request for a new password tells nothing of which accounts exist."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from newsroom.access import audit
from newsroom.accounts.models import LockOut, ResetRequest
from newsroom.accounts.resetting.forms import delete_old_requests
from tests.accounts.members import PASSWORD, entries, member, run_queue, sign_in

pytestmark = pytest.mark.django_db
NEW = "басқа 5 құпия сөз"


def ask(email: str, address: str = "203.0.113.7", **extra):
    url = reverse("wagtailadmin_password_reset")
    return Client().post(url, {"email": email}, REMOTE_ADDR=address, **extra)


def link() -> str:
    return re.search(r"https?://\S+?(/admin/password_reset/confirm/\S+)", body())[1]


def body() -> str:
    return mail.outbox[-1].body


def set_new_password(path: str, client: Client | None = None):
    client = client or Client()
    form = client.get(path, follow=True)
    url = form.redirect_chain[-1][0] if form.redirect_chain else path
    return client.post(url, {"new_password1": NEW, "new_password2": NEW})


@pytest.mark.parametrize("kind", ["unknown", "inactive", "no password", "two accounts"])
def test_the_answer_is_the_same_for_any_address(kind):
    member("aigul", email="known@example.kz")
    if kind == "inactive":
        member("other", email="other@example.kz", is_active=False)
    elif kind == "no password":
        user = member("other", email="other@example.kz")
        user.set_unusable_password()
        user.save()
    elif kind == "two accounts":
        member("other", email="other@example.kz")
        member("third", email="other@example.kz")
    seen = []
    for email in ("known@example.kz", "other@example.kz"):
        with CaptureQueriesContext(connection) as captured:
            answer = ask(email)
        done = Client().get(answer.url)
        # Names, hashes and times of this request differ; the statements do not.
        sql = [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in captured]
        page = re.sub(rb"(?i:csrf).*", b"", done.content)
        seen.append((answer.status_code, answer.url, answer.content, page, sql))
        assert mail.outbox == []  # the worker sends it
    assert seen[0] == seen[1]


def test_the_worker_sends_the_link_in_the_owners_language():
    user = member("aigul")
    UserProfile.objects.create(user=user, preferred_language="ru")
    ask(user.email.upper())
    run_queue()
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == [user.email]
    assert "парол" in (mail.outbox[0].subject + body()).lower()
    assert set_new_password(link()).status_code == 302
    assert get_user_model().objects.get(pk=user.pk).check_password(NEW)


def test_the_link_does_not_follow_the_host_header(settings):
    user = member("aigul")
    settings.ALLOWED_HOSTS = ["*"]
    ask(user.email, HTTP_HOST="evil.example")
    run_queue()
    assert "evil.example" not in body()
    assert settings.WAGTAILADMIN_BASE_URL in body()


def test_nobody_gets_a_mail_for_an_unknown_address():
    ask("unknown@example.kz")
    run_queue()
    assert mail.outbox == []
    assert entries(audit.PASSWORD_RESET_REQUEST) == []


def test_a_request_is_recorded_with_the_clients_address():
    user = member("aigul")
    ask(user.email)
    run_queue()
    [entry] = entries(audit.PASSWORD_RESET_REQUEST)
    assert (entry.object_id, entry.data["address"]) == (str(user.pk), "203.0.113.7")


def test_an_account_gets_few_mails_and_the_answer_does_not_change(settings):
    user = member("aigul")
    limit = settings.PASSWORD_RESETS_PER_ACCOUNT
    urls = {
        ask(email, f"203.0.113.{number}").url
        for number in range(limit + 3)
        for email in [user.email if number % 2 else user.email.upper()]
    }
    run_queue()
    assert len(mail.outbox) == limit
    assert urls == {reverse("wagtailadmin_password_reset_done")}


def test_an_address_is_refused_after_too_many_requests_whoever_they_are_for(settings):
    settings.PASSWORD_RESETS_PER_ADDRESS = 4
    for number in range(4):
        assert ask(f"{number}@example.kz").status_code == 302
    user = member("aigul")
    for email in (user.email, "unknown@example.kz"):
        refused = ask(email)
        assert refused.status_code == 200
        assert "бір сағаттан кейін" in refused.content.decode()
    assert ask(user.email, "198.51.100.1").status_code == 302
    ResetRequest.objects.update(requested_at=timezone.now() - timedelta(hours=1))
    assert ask(user.email).status_code == 302


def test_an_address_that_is_none_is_refused_and_not_counted():
    for email in ("", "x", "a@b@c", "a" * 300 + "@example.kz"):
        assert ask(email).status_code == 200
    assert not ResetRequest.objects.exists()


def test_a_reset_ends_all_sessions_and_releases_the_account(settings):
    user = member("aigul", "Journalists")
    clients = [Client(), Client()]
    for client in clients:
        sign_in(client, "aigul")
    for _time in range(settings.LOCKOUT_FAILURES):
        sign_in(Client(), "aigul", "wrong", REMOTE_ADDR="203.0.113.7")
    assert LockOut.objects.filter(username="aigul").exists()
    ask(user.email)
    run_queue()
    path = link()
    set_new_password(path)
    for client in clients:
        assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert not user.sessions.exists()
    fresh = Client()
    sign_in(fresh, "aigul", PASSWORD, REMOTE_ADDR="203.0.113.7")
    assert "_auth_user_id" not in fresh.session
    sign_in(fresh, "aigul", NEW, REMOTE_ADDR="203.0.113.7")
    assert "_auth_user_id" in fresh.session


def test_a_link_works_once():
    user = member("aigul")
    ask(user.email)
    run_queue()
    path = link()
    set_new_password(path)
    user.refresh_from_db()
    before = user.password
    assert set_new_password(path).status_code == 200
    user.refresh_from_db()
    assert user.password == before


def test_old_requests_are_deleted():
    ask("a@example.kz")
    delete_old_requests()
    assert "example" not in str(vars(ResetRequest.objects.get()))
    ResetRequest.objects.update(requested_at=timezone.now() - timedelta(hours=2))
    delete_old_requests()
    assert not ResetRequest.objects.exists()
