"""The folders of uploaded files, and the backup directory."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from newsroom.backup.errors import BackupError
from newsroom.backup.manifest import MEDIA, PRIVATE

FOLDER_MODE = 0o700


def media_folders() -> dict[str, Path]:
    """Return the folders of uploaded files by their name in an archive.

    Private ones come first: a file that is made public in the meantime is then met
    twice rather than never.
    """
    return {
        PRIVATE: Path(settings.PRIVATE_MEDIA_ROOT),
        MEDIA: Path(settings.MEDIA_ROOT),
    }


def backup_dir() -> Path:
    """Return the backup directory, created if absent.

    Raises BackupError if it is within a folder of files: visitors may be able to
    download from there, and each backup would contain the earlier ones.
    """
    folder = Path(settings.BACKUP_DIR).resolve()
    for files in media_folders().values():
        if folder.is_relative_to(files.resolve()):
            raise BackupError(f"BACKUP_DIR must not be within {files}.")
    if folder.is_relative_to(Path(settings.STATIC_ROOT).resolve()):
        raise BackupError("BACKUP_DIR must not be within STATIC_ROOT.")
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(f"{folder} cannot be created: {error.strerror}") from error
    return folder


def files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name relative to *folder*, path) of each file, without following links.

    Folders that vanish in the meantime are skipped.
    """
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in found:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif entry.is_file(follow_symlinks=False):
                yield path.relative_to(folder).as_posix(), path


def is_empty(folder: Path) -> bool:
    """Return whether *folder* is absent or has no entries."""
    return not folder.exists() or next(folder.iterdir(), None) is None


def sync_folder(folder: Path) -> None:
    """Write the entries of *folder* to the disk, after a file was renamed in it."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
