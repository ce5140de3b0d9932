"""Upgrades of sites of earlier versions lose nothing, and work on them continues."""

from typing import Any

import pytest

from newsroom.translation.models import TranslationStatus
from newsroom.upgrades.steps import STEPS
from tests.upgrades import kept
from tests.upgrades.comparison import differences
from tests.upgrades.observation import QUERIES
from tests.upgrades.steps import documented_steps

DATABASES = [
    pytest.param("sqlite", marks=pytest.mark.xdist_group("upgrade")),
    pytest.param("postgresql", marks=pytest.mark.postgresql),
]
PARTS = (
    "pages",
    "closed",
    "drafts",
    "versions",
    "names",
    "redirects",
    "permalinks",
    "search",
    "files",
    "users",
    "groups",
    "permissions",
    "workflows",
    "desk",
    "corrections",
    "rows",
)


@pytest.fixture(scope="module", params=kept.versions())
def version(request) -> str:
    return request.param


@pytest.fixture(scope="module", params=DATABASES)
def upgraded(request, version, tmp_path_factory) -> dict[str, Any]:
    """Return the state of a kept site after its upgrade and after further work."""
    folder = tmp_path_factory.mktemp(f"{version}-{request.param}")
    kept.unpack_files(version, folder)
    if request.param == "sqlite":
        database = kept.unpack_sqlite(version, folder)
    else:
        server = request.getfixturevalue("postgresql_server")
        database = kept.unpack_postgresql(version, server)
    return kept.run_on(database, folder, "upgrade")


@pytest.mark.parametrize("part", PARTS)
def test_an_upgrade_loses_and_changes_nothing(upgraded, version, part):
    before = kept.expected(version)
    assert before[part]
    needed = {part: before[part], "permissions": before["permissions"]}
    found = differences(needed, upgraded["observed"])
    assert found == []


def test_every_part_of_a_site_is_compared(version):
    assert set(PARTS) == set(kept.expected(version))


def test_each_language_is_searched_and_finds_something(version):
    found = kept.expected(version)["search"]
    for code, queries in QUERIES.items():
        answers = [found[f"{code}: {query}"] for query in queries]
        assert len(answers) >= 10
        assert len([answer for answer in answers if answer]) >= 7


def test_the_kept_translations_are_in_every_state(version):
    rows = kept.expected(version)["desk"].values()
    states = {row[0] for row in rows if row and isinstance(row[0], str)}
    assert states >= {*TranslationStatus.State.values} - {"refused"}


def test_every_role_has_an_account_on_the_kept_site(version):
    before = kept.expected(version)
    taken = {group for user in before["users"].values() for group in user["groups"]}
    assert taken >= before["groups"].keys() - {"Moderators", "Editors"}


def test_one_command_finishes_an_upgrade():
    assert documented_steps() == [["finish_upgrade"]]


def test_an_upgrade_does_its_steps_once(upgraded):
    first, second = upgraded["printed"]
    due = [step.name for step in STEPS if step.since != "0.2.0"]
    for place, name in enumerate(due, 1):
        assert f"Step {place} of {len(due)}, {name}:" in first
    assert "Step" not in second
    assert "up to date" in second


def test_an_upgrade_creates_the_new_roles_without_members(upgraded):
    observed = upgraded["observed"]
    for role in ("Publishers", "Archivists", "Administrators"):
        assert len(observed["groups"][role]) > 5
        assert not [u for u in observed["users"].values() if role in u["groups"]]


def test_accounts_log_in_and_every_page_opens_in_the_editor(upgraded):
    assert upgraded["work"]["logged_in"] is True
    assert upgraded["work"]["editors_failed"] == []


def test_pages_scheduled_before_the_upgrade_are_published_after_it(upgraded):
    due = upgraded["work"]["due"]
    assert {title: one["status"] for title, one in due.items()} == {
        "Уақыты келген мақала": 200,
        "Уақыты келген өзгеріс": 200,
        "Рұқсатсыз мақала": 404,  # refused before
        "Кейін шығатын мақала": 404,  # in a hundred years
    }
    assert "Жаңартылған мәтін шығады" in due["Уақыты келген өзгеріс"]["lines"]
    assert [one["missing"] for one in due.values()] == [[]] * 4


@pytest.mark.parametrize(
    ("work", "line"),
    [
        ("restored", "Қайта қалпына келеді"),
        ("published", "Ешкім әлі оқыған жоқ"),
        ("translated", "Кітапхана жаңа ғимаратқа көшті"),
    ],
    ids=["a deleted page", "a draft", "a translation"],
)
def test_work_begun_before_the_upgrade_is_published_after_it(upgraded, work, line):
    found = upgraded["work"][work]
    assert (found["status"], found["missing"]) == (200, [])
    assert line in found["lines"]


def test_pages_published_after_the_upgrade_are_found(upgraded):
    assert upgraded["work"]["found"][0] == "/kk/qogam/zhoba-qysqy-mausym/"
