"""Taking a backup while the site is in use.

Files are read first, then the database, then the files that were added or finished in
the meantime. A file is complete before its row is committed, and is deleted after its
row: every file that the snapshot of the database refers to is therefore either in the
archive already or still on the disk. The exception is one that was uploaded after the
files were listed and deleted after the snapshot; the snapshot is then taken again,
which no longer refers to it.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from newsroom.backup import rotation, status
from newsroom.backup.archive import FILE_MODE, ArchiveWriter, writing
from newsroom.backup.databases import engine
from newsroom.backup.databases.snapshot import Snapshot
from newsroom.backup.encryption import encryption_for
from newsroom.backup.errors import BackupError, DamagedError, LockedError
from newsroom.backup.fingerprint import fingerprint, version
from newsroom.backup.folders import files_in, media_folders, sync_folder
from newsroom.backup.manifest import MANIFEST, Manifest
from newsroom.backup.verification import checksum, verify

LOCK = ".lock"
# Snapshots taken if files are deleted in the meantime; one is nearly always enough, and
# two if files are missing for good.
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """A finished archive, its facts (:mod:`newsroom.backup.status`), deleted ones."""

    path: Path
    facts: dict[str, Any]
    deleted: list[Path]


def take_backup(
    folder: Path,
    *,
    keep: rotation.Keep,
    recipients: Sequence[Any] = (),
    identities: Sequence[Any] = (),
    only_if: Callable[[], bool] | None = None,
) -> Taken | None:
    """Write and verify an archive in *folder*, then delete superfluous older ones.

    Does nothing and returns None if *only_if*, called under the lock, returns False.

    It is encrypted for *recipients*, if there are any. With *identities*, the contents
    of an encrypted archive are verified too. Raises BackupError, and LockedError if
    another backup is running in this folder.
    """
    with locked(folder):
        if only_if is not None and not only_if():
            return None
        try:
            return _take(folder, keep, recipients, identities)
        except OSError as error:
            failure = BackupError(f"{error.filename or folder}: {error.strerror}")
            status.record_failure(folder, str(failure))
            raise failure from error
        except BackupError as error:
            status.record_failure(folder, str(error))
            raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of the backup directory. Raises LockedError."""
    number = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, FILE_MODE)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError("Another backup is running.") from error
        yield
    finally:
        os.close(number)  # a killed process gives up the lock too


def _take(
    folder: Path,
    keep: rotation.Keep,
    recipients: Sequence[Any],
    identities: Sequence[Any],
) -> Taken:
    for left in folder.glob(f"{rotation.PART_PREFIX}*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    prefix = rotation.PART_PREFIX
    with tempfile.TemporaryDirectory(prefix=prefix, dir=folder) as scratch:
        part = Path(scratch) / "archive"
        with writing(part, recipients) as (archive, hashed):
            manifest = _fill(archive, Path(scratch))
        # Read again from the disk, before an older archive is deleted for it.
        if checksum(part) != hashed.content.sha256:
            raise DamagedError(["The archive on the disk is not what was written."])
        is_readable = bool(identities) or not recipients
        if is_readable:
            verify(part, identities)
        name = rotation.name_of(
            manifest.taken, manifest.engine, encryption=encryption_for(recipients)
        )
        path = folder / name
        if path.exists():
            raise BackupError(f"{name} exists already: wait a second.")
        beside = path.with_name(name + rotation.CHECKSUM_SUFFIX)
        beside.write_text(f"{hashed.content.sha256}  {name}\n", encoding="ascii")
        beside.chmod(FILE_MODE)
        part.rename(path)
        sync_folder(folder)
    facts = {
        "archive": path.name,
        "taken_at": manifest.taken_at,
        "finished_at": timezone.now().isoformat(),
        "bytes": hashed.content.size,
        "sha256": hashed.content.sha256,
        "files": len(manifest.files),
        "encrypted": bool(recipients),
        "version": version(),
        "verified": "contents" if is_readable else "checksum",
        "missing": manifest.missing,
    }
    status.record_success(folder, facts)
    return Taken(path, facts, rotation.rotate(folder, keep))


def _fill(archive: ArchiveWriter, scratch: Path) -> Manifest:
    seen: dict[str, tuple[int, int]] = {}
    _add_files(archive, seen)
    before: list[str] = []
    for _attempt in range(ATTEMPTS):
        snapshot = engine().take(scratch)
        _add_files(archive, seen)
        missing = _missing(snapshot, archive)
        if not missing or missing == before:  # none, or lost long ago
            break
        before = missing
    if archive.add_file(engine().member, snapshot.file) is None:
        raise BackupError(f"{snapshot.file} has vanished.")
    snapshot.file.unlink()
    manifest = Manifest(
        taken_at=snapshot.taken_at.isoformat(),
        engine=connection.vendor,
        database=engine().member,
        contents=archive.contents,
        tables=snapshot.tables,
        fingerprint=fingerprint(snapshot.migrations),
        missing=missing,
    )
    archive.add_bytes(MANIFEST, manifest.as_json())
    return manifest


def _add_files(archive: ArchiveWriter, seen: dict[str, tuple[int, int]]) -> None:
    """Add each file that is not in the archive as it is now.

    *seen* has the size and time of change of those that are.
    """
    for label, folder in media_folders().items():
        for relative, path in files_in(folder):
            name = f"{label}/{relative}"
            try:
                state = path.lstat()
            except FileNotFoundError:
                continue
            if seen.get(name) == (state.st_size, state.st_mtime_ns):
                continue
            added = archive.add_file(name, path)
            if added is not None:
                seen[name] = added.st_size, added.st_mtime_ns


def _missing(snapshot: Snapshot, archive: ArchiveWriter) -> list[str]:
    """Return the files that rows refer to and that are in no folder of the archive."""
    labels = media_folders()
    return sorted(
        name
        for name in snapshot.names
        if not any(f"{label}/{name}" in archive.contents for label in labels)
    )
