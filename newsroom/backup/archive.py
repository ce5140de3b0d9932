"""Archives: tar in gzip, optionally in age or gpg, written and read as a stream.

Members are regular files only: ``media/…`` and ``private/…``, the database and, last,
the manifest. If a name occurs twice, the later member counts: the file was still being
uploaded when it was read first.
"""

import gzip
import hashlib
import os
import stat
import tarfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from newsroom.backup.encryption import decrypting, encrypting, encryption_of
from newsroom.backup.errors import BackupError, DamagedError
from newsroom.backup.gpg import PrivateKey
from newsroom.backup.manifest import Content

# Pictures cannot be compressed further; higher levels gain little on a database.
COMPRESSION_LEVEL = 4
CHUNK_BYTES = 1024 * 1024
# Nobody but the site's account reads an archive: it contains drafts and addresses.
FILE_MODE = 0o600


class _Hashed:
    """A writer or reader that counts and hashes what passes through it."""

    def __init__(self, file: Any) -> None:
        self.file, self.sha256, self.size = file, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._note(data)
        written: int = self.file.write(data)
        return written

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.file.read(size)
        self._note(data)
        return data

    def flush(self) -> None:
        self.file.flush()

    def _note(self, data: bytes) -> None:
        self.sha256.update(data)
        self.size += len(data)

    @property
    def content(self) -> Content:
        return Content(self.size, self.sha256.hexdigest())


class _Padded(_Hashed):
    """A reader that gives zeros where a file turns out shorter than announced."""

    is_short = False

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.file.read(size)
        if len(data) < size:
            self.is_short = True
            data = data.ljust(size, b"\0")
        self._note(data)
        return data


class ArchiveWriter:
    """Writer of an archive. ``contents`` has what was added, by the member's name."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.contents: dict[str, Content] = {}

    def add_file(self, name: str, path: Path) -> os.stat_result | None:
        """Add a regular file; return its status, by which a change can be noticed.

        Returns None, and adds nothing that counts, if the file has vanished, is no
        regular file, or became shorter while it was read.
        """
        try:
            number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return None
        except OSError as error:
            if path.is_symlink():
                return None
            raise BackupError(f"{path} cannot be read: {error.strerror}") from error
        with os.fdopen(number, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return None
            source = _Padded(file)
            self._add(name, source, status.st_size, int(status.st_mtime))
        if source.is_short:
            self.contents.pop(name, None)
            return None
        self.contents[name] = source.content
        return status

    def add_bytes(self, name: str, data: bytes) -> None:
        self._add(name, BytesIO(data), len(data), 0)

    def _add(self, name: str, source: Any, size: int, modified: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, modified, FILE_MODE
        self._tar.addfile(info, source)


@contextmanager
def writing(
    path: Path, recipients: Sequence[Any]
) -> Iterator[tuple[ArchiveWriter, _Hashed]]:
    """Create the file *path*; yield a writer of its members, and one that hashes it.

    When the context ends without an error, the file is complete and on the disk.
    """
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(number, "wb") as file:
        hashed = _Hashed(file)
        with ExitStack() as layers:
            target: Any = hashed
            if recipients:
                target = layers.enter_context(encrypting(hashed, recipients))
            packed = layers.enter_context(
                gzip.GzipFile(
                    filename="",
                    mode="wb",
                    fileobj=target,
                    compresslevel=COMPRESSION_LEVEL,
                    mtime=0,
                )
            )
            tar = layers.enter_context(
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT)
            )
            yield ArchiveWriter(tar), hashed
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def reading(
    path: Path, identities: Sequence[Any] = ()
) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """Yield the members of an archive, in their order, as (name, reader).

    A reader must be used before the next member is asked for. Raises DamagedError for
    an archive that ends early or cannot be decompressed, and for members that are no
    regular files or whose names lead out of the archive.
    """
    with ExitStack() as layers:
        file: BinaryIO = layers.enter_context(path.open("rb"))
        if program := encryption_of(path):
            if not identities:
                raise BackupError(f"{path.name} is encrypted: name --identity.")
            if (program == "gpg") != isinstance(identities[0], PrivateKey):
                raise BackupError(f"{path.name} needs a private key of {program}.")
            file = layers.enter_context(decrypting(file, identities))
        yield _members(file)


def _members(file: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    name = ""
    with _named(lambda: f"at {name or 'the beginning'}"), ExitStack() as layers:
        packed = layers.enter_context(gzip.GzipFile(fileobj=file, mode="rb"))
        tar = layers.enter_context(tarfile.open(fileobj=packed, mode="r|"))
        for member in tar:
            name = member.name
            _check(member)
            content: Any = _Member(tar.extractfile(member), name)
            yield name, content
        while packed.read(CHUNK_BYTES):  # to the checksum of gzip
            pass


class _Member:
    """Reader of a member, which is named in errors."""

    def __init__(self, file: Any, name: str) -> None:
        self.file, self.name = file, name

    def read(self, size: int = -1) -> bytes:
        with _named(lambda: f"at {self.name}"):
            data: bytes = self.file.read(size)
            return data


@contextmanager
def _named(place: Callable[[], str]) -> Iterator[None]:
    """Raise DamagedError with *place* for the errors of gzip and tarfile."""
    try:
        yield
    except EOFError as error:
        raise DamagedError([f"the archive ends early, {place()}"]) from error
    except (zlib.error, tarfile.TarError, gzip.BadGzipFile) as error:
        raise DamagedError([f"damaged {place()}: {error}"]) from error


def _check(member: tarfile.TarInfo) -> None:
    """Raise DamagedError for links, devices, folders and names that lead elsewhere."""
    try:
        filtered = tarfile.data_filter(member, "/nonexistent/archive")
    except tarfile.FilterError as error:
        raise DamagedError([str(error)]) from error
    if not member.isreg() or filtered.name != member.name:
        raise DamagedError([f"{member.name} is no regular file of an archive"])


def copy(source: BinaryIO, target: BinaryIO, *, limit: int) -> Content:
    """Copy at most *limit* bytes to *target*; return size and checksum of all."""
    hashed = _Hashed(source)
    while data := hashed.read(CHUNK_BYTES):
        if hashed.size <= limit:
            target.write(data)
    return hashed.content


def content_of(source: BinaryIO) -> Content:
    """Read a member to its end; return its size and checksum."""
    hashed = _Hashed(source)
    while hashed.read(CHUNK_BYTES):
        pass
    return hashed.content
