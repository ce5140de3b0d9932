"""Restore of an archive into an empty site, which is put on hold.

Nothing is touched before the whole archive has been verified. Files are unpacked beside
those that they replace, on the same disk. The database is replaced at once, together
with the hold (:mod:`newsroom.worker.hold`); then the files are put in their place. A
restore that was interrupted is repeated with ``replace``.
"""

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.images import get_image_model

from newsroom.backup.archive import copy, reading
from newsroom.backup.databases import engine
from newsroom.backup.errors import BackupError, DamagedError
from newsroom.backup.fingerprint import differences, unknown_migrations
from newsroom.backup.folders import is_empty, media_folders
from newsroom.backup.manifest import Manifest
from newsroom.backup.verification import verify
from newsroom.files.uses import queue
from newsroom.files.visibility import settle
from newsroom.worker.models import RestoreHold
from search.batches import batches
from search.replica.consistency import compare_database
from search.triggers import missing_triggers

STAGING_PREFIX = ".newsroom-restore-"
PKS_AT_ONCE = 1_000


@dataclass(slots=True)
class Restored:
    """The manifest of the restored archive, and lines that the operator should read."""

    manifest: Manifest
    notes: list[str] = field(default_factory=list)


def not_empty() -> list[str]:
    """Return what stands in the way of a restore into an empty place."""
    found = [str(path) for path in media_folders().values() if not is_empty(path)]
    if not engine().is_empty():
        found.insert(0, f"the database {connection.settings_dict['NAME']}")
    return found


def check(path: Path, identities: Sequence[Any] = ()) -> Manifest:
    """Verify an archive, and that this code can use it. Raises BackupError."""
    manifest = verify(path, identities)
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"The backup is of {manifest.engine}, the database here is "
            f"{connection.vendor}: an archive can be restored on the same kind only."
        )
    if manifest.database != engine().member:
        raise DamagedError([f"{manifest.database}: not a name of this archive"])
    if unknown := unknown_migrations(manifest.fingerprint):
        raise BackupError(
            "The backup is of a newer version of this software, which must be "
            f"installed first. Unknown migrations: {', '.join(unknown[:5])}."
        )
    return manifest


def restore(
    path: Path, *, identities: Sequence[Any] = (), replace: bool = False
) -> Restored:
    """Restore the archive *path*. Raises BackupError.

    Unless *replace*, which deletes what is there, database and folders must be empty.
    """
    manifest = check(path, identities)
    if not replace and (found := not_empty()):
        raise BackupError(f"Not empty: {', '.join(found)}.")
    folders = media_folders()
    with ExitStack() as stack:
        staging = {label: _staging(folder, stack) for label, folder in folders.items()}
        database = _database_folder(stack) / manifest.database
        _unpack(path, identities, manifest, staging, database)
        engine().restore(database, taken_at=manifest.taken, replace=replace)
        for label, folder in folders.items():
            _promote(staging[label], folder)
    return Restored(manifest, [*differences(manifest.fingerprint), *_finish(manifest)])


def _staging(folder: Path, stack: ExitStack) -> Path:
    """Create a temporary folder within *folder*, so that it is on the same disk."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{STAGING_PREFIX}*"):  # of an interrupted restore
        shutil.rmtree(left)
    staging = tempfile.TemporaryDirectory(prefix=STAGING_PREFIX, dir=folder)
    return Path(stack.enter_context(staging))


def _database_folder(stack: ExitStack) -> Path:
    """Create a temporary folder: for SQLite beside the database, so that it is moved.

    The dump of PostgreSQL only passes through it.
    """
    beside = None
    if connection.vendor == "sqlite":
        beside = Path(str(connection.settings_dict["NAME"])).parent
        beside.mkdir(parents=True, exist_ok=True)
    folder = tempfile.TemporaryDirectory(prefix=STAGING_PREFIX, dir=beside)
    return Path(stack.enter_context(folder))


def _unpack(
    path: Path,
    identities: Sequence[Any],
    manifest: Manifest,
    staging: dict[str, Path],
    database: Path,
) -> None:
    """Write the members that the manifest lists, and compare them with it again."""
    done: set[str] = set()
    with reading(path, identities) as members:
        for name, member in members:
            content = manifest.contents.get(name)
            if content is None:
                continue
            if name == manifest.database:
                target = database
            else:
                label, _slash, relative = name.partition("/")
                target = staging[label] / relative
                target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                found = copy(member, file, limit=content.size)
            if found == content:
                done.add(name)
            else:  # an unfinished upload: the complete file comes later
                done.discard(name)
    if missing := sorted(manifest.contents.keys() - done):
        raise DamagedError([f"{name} differs from its checksum" for name in missing])


def _promote(staging: Path, folder: Path) -> None:
    """Replace the contents of *folder* by those of *staging*, a folder within it."""
    for old in folder.iterdir():
        if old == staging:
            continue
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        else:
            old.unlink()
    for new in staging.iterdir():
        new.rename(folder / new.name)


def _finish(manifest: Manifest) -> list[str]:
    """Compare the restored database with the manifest; return what is left to do."""
    notes = []
    counts = engine().counts()
    hold = RestoreHold._meta.db_table
    for table in sorted({*counts, *manifest.tables} - {hold}):
        before, now = manifest.tables.get(table), counts.get(table)
        if before != now:
            notes.append(f"{table} has {now} rows, and had {before}.")
    notes += [f"Missing already in the backup: {name}" for name in manifest.missing]
    _queue_all_pictures()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        notes.append("Run the commands of an upgrade: migrations are missing.")
        return notes
    # While the archive was written, pictures may have become public or private.
    settle()
    if found := compare_database():
        notes.append(f"The search index differs: {found}. Run check_search --repair.")
    if tables := missing_triggers(connection):
        notes.append(
            f"Triggers are missing on {', '.join(tables)}. Run check_search --repair."
        )
    if manifest.fingerprint.get("search"):
        notes.append(
            "The worker compares Elasticsearch with the restored database and rebuilds "
            "the index if they differ; until then the database answers searches."
        )
    return notes


def _queue_all_pictures() -> None:
    pks = get_image_model().objects.order_by("pk").values_list("pk", flat=True)
    for some in batches(list(pks), PKS_AT_ONCE):
        queue(some)
