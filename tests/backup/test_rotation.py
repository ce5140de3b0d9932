"""Rotation keeps what the settings say, never less than the newest archive."""

from datetime import UTC, datetime, timedelta

import pytest

from newsroom.backup.rotation import Keep, archives, name_of, rotate

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """Fill a folder with two archives a day for 400 days, and with foreign files."""
    for day in range(400):
        for hour in (0, 6):
            taken_at = NOON - timedelta(days=day, hours=hour)
            name = name_of(taken_at, "sqlite", encryption=("age", "gpg", "")[day % 3])
            (tmp_path / name).touch()
            (tmp_path / f"{name}.sha256").touch()
    return tmp_path


FOREIGN = [
    "notes.txt",
    "newsroom-20200101T000000Z-sqlite.tar.gz.old",
    "newsroom-2020-sqlite.tar.gz",
    "newsroom-20200101T000000Z-mysql.tar.gz",
    "my-newsroom-20200101T000000Z-sqlite.tar.gz",
]


def test_days_weeks_and_months_are_kept_and_foreign_files_are_left_alone(folder):
    for name in FOREIGN:
        (folder / name).touch()
    (folder / "newsroom-20200101T000000Z-sqlite.tar.gz").mkdir()
    rotate(folder, Keep(daily=7, weekly=4, monthly=12))
    kept = [path.name[9:17] for path in archives(folder)]
    days = [f"202603{day}" for day in range(31, 24, -1)]
    weeks = ["20260322", "20260315"]  # Sundays; two are among the days
    ends = ["0228", "0131"]
    months = [f"2026{end}" for end in ends] + [
        f"2025{end}" for end in "1231 1130 1031 0930 0831 0731 0630 0531 0430".split()
    ]
    assert kept == [*days, *weeks, *months]
    assert all((folder / name).exists() for name in FOREIGN)
    sums = {path.name for path in folder.glob("*.sha256")}
    assert sums == {f"{path.name}.sha256" for path in archives(folder)}


def test_the_newest_archive_is_kept_whatever_the_settings_say(folder):
    newest = archives(folder)[0]
    rotate(folder, Keep(daily=0, weekly=0, monthly=0))
    assert archives(folder) == [newest]


def test_old_archives_are_kept_if_there_are_no_newer_ones(tmp_path):
    """Three days of backups, years ago: each is one of the last three days."""
    for day in range(3):
        name = name_of(NOON - timedelta(days=1_000 + day), "sqlite", encryption="")
        (tmp_path / name).touch()
    assert rotate(tmp_path, Keep(daily=3, weekly=0, monthly=0)) == []
