"""Clients that ask for expensive pages too often are asked to wait."""

import fcntl
import json
import multiprocessing
import re
import struct
from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from newsroom.web.limits import buckets as module
from newsroom.web.limits.buckets import SIZE, WAYS, Buckets, Policy
from newsroom.web.limits.middleware import FILE_NAME, USER_FACTOR
from newsroom.web.limits.policies import SCOPES, policies

POLICY = Policy("search", 5, 10)
PATHS = {
    "search": "/{}/search/?q=форум",
    "suggestions": "/{}/search/suggestions/?q=фо",
    "feeds": "/{}/search/feed.atom?q=форум",
    "api": "/{}/search/results.json?q=форум",
    "exports": "/a/1/kk/cite.bib",
}


@pytest.fixture
def buckets(tmp_path):
    found = Buckets(tmp_path / "limits", b"secret")
    yield found
    found.close()


@pytest.fixture
def limits(settings, tmp_path, monkeypatch):
    """Set small limits; the time stands still."""
    monkeypatch.setattr(module, "clock", lambda: 1_000_000.0)
    settings.VAR_DIR = tmp_path
    settings.RATE_LIMITS = dict.fromkeys(SCOPES, "2/60")
    return settings


def ask(path: str, address: str = "203.0.113.7", client: Client | None = None, **more):
    return (client or Client()).get(path, REMOTE_ADDR=address, **more)


def use_up(path: str, address: str = "203.0.113.7"):
    """Send requests until one is refused; return that response."""
    for _ in range(3):
        response = ask(path, address)
    assert response.status_code == 429
    return response


def statuses(path: str, *addresses: str) -> list[int]:
    return [ask(path, address).status_code for address in addresses]


def test_a_quota_may_be_used_at_once_and_refills_evenly(buckets):
    now = 1_000_000.0
    taken = [buckets.take(POLICY, "a", now) for _ in range(6)]
    assert [one.is_allowed for one in taken] == [True] * 5 + [False]
    assert [one.remaining for one in taken] == [4, 3, 2, 1, 0, 0]
    assert taken[0].reset_after == pytest.approx(2)
    assert taken[5].retry_after == pytest.approx(2)
    assert taken[5].reset_after == pytest.approx(10)
    assert not buckets.take(POLICY, "a", now + 1.9).is_allowed
    assert buckets.take(POLICY, "a", now + 2).is_allowed
    assert not buckets.take(POLICY, "a", now + 2).is_allowed
    assert buckets.take(POLICY, "a", now + 12).remaining == 4


def test_a_refused_request_does_not_lengthen_the_wait(buckets):
    for _ in range(100):
        buckets.take(POLICY, "a", 1_000.0)
    assert buckets.take(POLICY, "a", 1_002.0).is_allowed


def test_clients_and_policies_are_counted_separately(buckets):
    for _ in range(5):
        buckets.take(POLICY, "a", 1_000.0)
    assert not buckets.take(POLICY, "a", 1_000.0).is_allowed
    assert buckets.take(POLICY, "b", 1_000.0).remaining == 4
    assert buckets.take(replace(POLICY, name="feeds"), "a", 1_000.0).remaining == 4


def test_a_clock_that_is_set_back_locks_nobody_out_for_longer_than_a_window(buckets):
    for _ in range(5):
        buckets.take(POLICY, "a", 1_000_000.0)
    assert buckets.take(POLICY, "a", 1_000.0).is_allowed


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0, 1e300])
def test_a_damaged_file_lets_clients_in(tmp_path, value):
    path = tmp_path / "limits"
    path.write_bytes(struct.pack("<Qd", 1, value) * (SIZE // 16))
    found = Buckets(path, b"secret")
    assert all(found.take(POLICY, str(one), 1_000.0).is_allowed for one in range(500))
    found.close()


def test_a_file_of_another_size_is_used(tmp_path):
    path = tmp_path / "limits"
    path.write_bytes(b"short")
    found = Buckets(path, b"secret")
    assert found.take(POLICY, "a", 1_000.0).remaining == 4
    found.close()
    assert path.stat().st_size == SIZE


def test_a_hundred_thousand_clients_take_no_more_space_and_forget_no_offender(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(module, "SETS", 64)
    found = Buckets(tmp_path / "limits", b"secret")
    for _ in range(5):
        found.take(POLICY, "offender", 1_000.0)
    for number in range(100_000 // 50):
        assert found.take(POLICY, f"client {number}", 1_000.0).is_allowed
    assert not found.take(POLICY, "offender", 1_000.0).is_allowed
    assert (tmp_path / "limits").stat().st_size == SIZE
    assert WAYS * 64 < 100_000 // 50
    found.close()


def take_many(path, results) -> None:
    found = Buckets(path, b"secret")
    results.put(sum(found.take(POLICY, "a", 1_000.0).is_allowed for _ in range(50)))


def test_processes_share_one_quota(tmp_path):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    path = tmp_path / "limits"
    processes = [
        context.Process(target=take_many, args=(path, results)) for _ in range(3)
    ]
    for process in processes:
        process.start()
    allowed = sum(results.get(timeout=300) for _ in processes)
    for process in processes:
        process.join(300)
    assert allowed == POLICY.quota


def hold_lock(path, is_held, may_end) -> None:
    with path.open("r+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        is_held.set()
        may_end.wait(300)


def test_a_process_that_is_stopped_with_a_lock_stops_no_other(tmp_path, buckets):
    context = multiprocessing.get_context("spawn")
    is_held, may_end = context.Event(), context.Event()
    process = context.Process(
        target=hold_lock, args=(tmp_path / "limits", is_held, may_end)
    )
    process.start()
    assert is_held.wait(300)
    try:
        taken = [buckets.take(POLICY, "a", 1_000.0) for _ in range(6)]
        assert [one.is_allowed for one in taken] == [True] * 5 + [False]
    finally:
        may_end.set()
        process.join(300)


def test_a_folder_that_cannot_be_written_to_leaves_each_process_its_own_count(
    tmp_path, caplog
):
    (tmp_path / "file").touch()
    found = Buckets(tmp_path / "file" / "limits", b"secret")
    assert "Rate limits are not shared" in caplog.text
    taken = [found.take(POLICY, "a", 1_000.0).is_allowed for _ in range(6)]
    assert taken == [True] * 5 + [False]
    found.close()


def test_the_file_holds_no_address(tmp_path):
    path = tmp_path / "limits"
    found = Buckets(path, b"secret")
    found.take(POLICY, "203.0.113.7", 1_000.0)
    first = path.read_bytes()
    found.close()
    assert b"203.0" not in first
    assert path.stat().st_mode & 0o077 == 0
    other = Buckets(tmp_path / "other", b"another secret")
    other.take(POLICY, "203.0.113.7", 1_000.0)
    assert (tmp_path / "other").read_bytes() != first
    other.close()


@pytest.mark.parametrize("scope", PATHS)
def test_each_expensive_page_has_its_limit(limits, homes, scope):
    path = PATHS[scope].format("kk")
    first = ask(path)
    assert first["RateLimit-Policy"] == f'"{scope}";q=2;w=60'
    assert first["RateLimit"] == f'"{scope}";r=1;t=30'
    assert ask(path).status_code == first.status_code != 429
    refused = ask(path)
    assert refused.status_code == 429
    assert refused["RateLimit"] == f'"{scope}";r=0;t=60'
    assert refused["Retry-After"] == "30"
    assert "no-store" in refused["Cache-Control"]
    assert ask(path, "203.0.113.8").status_code == first.status_code


def test_scopes_do_not_share_a_quota(limits, homes):
    use_up(PATHS["search"].format("kk"))
    assert ask(PATHS["suggestions"].format("kk")).status_code == 200


def test_languages_and_scripts_share_a_quota(limits, homes):
    path = PATHS["search"]
    codes = ("kk", "ru", "kk-latn", "en")
    assert [ask(path.format(code)).status_code for code in codes] == [
        *(200, 200),
        *(429, 429),
    ]


def test_pages_for_reading_are_never_limited(limits, homes):
    for path in ("/kk/", "/ru/archive/", "/kk/nothing/", "/health/live", "/admin/"):
        responses = [ask(path) for _ in range(4)]
        assert 429 not in {response.status_code for response in responses}
        assert not any("RateLimit" in response for response in responses)


def test_the_limit_takes_no_query(limits, homes, django_assert_num_queries):
    path = PATHS["search"].format("kk")
    use_up(path)
    with django_assert_num_queries(0):
        assert ask(path).status_code == 429


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (["2a00:1:2:3::1", "2a00:1:2:3::2", "2a00:1:2:3:ffff::"], [200, 200, 429]),
        (["2a00:1:2:3::1", "2a00:1:2:4::1", "2a00:1:2:5::1"], [200] * 3),
        (["203.0.113.7", "::ffff:203.0.113.7", "203.0.113.7"], [200, 200, 429]),
        (["", "", "", ""], [200] * 4),
    ],
    ids=["one IPv6 network", "three IPv6 networks", "mapped", "Unix socket"],
)
def test_a_client_is_an_ipv4_address_or_an_ipv6_network(
    limits, homes, addresses, expected
):
    assert statuses(PATHS["suggestions"].format("kk"), *addresses) == expected


def test_a_signed_in_editor_behind_a_busy_address_gets_more(
    limits, homes, admin_client
):
    path = PATHS["suggestions"].format("kk")
    use_up(path)
    for left in range(2 * USER_FACTOR - 1, -1, -1):
        response = ask(path, client=admin_client)
        assert response.status_code == 200
        assert response["RateLimit"].startswith(f'"suggestions";r={left};')
    assert ask(path, client=admin_client).status_code == 429
    assert ask(path).status_code == 429


def test_an_invented_session_gets_nothing_more(limits, homes):
    path = PATHS["suggestions"].format("kk")
    use_up(path)
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    assert ask(path, client=client).status_code == 429


def test_exports_of_the_admin_are_limited(limits, homes, admin_client):
    limits.RATE_LIMITS = {"exports": "1/60"}
    path = "/admin/reports/site-history/"
    assert "RateLimit" not in ask(path, client=admin_client)
    codes = [
        ask(f"{path}?export=csv", client=admin_client).status_code
        for _ in range(1 + USER_FACTOR + 1)
    ]
    assert codes == [200] * (1 + USER_FACTOR) + [429]


@pytest.mark.parametrize(
    ("edition", "lang", "word"),
    [
        ("kk", "kk", "секунд"),
        ("kk-latn", "kk-Latn", "sekund"),
        ("kk-arab", "kk-Arab", "سەكۋند"),
        ("ru", "ru", "через"),
        ("en", "en", "seconds"),
    ],
)
def test_the_page_says_when_to_try_again_in_the_reader_s_language(
    limits, homes, edition, lang, word
):
    page = use_up(PATHS["search"].format(edition))
    text = page.text
    assert page["Content-Language"] == lang
    assert f'<html lang="{lang}"' in text
    seconds = page["Retry-After"]
    first = text[: text.index("<h2")]
    assert word in first
    assert re.search(rf"\b{seconds}\b", first)
    assert text.count("<section") == 3
    assert text.count("<h1") == 1
    assert 'content="noindex"' in text


def test_programs_get_json_or_text(limits, homes):
    answer = use_up(PATHS["api"].format("ru"))
    assert set(json.loads(answer.content)) == {"error", "detail"}
    assert use_up(PATHS["suggestions"].format("ru")).json()["error"]
    feed = use_up(PATHS["feeds"].format("ru"))
    assert feed["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("limit", "texts"),
    [
        ("1/60", ("60 секунд",)),
        ("1/61", ("2 минуты",)),
        ("1/3600", ("60 минут",)),
    ],
)
def test_a_long_wait_is_told_in_minutes(limits, homes, limit, texts):
    limits.RATE_LIMITS = {"search": limit}
    page = use_up(PATHS["search"].format("ru"))
    assert all(text in page.text for text in texts)


@pytest.mark.parametrize("limit", ["0", "0/60"])
def test_a_limit_of_zero_is_none(limits, homes, limit):
    limits.RATE_LIMITS = {"search": limit, "feeds": "1/60"}
    path = PATHS["search"].format("kk")
    assert statuses(path, *["203.0.113.7"] * 3) == [200] * 3


@pytest.mark.parametrize(
    "limits_given",
    [
        *(
            {"search": text}
            for text in ("many", "5/0", "-1/60", "5/3601", "5/60/2", "")
        ),
        {"pages": "5/60"},
    ],
)
def test_an_invalid_limit_is_named_at_the_start(settings, limits_given):
    settings.RATE_LIMITS = limits_given
    with pytest.raises(ImproperlyConfigured, match="RATE_LIMIT_"):
        policies()


def test_the_window_is_a_minute_if_none_is_given(settings):
    settings.RATE_LIMITS = {"search": "300"}
    assert policies()["search"] == Policy("search", 300, 60)


def test_the_defaults_are_generous(limits):
    from newsroom.settings import base

    limits.RATE_LIMITS = base.RATE_LIMITS
    found = policies()
    assert set(found) == set(SCOPES)
    # A newsroom of fifty behind one address, each with a search every ten seconds.
    assert found["search"].quota / found["search"].window >= 50 / 10
    assert found["suggestions"].quota >= found["search"].quota


def test_the_counters_are_in_the_folder_of_the_site(limits, homes, tmp_path):
    ask(PATHS["search"].format("kk"))
    assert (tmp_path / FILE_NAME).stat().st_size == SIZE
