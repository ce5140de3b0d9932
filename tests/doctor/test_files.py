"""Folders, disks, static files, fonts, backups and settings: each broken, and named."""

import json
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.checks import Error, register
from django.core.checks.registry import registry as system_checks
from django.core.management import call_command
from django.utils import timezone

from newsroom.doctor import site_client
from newsroom.doctor.checks import media, static_files
from newsroom.doctor.site_client import Answer
from newsroom.settings.environment import find_problems
from tests.doctor.test_servers import assert_one


@pytest.fixture
def folders(settings, tmp_path):
    """Give the site folders of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    return tmp_path


def test_writable_folders_are_fine_and_left_empty(doctor, folders):
    assert_one(doctor("media"), 0, "can be written")
    assert [path for path in folders.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["media", "private"])
def test_a_folder_that_cannot_be_written_to_is_a_failure(doctor, folders, name):
    (folders / name).write_text("in the way")
    assert_one(doctor("media"), 2, str(folders / name), "chown")


def test_folders_on_two_disks_are_a_warning(doctor, folders, settings):
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == folders.stat().st_dev:
        pytest.skip("There is no second disk: /dev/shm.")
    with TemporaryDirectory(dir=other) as folder:
        settings.MEDIA_ROOT = Path(folder)
        assert_one(doctor("media"), 1, "different disks", "one disk")


@pytest.mark.parametrize(
    ("limit", "code"), [("LOW_BYTES", 1), ("FULL_BYTES", 2), ("FULL_PART", 2)]
)
def test_a_full_disk_is_found(doctor, folders, settings, monkeypatch, limit, code):
    settings.VAR_DIR = folders
    for name in ("LOW_BYTES", "LOW_PART", "FULL_BYTES", "FULL_PART"):
        monkeypatch.setattr(media, name, 0)
    assert doctor("disk")[0] == 0
    monkeypatch.setattr(media, limit, 10**18)
    status, results = doctor("disk")
    assert status == code
    assert str(folders) in results[0]["message"]
    assert "Free space" in results[0]["remedy"]


def test_the_disk_of_backups_is_compared(doctor, folders, settings, monkeypatch):
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == folders.stat().st_dev:
        pytest.skip("There is no second disk: /dev/shm.")
    settings.VAR_DIR = folders
    for name in ("LOW_BYTES", "LOW_PART", "FULL_BYTES", "FULL_PART"):
        monkeypatch.setattr(media, name, 0)
    with TemporaryDirectory(dir=other) as folder:
        settings.BACKUP_DIR = Path(folder) / "not" / "made yet"
        _status, results = doctor("disk")
    assert any(f"{folder} has" in one["message"] for one in results)


def test_a_disk_without_room_for_files_is_a_warning(
    doctor, folders, settings, monkeypatch
):
    settings.VAR_DIR = folders
    for name in ("LOW_BYTES", "FULL_BYTES", "FULL_PART"):
        monkeypatch.setattr(media, name, 0)
    monkeypatch.setattr(media, "_free_files", lambda place: 0.001)
    status, results = doctor("disk")
    assert status == 1
    assert "df -i" in results[0]["remedy"]


@pytest.fixture
def collected(settings, tmp_path):
    """Collect a small set of static files with the manifest; return the two folders."""
    source, root = tmp_path / "source", tmp_path / "collected"
    (source / "css").mkdir(parents=True)
    (source / "fonts").mkdir()
    (source / "css" / "base.css").write_text('a { src: url("../fonts/a.woff2") }')
    (source / "fonts" / "a.woff2").write_bytes(b"wOF2 font")
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = root
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return source, root


def test_collected_files_of_the_installed_version_are_fine(doctor, collected):
    assert_one(doctor("static"), 0, "2 static files are collected")


def test_a_file_that_was_not_collected_is_a_failure(doctor, collected):
    (collected[0] / "css" / "new.css").write_text("b {}")
    assert_one(doctor("static"), 2, "css/new.css", "collectstatic")


def test_a_collected_file_of_another_version_is_a_failure(doctor, collected):
    (collected[0] / "css" / "base.css").write_text("a { color: red }")
    assert_one(doctor("static"), 2, "another version, for example css/base.css")


def test_a_lost_collected_file_is_a_failure(doctor, collected):
    for path in collected[1].rglob("a.*.woff2"):
        path.unlink()
    assert_one(doctor("static"), 2, "fonts/a.woff2", "collectstatic")


def test_static_files_without_a_manifest_are_a_failure(doctor, collected, settings):
    settings.STATIC_ROOT = collected[1] / "elsewhere"
    assert_one(doctor("static"), 2, "not been collected", "collectstatic")


def serving(monkeypatch, status: int, body: bytes) -> None:
    monkeypatch.setattr(site_client, "ask", lambda url: Answer(status, {}, body))


def test_fonts_that_are_served_are_fine(doctor, collected, monkeypatch):
    serving(monkeypatch, 200, b"wOF2...")
    assert_one(doctor("fonts"), 0, "1 font is served")


@pytest.mark.parametrize(("status", "body"), [(404, b""), (200, b"<html>")])
def test_fonts_that_are_not_served_are_a_failure(
    doctor, collected, monkeypatch, status, body
):
    serving(monkeypatch, status, body)
    assert_one(doctor("fonts"), 2, "not served: fonts/a.woff2", "collectstatic")


def test_a_missing_font_is_a_failure(doctor, collected):
    (collected[0] / "fonts" / "a.woff2").unlink()
    assert_one(doctor("fonts"), 2, "fonts/a.woff2", "Install the site again")


def test_the_site_has_the_fonts_that_its_stylesheets_name(doctor, monkeypatch):
    serving(monkeypatch, 200, b"wOF2...")
    code, results = doctor("fonts")
    assert code == 0
    fonts = len(list(Path("static/fonts").glob("*.woff2")))
    assert results[0]["message"] == f"{fonts} fonts are served."
    assert {*static_files.installed_files()} >= {"css/base.css"}


@pytest.fixture
def backups(settings, tmp_path):
    """Return a function that writes the status of the last backup."""
    settings.BACKUP_DIR = tmp_path

    def write(**status: object) -> None:
        (tmp_path / "last-backup.json").write_text(json.dumps(status))

    return write


@pytest.mark.parametrize(("hours", "code"), [(1, 0), (30, 1), (60, 2)])
def test_an_old_backup_is_found(doctor, backups, hours, code):
    taken_at = (timezone.now() - timedelta(hours=hours)).isoformat()
    backups(last_success={"taken_at": taken_at}, last_failure=None)
    assert_one(doctor("backups"), code, f"{hours} hours old")


def test_a_backup_that_failed_is_a_failure(doctor, backups):
    taken_at = timezone.now().isoformat()
    backups(last_success={"taken_at": taken_at}, last_failure={"message": "disk full"})
    assert_one(doctor("backups"), 2, "disk full", "manage.py backup")


@pytest.mark.parametrize("status", [None, {}, {"last_success": {"taken_at": "soon"}}])
def test_a_missing_backup_is_a_failure(doctor, backups, status):
    if status is not None:
        backups(**status)
    assert_one(doctor("backups"), 2, "no backup", "manage.py backup")


def test_a_doubtful_variable_is_a_warning(doctor, settings):
    environ = {"EMAIL_URL": "smtp://user:password@mail.example"}
    settings.ENVIRONMENT_WARNINGS = [
        problem for problem in find_problems(environ) if not problem.is_error
    ]
    status, results = doctor("settings")
    assert status == 1
    found = [one for one in results if "EMAIL_URL" in one["message"]]
    assert len(found) == 1
    assert "smtp+tls://" in found[0]["remedy"]


def test_a_system_check_that_fails_is_a_failure(doctor, monkeypatch):
    def broken(**kwargs):
        return [Error("It is broken.", hint="Mend it.", id="made.E001")]

    register(broken)
    try:
        status, results = doctor("settings")
    finally:
        system_checks.registered_checks.discard(broken)
    assert status == 2
    failures = [one for one in results if one["status"] == "failure"]
    assert [(one["message"], one["remedy"]) for one in failures] == [
        ("made.E001: It is broken.", "Mend it.")
    ]
