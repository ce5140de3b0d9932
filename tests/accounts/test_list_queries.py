"""Lists of the administration of accounts take as many queries for any length."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.access import audit
from newsroom.access.audit import record
from newsroom.access.delegation import unmanageable
from tests.accounts.members import chief, member, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return member("administrator", "Administrators")


def read(user, url: str) -> tuple[int, str]:
    """Return the number of queries for the page at *url*, and the page."""
    client = Client()
    client.force_login(user)
    client.get(url)  # fills caches of the process
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(captured), answer.content.decode()


def add_members(first: int, last: int) -> None:
    roles = ("Journalists", "Administrators", "Publishers")
    for number in range(first, last + 1):
        member(f"member{number:02}", roles[number % 3])


@pytest.mark.parametrize("who", ["administrator", "chief"])
def test_the_list_of_users(who, administrator):
    actor = chief() if who == "chief" else administrator
    add_members(1, 3)
    few, _page = read(actor, reverse("wagtailusers_users:index"))
    add_members(4, 12)
    many, page = read(actor, reverse("wagtailusers_users:index"))
    assert many == few
    assert "member12" in page


def test_the_buttons_of_the_list_follow_the_limits_of_delegation(administrator):
    boss, writer = chief(), member("writer", "Journalists")
    _queries, page = read(administrator, reverse("wagtailusers_users:index"))
    for account, shown in ((writer, True), (boss, False)):
        for name in ("user_sessions", "close"):
            assert (reverse(f"accounts:{name}", args=[account.pk]) in page) == shown


def test_what_an_actor_may_manage_takes_as_many_queries_for_any_number(administrator):
    boss = chief()
    counts = []
    for number in (3, 12):
        accounts = [member(f"m{number}-{one}", "Journalists") for one in range(number)]
        actor = get_user_model().objects.get(pk=administrator.pk)  # caches nothing yet
        with CaptureQueriesContext(connection) as captured:
            assert unmanageable(actor, [*accounts, boss]) == [boss]
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_list_of_sessions(administrator):
    owner = member("owner", "Journalists")
    url = reverse("accounts:user_sessions", args=[owner.pk])
    counts = []
    for number in (3, 9):
        for _time in range(number):
            sign_in(Client(), "owner")
        counts.append(read(administrator, url)[0])
    assert owner.sessions.count() == 12
    assert counts[0] == counts[1]


def test_the_audit_report(administrator):
    url = reverse("accounts:audit")
    counts = []
    for first, last in ((1, 3), (4, 12)):
        add_members(first, last)
        for number in range(first, last + 1):
            sign_in(Client(), f"member{number:02}")
            record(audit.SIGN_IN_FAILED, typed=f"unknown{number}")
        queries, page = read(administrator, url)
        counts.append(queries)
    assert "unknown12" in page
    assert counts[0] == counts[1]
