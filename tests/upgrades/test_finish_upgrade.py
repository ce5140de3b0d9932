"""The command that finishes an upgrade: in order, once, and never backwards."""

import fcntl
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, migrations, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from newsroom.upgrades import steps, versions
from newsroom.upgrades.additions import only_adds
from newsroom.upgrades.lock import FILE
from newsroom.upgrades.management.commands import finish_upgrade
from newsroom.upgrades.models import FinishedStep

LATER = "9.0.0"


@pytest.fixture
def site(db, monkeypatch) -> list[str]:
    """Return the commands that the upgrade of a site calls; they do nothing."""
    called: list[str] = []

    def call(name, **options):
        called.append(name)

    monkeypatch.setattr(finish_upgrade, "call_command", call)
    FinishedStep.objects.all().delete()
    return called


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """Return what three steps have done; the second fails while "broken" is in it."""
    found: list[str] = []

    def work(name):
        def run():
            if name == "b" and "broken" in found:
                raise RuntimeError("the disk is full")
            found.append(name)

        return run

    made = tuple(steps.Step(one, LATER, work(one), "works") for one in "abc")
    old = steps.Step("old", "0.2.0", work("old"), "was done before")
    for module in (steps, finish_upgrade):
        monkeypatch.setattr(module, "STEPS", (old, *made))
    return found


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("finish_upgrade", *arguments, stdout=output)
    return output.getvalue()


def test_steps_are_done_in_order_and_once(site, done):
    printed = run()
    assert done == ["a", "b", "c"]
    assert "Step 2 of 3, b: works." in printed
    assert site == [
        "compile_catalogues",
        "collectstatic",
        "migrate",
        "check",
        "check_search",
    ]
    assert "up to date" in run()
    assert done == ["a", "b", "c"]


def test_an_interrupted_upgrade_goes_on_where_it_stopped(site, done):
    done.append("broken")
    with pytest.raises(RuntimeError):
        run()
    assert done == ["broken", "a"]
    done.remove("broken")
    run()
    assert done == ["a", "b", "c"]


def test_a_step_is_done_again_on_request(site, done):
    run()
    run("--again", "old", "--again", "b")
    assert done == ["a", "b", "c", "old", "b"]


def test_an_image_keeps_its_catalogues_and_static_files(site, done):
    run("--without-files")
    assert site == ["migrate", "check", "check_search"]


def test_a_plan_changes_nothing(site, done):
    assert "Step b: works." in run("--plan")
    assert (site, done) == ([], [])
    assert not FinishedStep.objects.exists()


def test_what_the_search_lacks_is_left_to_do(site, done, monkeypatch):
    def call(name, **options):
        if name == "check_search":
            raise CommandError("There are differences")

    monkeypatch.setattr(finish_upgrade, "call_command", call)
    with pytest.raises(CommandError, match="Left to do:\ncheck_search: There are"):
        run()
    assert done == ["a", "b", "c"]


def test_a_new_site_has_nothing_to_rebuild(site, done, monkeypatch):
    monkeypatch.setattr(versions, "is_new_site", lambda: True)
    with pytest.raises(CommandError, match="setup_site"):
        run()
    assert done == []
    monkeypatch.undo()
    assert FinishedStep.objects.count() == 4


def test_what_is_left_to_do_does_not_keep_a_site_from_starting(
    site, done, monkeypatch, capsys
):
    monkeypatch.setattr(versions, "is_new_site", lambda: True)
    run("--before-start")
    assert capsys.readouterr().err.startswith("Left to do:\nsetup_site")


def test_a_site_does_not_start_after_a_step_that_failed(site, done):
    done.append("broken")
    with pytest.raises(RuntimeError, match="disk is full"):
        run("--before-start")


def test_a_database_of_a_later_version_is_left_as_it_is(site, done):
    MigrationRecorder(connection).record_applied("articles", "0099_of_the_future")
    with pytest.raises(CommandError, match="0099_of_the_future"):
        run()
    assert (site, done) == ([], [])


def test_migrations_of_the_time_before_the_first_version_do_not_count(site, done):
    recorder = MigrationRecorder(connection)
    recorder.record_applied("articles", "0007_plain_labels")
    recorder.migration_qs.filter(name="0007_plain_labels").update(
        applied=timezone.now() - timedelta(days=3000)
    )
    run()
    assert done == ["a", "b", "c"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file is SQLite's lock")
def test_two_upgrades_do_not_run_at_once(site, done):
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / FILE).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="Another upgrade is running"):
            run()
    assert (site, done) == ([], [])
    run()
    assert done == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("operation", "adds"),
    [
        (migrations.CreateModel("A", [("id", models.AutoField(primary_key=True))]), 1),
        (migrations.AddField("a", "b", models.TextField(null=True)), True),
        (migrations.AddField("a", "b", models.TextField(db_default="")), True),
        (migrations.AddField("a", "b", models.ManyToManyField("c")), True),
        (migrations.AlterModelOptions("a", {"ordering": ["b"]}), True),
        (migrations.AddField("a", "b", models.TextField(default="")), False),
        (migrations.RemoveField("a", "b"), False),
        (migrations.AlterField("a", "b", models.TextField()), False),
        (migrations.RenameModel("a", "b"), False),
        (migrations.DeleteModel("a"), False),
        (migrations.RunPython(migrations.RunPython.noop), False),
        (migrations.RunSQL("SELECT 1"), False),
        (
            migrations.SeparateDatabaseAndState(
                database_operations=[migrations.RunSQL("SELECT 1")]
            ),
            False,
        ),
        (
            migrations.SeparateDatabaseAndState(
                state_operations=[migrations.DeleteModel("a")]
            ),
            True,
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_plan_tells_migrations_that_only_add(operation, adds):
    migration = migrations.Migration("0001", "app")
    migration.operations = [operation]
    assert only_adds(migration) == adds


def test_steps_have_one_name_each_and_a_version():
    names = [step.name for step in steps.STEPS]
    assert len(names) == len(set(names))
    assert all(versions.number(step.since) for step in steps.STEPS)
