"""Lock-outs: what locks, what does not, and how an owner gets in again."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import authenticate, get_user_model
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from newsroom.access import audit
from newsroom.accounts.lockout.clients import client_network, counted_name
from newsroom.accounts.lockout.handler import delete_old_attempts
from newsroom.accounts.models import LockOut
from newsroom.web.proxies import behind_proxies
from tests.accounts.members import (
    PASSWORD,
    chief,
    entries,
    member,
    run_queue,
    sign_in,
)
from tests.factories import make_section

pytestmark = pytest.mark.django_db
LOCKED = 429


@pytest.fixture
def aigul():
    return member("aigul", "Journalists")


def fail(name: str, times: int, address: str = "203.0.113.7", client=None) -> int:
    """Fail to sign in; return the status of the last answer."""
    status = 0
    for _time in range(times):
        answer = sign_in(client or Client(), name, "wrong", REMOTE_ADDR=address)
        status = answer.status_code
    return status


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def can_sign_in(name: str = "aigul", address: str = "203.0.113.7") -> bool:
    client = Client()
    sign_in(client, name, REMOTE_ADDR=address)
    return is_in(client)


def pass_minutes(minutes: int) -> None:
    past = timedelta(minutes=minutes)
    for lock in LockOut.objects.all():
        lock.until -= past
        lock.mailed_at = lock.mailed_at and lock.mailed_at - past
        lock.save()
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=attempt.attempt_time - past
        )


def mailed_link() -> str:
    return re.search(r"https?://\S+?(/admin/release/\S+)", mail.outbox[-1].body)[1]


def test_the_right_password_is_refused_after_too_many_failures(aigul, settings):
    limit = settings.LOCKOUT_FAILURES
    assert fail("aigul", limit - 1) == 200
    assert can_sign_in()
    assert fail("aigul", limit - 1) == 200  # success has forgotten the first ones
    assert fail("aigul", 1) == LOCKED
    assert not can_sign_in()


def test_a_lock_ends_after_its_time_and_failures_meanwhile_do_not_prolong_it(
    aigul, settings
):
    fail("aigul", settings.LOCKOUT_FAILURES)
    pass_minutes(settings.LOCKOUT_MINUTES - 1)
    assert fail("aigul", 20) == LOCKED
    pass_minutes(1)
    assert can_sign_in()


def test_an_account_that_does_not_exist_is_locked_with_the_same_page(aigul, settings):
    pages, queries = {}, {}
    for name in ("aigul", "nobody"):
        fail(name, settings.LOCKOUT_FAILURES - 1)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            last = sign_in(Client(), name, "wrong", REMOTE_ADDR="203.0.113.7")
        again = sign_in(Client(), name, "wrong", REMOTE_ADDR="203.0.113.7")
        assert (last.status_code, again.status_code) == (LOCKED, LOCKED)
        assert 0 < int(again["Retry-After"]) <= settings.LOCKOUT_MINUTES * 60 + 1
        pages[name] = [
            re.sub(rb"\d{1,2}:\d\d|(?i:csrf).*", b"", one.content)
            for one in (last, again)
        ]
        queries[name] = [re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in captured]
    assert pages["aigul"] == pages["nobody"]
    assert queries["aigul"] == queries["nobody"]


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_page_says_until_when_in_the_readers_language(aigul, settings, code):
    fail("aigul", settings.LOCKOUT_FAILURES)
    page = sign_in(
        Client(), "aigul", REMOTE_ADDR="203.0.113.7", HTTP_ACCEPT_LANGUAGE=code
    ).content.decode()
    words = {"kk": "бұғатталған", "ru": "заблокирован", "en": "locked"}
    assert words[code] in page
    until = timezone.localtime(LockOut.objects.get().until)
    assert f"{until:%H:%M}".lstrip("0") in page or f"{until:%-I:%M}" in page


def test_an_account_is_not_locked_at_other_addresses(aigul, settings):
    fail("aigul", settings.LOCKOUT_FAILURES, "203.0.113.7")
    assert not can_sign_in(address="203.0.113.7")
    assert can_sign_in(address="198.51.100.1")


def test_guessing_at_many_accounts_locks_the_address(aigul, settings):
    settings.LOCKOUT_FAILURES_PER_ADDRESS = 7
    for number in range(7):
        fail(f"name {number}", 1)
    assert not can_sign_in()
    assert can_sign_in(address="198.51.100.1")


def test_signing_in_with_an_own_account_does_not_reset_the_address(aigul, settings):
    settings.LOCKOUT_FAILURES_PER_ADDRESS = 6
    for number in range(6):
        assert can_sign_in()
        fail(f"name {number}", 1)
    assert not can_sign_in()


def test_guessing_from_many_addresses_locks_the_account_but_not_known_browsers(
    aigul, settings
):
    settings.LOCKOUT_FAILURES_PER_ACCOUNT = 12
    known = Client()
    sign_in(known, "aigul", REMOTE_ADDR="198.51.100.1")
    known.post(reverse("wagtailadmin_logout"))
    session = Client()
    sign_in(session, "aigul", REMOTE_ADDR="198.51.100.2")
    for number in range(12):
        fail("aigul", 1, f"203.0.113.{number}")
    assert not can_sign_in(address="192.0.2.77")
    sign_in(known, "aigul", REMOTE_ADDR="192.0.2.77")
    assert is_in(known)
    assert session.get(reverse("wagtailadmin_home")).status_code == 200


def test_a_known_browser_has_a_limit_of_its_own(aigul, settings):
    known = Client()
    sign_in(known, "aigul")
    known.post(reverse("wagtailadmin_logout"))
    assert fail("aigul", settings.LOCKOUT_FAILURES, client=known) == LOCKED
    sign_in(known, "aigul")
    assert not is_in(known)
    assert can_sign_in()


def test_the_cookie_of_a_known_browser_serves_one_account_and_cannot_be_made_up(
    aigul, settings
):
    member("bolat")
    known = Client()
    answer = sign_in(known, "aigul")
    [(name, cookie)] = [
        one for one in answer.cookies.items() if one[0].startswith("device_")
    ]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/admin/"
    for value in ("", "x", cookie.value[:-1] + "!", '["aigul", "1"]'):
        forger = Client()
        forger.cookies[name] = value
        LockOut.objects.all().delete()
        AccessAttempt.objects.all().delete()
        fail("aigul", settings.LOCKOUT_FAILURES)
        sign_in(forger, "aigul", REMOTE_ADDR="203.0.113.7")
        assert not is_in(forger)


@pytest.mark.parametrize(
    "spelling", ["AIGUL", " aigul ", "ａｉｇｕｌ", "ai\u200bgul", "Aigul\u202e"]
)
def test_another_spelling_of_a_name_gains_no_attempts(aigul, settings, spelling):
    fail(spelling, settings.LOCKOUT_FAILURES - 1)
    assert fail("aigul", 1) == LOCKED
    assert counted_name(spelling) == "aigul"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unknown", None),
        ("", None),
    ],
)
def test_addresses_of_one_ipv6_network_count_together(address, network):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_a_client_without_an_address_is_counted_too(aigul, settings):
    assert fail("aigul", settings.LOCKOUT_FAILURES, "") == LOCKED


def test_only_trusted_proxies_name_the_client():
    seen = []

    def site(environ, start_response):
        seen.append(environ["REMOTE_ADDR"])
        return []

    served = behind_proxies(site, "127.0.0.1")
    for remote in ("127.0.0.1", "198.51.100.9"):
        environ = {"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": "203.0.113.7"}
        served(environ, lambda *_: None)
    assert seen == ["203.0.113.7", "198.51.100.9"]


def test_an_invented_forwarded_address_gains_no_attempts(aigul, settings):
    for number in range(settings.LOCKOUT_FAILURES):
        answer = sign_in(
            Client(), "aigul", "wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}"
        )
    assert answer.status_code == LOCKED


def test_the_owner_gets_one_mail_in_their_language_and_gets_in(
    aigul, settings, django_capture_on_commit_callbacks
):
    UserProfile.objects.create(user=aigul, preferred_language="ru")
    with django_capture_on_commit_callbacks(execute=True):
        fail("aigul", settings.LOCKOUT_FAILURES + 5)
        run_queue()
    assert len(mail.outbox) == 1
    message = mail.outbox[0]
    assert message.to == [aigul.email]
    assert "заблокирован" in message.subject + message.body
    browser = Client()
    link = mailed_link()
    page = browser.get(link, REMOTE_ADDR="203.0.113.7")
    assert page.status_code == 200
    assert not can_sign_in()  # a mail filter that opens the link releases nothing
    assert browser.post(link).status_code == 302
    assert can_sign_in()
    assert [one.object_id for one in entries(audit.LOCK_OUT_RELEASE)] == [str(aigul.pk)]
    assert browser.get(link).status_code == 410
    assert browser.post(link).status_code == 410


def test_an_attack_that_goes_on_does_not_lock_the_released_browser(
    aigul, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        fail("aigul", settings.LOCKOUT_FAILURES)
        run_queue()
    browser = Client()
    browser.post(mailed_link(), REMOTE_ADDR="203.0.113.7")
    assert fail("aigul", settings.LOCKOUT_FAILURES) == LOCKED
    sign_in(browser, "aigul", REMOTE_ADDR="203.0.113.7")
    assert is_in(browser)


def test_locks_from_many_addresses_send_one_mail_until_its_link_is_used(
    aigul, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(4):
            fail("aigul", settings.LOCKOUT_FAILURES, f"203.0.113.{number}")
            run_queue()
    assert len(mail.outbox) == 1
    Client().post(mailed_link())
    assert not LockOut.objects.filter(username="aigul").exists()
    with django_capture_on_commit_callbacks(execute=True):
        fail("aigul", settings.LOCKOUT_FAILURES, "203.0.113.9")
        run_queue()
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("kind", ["unknown", "inactive", "no mail"])
def test_nobody_gets_a_mail_for_an_account_that_cannot_sign_in(
    settings, kind, django_capture_on_commit_callbacks
):
    if kind != "unknown":
        member(
            "closed",
            is_active=kind != "inactive",
            email="" if kind == "no mail" else "a@example.kz",
        )
    with django_capture_on_commit_callbacks(execute=True):
        assert fail("closed", settings.LOCKOUT_FAILURES) == LOCKED
        run_queue()
    assert mail.outbox == []


def test_a_link_is_refused_after_an_hour_or_if_it_was_changed(
    aigul, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        fail("aigul", settings.LOCKOUT_FAILURES)
        run_queue()
    link = mailed_link()
    for wrong in (link[:-2] + "x/", "/admin/release/x/", "/admin/release/W10:x:y/"):
        assert Client().post(wrong).status_code == 410
    settings.LOCKOUT_LINK_SECONDS = -1
    assert Client().post(link).status_code == 410
    assert not can_sign_in()


def test_a_lock_is_recorded_once_with_its_end(aigul, settings):
    fail("aigul", settings.LOCKOUT_FAILURES + 3)
    [entry] = entries(audit.LOCK_OUT)
    assert (entry.object_id, entry.data["kind"]) == (str(aigul.pk), "pair")
    assert len(entries(audit.SIGN_IN_FAILED)) == settings.LOCKOUT_FAILURES
    assert str(timezone.localtime(LockOut.objects.get().until).year) in entry.message


def test_the_commands_of_axes_release_accounts_and_addresses(aigul, settings):
    settings.LOCKOUT_FAILURES_PER_ADDRESS = 2 * settings.LOCKOUT_FAILURES
    fail("aigul", settings.LOCKOUT_FAILURES)
    call_command("axes_reset_username", "Aigul", verbosity=0)
    assert can_sign_in()
    for number in range(settings.LOCKOUT_FAILURES_PER_ADDRESS):
        fail(f"name {number}", 1)
    assert not can_sign_in()
    call_command("axes_reset_ip", "203.0.113.7", verbosity=0)
    assert can_sign_in()
    assert len(entries(audit.LOCK_OUT_RELEASE)) == 2


def test_a_wrong_old_password_counts_and_ends_no_session(aigul, settings, client):
    sign_in(client, "aigul")
    form = {
        "name_email-first_name": "A",
        "name_email-last_name": "B",
        "name_email-email": aigul.email,
        "notifications-submitted_notifications": "on",
        "locale-preferred_language": "kk",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
        "password-old_password": "wrong",
        "password-new_password1": "басқа 5 құпия сөз",
        "password-new_password2": "басқа 5 құпия сөз",
    }
    url = reverse("wagtailadmin_account")
    for _time in range(settings.LOCKOUT_FAILURES - 1):
        assert client.post(url, form).status_code == 200
    assert client.post(url, form).status_code == LOCKED
    form["password-old_password"] = PASSWORD
    assert client.post(url, form).status_code == LOCKED
    assert get_user_model().objects.get(pk=aigul.pk).check_password(PASSWORD)
    assert client.get(url).status_code == 200


def test_the_password_of_a_page_cannot_be_guessed(homes, settings):
    page = make_section(homes["kk"])
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="ашық"
    )
    url = reverse(
        "wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk]
    )
    right = {"password": "ашық", "return_url": "/"}
    wrong = right | {"password": "x"}
    assert Client().post(url, right).status_code == 302
    for _time in range(settings.LOCKOUT_FAILURES):
        assert Client().post(url, wrong).status_code in (200, LOCKED)
    assert Client().post(url, right).status_code == LOCKED
    assert Client().get(url).status_code == 200
    other = Client().post(url, right, REMOTE_ADDR="198.51.100.1")
    assert other.status_code == 302


def test_code_without_a_request_cannot_check_passwords_unnoticed(aigul):
    with pytest.raises(Exception, match="requires a request"):
        authenticate(username="aigul", password=PASSWORD)
    request = HttpRequest()
    assert authenticate(request, username="aigul", password=PASSWORD) == aigul


def test_the_front_login_is_locked_too(aigul, settings):
    url = reverse("wagtailcore_login")
    form = {"username": "aigul", "password": "wrong"}
    for _time in range(settings.LOCKOUT_FAILURES):
        answer = Client().post(url, form, REMOTE_ADDR="203.0.113.7")
    assert answer.status_code == LOCKED
    assert not can_sign_in()


def test_old_failures_and_locks_are_deleted(aigul, settings):
    fail("aigul", settings.LOCKOUT_FAILURES)
    delete_old_attempts()
    assert (LockOut.objects.count(), AccessAttempt.objects.count()) == (1, 1)
    pass_minutes(settings.LOCKOUT_MINUTES + 1)
    delete_old_attempts()
    assert (LockOut.objects.count(), AccessAttempt.objects.count()) == (0, 0)


def test_stored_failures_contain_nothing_that_was_typed_but_the_name(aigul):
    fail("aigul", 1)
    attempt = AccessAttempt.objects.get()
    assert (attempt.get_data, attempt.post_data) == ("", "")


def test_administrators_are_locked_like_others(settings):
    chief()
    assert fail("chief", settings.LOCKOUT_FAILURES) == LOCKED
    assert not can_sign_in("chief")
