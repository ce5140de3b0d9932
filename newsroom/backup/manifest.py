"""The manifest: what an archive contains, and the site that it was taken of."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from newsroom.backup.errors import DamagedError

FORMAT = 1
MANIFEST = "manifest.json"
# Folders of files in the archive; other members are the manifest and the database.
MEDIA, PRIVATE = "media", "private"
# A manifest of a million files takes about 200 MB.
MAX_MANIFEST_BYTES = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    """Size in bytes and SHA-256 of a member of the archive."""

    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """Contents of an archive.

    Attributes:
        taken_at: When the database was read, in ISO format.
        engine: ``sqlite`` or ``postgresql``.
        database: Name of the member with the database.
        contents: Size and checksum of each other member by its name.
        tables: Number of rows of each table.
        missing: Files that the database refers to but that did not exist.
        fingerprint: See :mod:`newsroom.backup.fingerprint`.
    """

    taken_at: str
    engine: str
    database: str
    contents: dict[str, Content]
    tables: dict[str, int]
    fingerprint: dict[str, Any]
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def taken(self) -> datetime:
        return datetime.fromisoformat(self.taken_at)

    @property
    def files(self) -> dict[str, Content]:
        """The files of the media folders."""
        return {name: c for name, c in self.contents.items() if name != self.database}

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def manifest_from(data: bytes) -> Manifest:
    """Parse and check a manifest. Raises DamagedError."""
    try:
        values = json.loads(data)
        if values["format"] != FORMAT:
            raise DamagedError([f"The archive has the format {values['format']}."])
        contents = {
            name: Content(int(one["size"]), str(one["sha256"]))
            for name, one in values.pop("contents").items()
        }
        manifest = Manifest(**values, contents=contents)
        manifest.taken  # noqa: B018 (raises ValueError if it is no time)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError([f"{MANIFEST} cannot be read: {error}"]) from error
    wrong = [name for name in contents if not is_safe(name, manifest.database)]
    wrong += [] if manifest.database in contents else [manifest.database]
    if wrong:
        raise DamagedError([f"{name}: not a name of this archive" for name in wrong])
    return manifest


def is_safe(name: str, database: str) -> bool:
    """Return whether a member of this name stays within its folder."""
    parts = PurePosixPath(name).parts
    if name == database:
        return len(parts) == 1 and parts[0] not in {"..", "."}
    return (
        len(parts) > 1
        and parts[0] in {MEDIA, PRIVATE}
        and ".." not in parts
        and name == "/".join(parts)
        and "\\" not in name
        and "\0" not in name
    )
