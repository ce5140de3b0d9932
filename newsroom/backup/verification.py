"""Verification of an archive against its manifest and its checksum file."""

import hashlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from newsroom.backup.archive import CHUNK_BYTES, content_of, copy, reading
from newsroom.backup.errors import BackupError, DamagedError
from newsroom.backup.manifest import (
    MANIFEST,
    MAX_MANIFEST_BYTES,
    Content,
    Manifest,
    manifest_from,
)
from newsroom.backup.rotation import CHECKSUM_SUFFIX


def verify(path: Path, identities: Sequence[Any] = ()) -> Manifest:
    """Read the whole archive and compare it with its manifest, which is returned.

    Raises DamagedError, which names every damaged or missing member.
    """
    found: dict[str, Content] = {}
    manifest: Manifest | None = None
    try:
        with reading(path, identities) as members:
            for name, member in members:
                if manifest is not None:
                    raise DamagedError([f"{name} comes after the manifest"])
                if name == MANIFEST:
                    data = BytesIO()
                    copy(member, data, limit=MAX_MANIFEST_BYTES)
                    manifest = manifest_from(data.getvalue())
                else:
                    found[name] = content_of(member)
    except FileNotFoundError as error:
        raise BackupError(f"{path} does not exist.") from error
    except DamagedError as error:
        faults = error.faults
        if manifest is not None:
            faults = [*_faults(manifest, found), *faults]
        raise DamagedError([f"{path.name}: {fault}" for fault in faults]) from error
    if manifest is None:
        raise DamagedError([f"{path.name}: {MANIFEST} is missing, the end is cut off"])
    if faults := _faults(manifest, found):
        raise DamagedError([f"{path.name}: {fault}" for fault in faults])
    return manifest


def _faults(manifest: Manifest, found: dict[str, Content]) -> list[str]:
    faults = []
    for name, content in sorted(manifest.contents.items()):
        if name not in found:
            faults.append(f"{name} is missing")
        elif found[name] != content:
            faults.append(f"{name} differs from its checksum")
    return faults


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(CHUNK_BYTES):
            digest.update(data)
    return digest.hexdigest()


def verify_checksum(path: Path) -> None:
    """Compare the archive with its checksum file, for which no key is needed.

    Raises DamagedError.
    """
    beside = path.with_name(path.name + CHECKSUM_SUFFIX)
    try:
        words = beside.read_text(encoding="ascii").split()
    except (OSError, ValueError) as error:
        raise BackupError(f"{beside} cannot be read: {error}") from error
    if not words or words[0] != checksum(path):
        raise DamagedError([f"{path.name} differs from {beside.name}"])
