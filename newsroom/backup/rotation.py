"""Names of archives in the backup directory, and deletion of old ones."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

CHECKSUM_SUFFIX = ".sha256"
NAME = re.compile(
    r"newsroom-(?P<time>\d{8}T\d{6}Z)-(?:sqlite|postgresql)\.tar\.gz(?:\.(?:age|gpg))?"
)
TIME_FORMAT = "%Y%m%dT%H%M%SZ"
# Unfinished files of a backup that was killed begin with this.
PART_PREFIX = ".newsroom-part-"


@dataclass(frozen=True, slots=True)
class Keep:
    """Number of days, weeks and months of which the newest archive is kept."""

    daily: int
    weekly: int
    monthly: int


def name_of(taken_at: datetime, engine: str, *, encryption: str) -> str:
    """Return the name of an archive; *encryption* is age, gpg, or an empty string."""
    time = taken_at.astimezone(UTC).strftime(TIME_FORMAT)
    suffix = f".{encryption}" if encryption else ""
    return f"newsroom-{time}-{engine}.tar.gz{suffix}"


def archives(folder: Path) -> list[Path]:
    """Return the archives in *folder*, the newest first; other files are left out."""
    found = [path for path in folder.iterdir() if NAME.fullmatch(path.name)]
    return sorted((path for path in found if path.is_file()), key=_time, reverse=True)


def superfluous(found: Iterable[Path], keep: Keep) -> list[Path]:
    """Return those of the archives, newest first, that *keep* does not keep.

    The newest one is always kept.
    """
    found = list(found)
    kept = set(found[:1])
    periods: list[tuple[int, Callable[[datetime], object]]] = [
        (keep.daily, lambda time: time.date()),
        (keep.weekly, lambda time: time.isocalendar()[:2]),
        (keep.monthly, lambda time: (time.year, time.month)),
    ]
    for count, period in periods:
        newest: dict[object, Path] = {}
        for path in found:
            newest.setdefault(period(_time(path)), path)
        kept.update(list(newest.values())[:count])
    return [path for path in found if path not in kept]


def rotate(folder: Path, keep: Keep) -> list[Path]:
    """Delete superfluous archives with their checksum files; return them."""
    deleted = superfluous(archives(folder), keep)
    for path in deleted:
        path.unlink(missing_ok=True)
        path.with_name(path.name + CHECKSUM_SUFFIX).unlink(missing_ok=True)
    return deleted


def _time(path: Path) -> datetime:
    match = NAME.fullmatch(path.name)
    time = match["time"] if match else ""
    return datetime.strptime(time, TIME_FORMAT).replace(tzinfo=UTC)
