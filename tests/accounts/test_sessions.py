"""The list of sessions: what it shows, who may end which, and what it costs."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newsroom.access import audit
from newsroom.accounts.models import UserSession
from newsroom.accounts.sessions.browsers import browser_name
from newsroom.accounts.sessions.ending import forget_ended_sessions, living_sessions
from tests.accounts.members import account_manager, chief, entries, member, sign_in
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db
OWN = "/admin/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def signed_in(name: str, agent: str = FIREFOX, address: str = "203.0.113.7") -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    sign_in(client, name)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def of_user(user) -> str:
    return reverse("accounts:user_sessions", args=[user.pk])


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        (CHROME, "Chrome, Android"),
        (f"{CHROME} Edg/140.0", "Edge, Android"),
        (f"{CHROME} YaBrowser/25.8", "Yandex Browser, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Safari/605", "Safari, macOS"),
        ("curl/8.9", "Белгісіз браузер"),
        ("", "Белгісіз браузер"),
    ],
)
def test_browsers_are_named_in_words(agent, name):
    assert browser_name(agent) == name


def test_own_sessions_are_listed_with_browser_and_address_and_this_one_marked():
    member("aigul", "Journalists")
    first, _second = signed_in("aigul"), signed_in("aigul", CHROME, "2001:db8::7")
    page = first.get(OWN)
    rows = {one["browser"]: one for one in page.context["sessions"]}
    assert set(rows) == {"Firefox, Windows", "Chrome, Android"}
    assert rows["Firefox, Windows"]["is_this"]
    assert not rows["Chrome, Android"]["is_this"]
    assert rows["Chrome, Android"]["row"].address == "2001:db8::7"
    assert rows["Firefox, Windows"]["row"].started_at


def test_one_session_is_ended_at_once_and_on_record():
    user = member("aigul", "Journalists")
    here, there, third = (signed_in("aigul") for _number in range(3))
    row = UserSession.objects.get(session_key=there.session.session_key)
    here.post(OWN, {"end": row.pk})
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)
    [entry] = entries(audit.SESSION_END)
    assert (entry.user, entry.data["browser"]) == (user, "Firefox, Windows")


def test_all_other_sessions_are_ended():
    member("aigul", "Journalists")
    here, there, third = (signed_in("aigul") for _number in range(3))
    here.post(OWN, {"all": "1"})
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, False)
    assert len(entries(audit.SESSION_END)) == 2


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 40, "²", "0"])
def test_a_made_up_session_ends_nothing(value):
    member("aigul", "Journalists")
    here, there = signed_in("aigul"), signed_in("aigul")
    assert here.post(OWN, {"end": value}).status_code == 302
    assert (is_in(here), is_in(there)) == (True, True)


def test_nobody_ends_the_session_of_another_from_the_own_page():
    member("aigul", "Journalists")
    member("bolat", "News editors")
    here, other = signed_in("aigul"), signed_in("bolat")
    row = UserSession.objects.get(session_key=other.session.session_key)
    here.post(OWN, {"end": row.pk})
    assert is_in(other)


def test_who_may_see_and_end_the_sessions_of_others():
    target, boss = member("aigul"), chief()
    target.user_permissions.add(Permission.objects.get(codename="access_admin"))
    member("journalist", "Journalists")
    member("editor", "News editors")
    account_manager("manager")
    chief("second")
    for name, user, allowed in (
        ("journalist", target, False),
        ("editor", target, False),
        ("manager", target, True),
        ("manager", boss, False),
        ("second", target, True),
        ("second", boss, True),
    ):
        victim = signed_in(user.username)
        row = UserSession.objects.get(session_key=victim.session.session_key)
        client = signed_in(name)
        assert (client.get(of_user(user)).status_code == 200) is allowed, name
        client.post(of_user(user), {"end": row.pk})
        assert is_in(victim) is not allowed, name
        victim = signed_in(user.username)
        client.post(of_user(user), {"all": "1"})
        assert is_in(victim) is not allowed, name
    visitor = Client()
    assert visitor.get(of_user(target)).status_code == 302
    assert visitor.post(OWN, {"all": "1"}).status_code == 302


def test_the_list_of_users_offers_sessions_only_of_accounts_one_may_manage():
    target, boss = member("aigul"), chief()
    account_manager("manager")
    page = signed_in("manager").get(reverse("wagtailusers_users:index"))
    assert of_user(target) in page.content.decode()
    assert of_user(boss) not in page.content.decode()


def test_signing_out_removes_the_session_from_the_list():
    user = member("aigul", "Journalists")
    client = signed_in("aigul")
    client.post(reverse("wagtailadmin_logout"))
    assert living_sessions(user) == []
    assert not UserSession.objects.exists()


def test_a_new_password_ends_other_sessions():
    user = member("aigul", "Journalists")
    client = signed_in("aigul")
    user.set_password("басқа 5 құпия")
    user.save()
    assert not is_in(client)
    assert not UserSession.objects.filter(user=user).exists()
    assert not Session.objects.exists()


def test_a_session_stays_listed_when_its_key_changes(client):
    user = member("aigul", "Journalists")
    client = signed_in("aigul")
    old = client.session.session_key
    session = client.session
    session.cycle_key()
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert is_in(client)
    [row] = living_sessions(user)
    assert row.session_key == session.session_key != old


def test_a_session_from_before_the_list_is_listed_once_it_is_used():
    user = member("aigul", "Journalists")
    client = signed_in("aigul")
    UserSession.objects.all().delete()
    cache.clear()
    assert is_in(client)
    assert is_in(client)
    assert len(living_sessions(user)) == 1


def test_the_last_use_is_written_at_most_once_in_five_minutes():
    member("aigul", "Journalists")
    client = signed_in("aigul")
    client.get(reverse("wagtailadmin_home"))
    long_ago = timezone.now() - timedelta(days=1)
    UserSession.objects.update(last_used_at=long_ago)

    def writes() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("wagtailadmin_home"))
        sql = [one["sql"] for one in captured]
        return [one for one in sql if "usersession" in one]

    assert writes() == []
    assert UserSession.objects.get().last_used_at == long_ago
    cache.clear()  # five minutes later
    assert len(writes()) == 1
    assert UserSession.objects.get().last_used_at > long_ago
    assert writes() == []


def test_readers_cause_no_query_of_sessions_and_get_no_cookie(homes):
    article = make_article(make_section(homes["kk"]))
    for url in (article.url, "/kk/", "/kk/search/?q=форум"):
        with CaptureQueriesContext(connection) as captured:
            answer = Client().get(url)
        assert answer.status_code == 200
        sql = " ".join(one["sql"] for one in captured)
        assert "session" not in sql
        assert "axes" not in sql
        assert not answer.cookies


def test_expired_sessions_are_not_listed_and_their_rows_are_deleted():
    user = member("aigul", "Journalists")
    expired, living = signed_in("aigul"), signed_in("aigul")
    key = expired.session.session_key
    Session.objects.filter(pk=key).update(expire_date=timezone.now())
    assert [row.session_key for row in living_sessions(user)] == [
        living.session.session_key
    ]
    forget_ended_sessions()
    assert UserSession.objects.count() == Session.objects.count() == 1


def test_the_sessions_of_a_deactivated_account_are_not_alive():
    user = member("aigul", "Journalists")
    signed_in("aigul")
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    assert living_sessions(user) == []
