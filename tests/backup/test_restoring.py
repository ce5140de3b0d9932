"""A restore refuses what would lose something, and changes nothing then."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from newsroom.backup import restoring, schedule
from newsroom.backup.errors import BackupError
from newsroom.backup.fingerprint import differences, fingerprint, unknown_migrations
from newsroom.backup.rotation import Keep
from newsroom.backup.status import read_status
from newsroom.backup.taking import take_backup
from newsroom.worker.hold import is_held

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(own_database, settings, tmp_path):
    """Return an archive of this site, which has one file."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_DIR.mkdir()
    settings.PRIVATE_MEDIA_ROOT.mkdir()
    (settings.PRIVATE_MEDIA_ROOT / "a.pdf").write_bytes(b"text")
    return take_backup(settings.BACKUP_DIR, keep=Keep(7, 0, 0)).path


def test_a_place_that_is_not_empty_is_refused(archive, settings):
    with pytest.raises(CommandError, match=r"Not empty: the database .*private"):
        call_command("restore", str(archive))
    with pytest.raises(CommandError, match="Not empty"):
        call_command("restore", str(archive), check=True)
    assert (settings.PRIVATE_MEDIA_ROOT / "a.pdf").read_bytes() == b"text"
    assert not is_held()


@pytest.mark.parametrize("typed", ["", "replace", "yes"])
def test_replacing_needs_the_word(archive, settings, typed):
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(archive), replace=True, confirm=typed)
    assert not is_held()


def test_a_damaged_archive_replaces_nothing(archive, settings):
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 1
    archive.write_bytes(data)
    with pytest.raises(CommandError, match=archive.name):
        call_command("restore", str(archive), replace=True, confirm="REPLACE")
    assert (settings.PRIVATE_MEDIA_ROOT / "a.pdf").exists()
    assert not is_held()


def test_replacing_restores_the_state_of_the_backup_and_holds_the_site(
    archive, settings, capsys
):
    (settings.PRIVATE_MEDIA_ROOT / "a.pdf").write_bytes(b"encrypted by a thief")
    (settings.PRIVATE_MEDIA_ROOT / "new.pdf").write_bytes(b"new")
    call_command("restore", str(archive), replace=True, confirm="REPLACE")
    names = [path.name for path in settings.PRIVATE_MEDIA_ROOT.iterdir()]
    assert names == ["a.pdf"]
    assert (settings.PRIVATE_MEDIA_ROOT / "a.pdf").read_bytes() == b"text"
    assert is_held()
    assert "The site is on hold" in capsys.readouterr().out


def test_an_archive_of_the_other_engine_is_refused(archive, monkeypatch):
    usual = restoring.verify

    def verify(path, identities=()):
        manifest = usual(path, identities)
        manifest.engine = "mysql"
        return manifest

    monkeypatch.setattr(restoring, "verify", verify)
    with pytest.raises(BackupError, match="same kind only"):
        restoring.check(archive)


def test_a_backup_of_a_newer_version_is_refused():
    found = {"migrations": [["articles", "0001_initial"], ["articles", "9999_later"]]}
    assert unknown_migrations(found) == ["articles.9999_later"]


def test_other_settings_are_told_without_secrets(settings):
    found = fingerprint([])
    assert differences(found) == []
    assert settings.SECRET_KEY not in str(found)
    settings.SECRET_KEY = "another"
    settings.TIME_ZONE = "Asia/Oral"
    lines = differences(found | {"version": "0.0.1"})
    assert len(lines) == 3
    assert "SECRET_KEY is another one" in lines[1]


def test_the_worker_takes_one_backup_a_day(archive, settings):
    settings.BACKUP_AT = ""
    assert not schedule.back_up_daily()
    now = timezone.localtime()
    settings.BACKUP_AT = (now - timedelta(minutes=1)).strftime("%H:%M")
    assert not schedule.back_up_daily()  # the archive is newer than that
    folder = settings.BACKUP_DIR
    assert not schedule.is_due(folder, now + timedelta(hours=23))
    assert schedule.is_due(folder, now + timedelta(hours=25))
    (folder / "last-backup.json").unlink()
    archive.unlink()
    assert schedule.back_up_daily()
    assert not schedule.back_up_daily()
    assert read_status(folder)["last_success"]["verified"] == "contents"
