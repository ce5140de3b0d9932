"""The type of a document by its content, and what a packed document unpacks to.

Signatures are compared directly: for the fifteen types that are allowed they are five,
and the types that are zip files are told apart by their parts, which no library of
signatures reads.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Bytes of all files in a packed document, those of packed files in it included.
MAX_UNPACKED = 256 * 1024 * 1024
MAX_ENTRIES = 10_000
# Packed files in packed files: a chart in a document is one.
MAX_DEPTH = 2
CHUNK = 1024 * 1024

PDF, RTF = b"%PDF-", b"{\\rtf"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office until 2003
ZIP, EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"

# Names of the streams of Office until 2003.
STREAMS = {
    "doc": ["WordDocument"],
    "xls": ["Workbook", "Book"],
    "ppt": ["PowerPoint Document"],
}
# A file that only this type has.
PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
# The content of the entry "mimetype".
MEDIA_TYPES = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "epub": "application/epub+zip",
}
PACKED = {*PARTS, *MEDIA_TYPES, "zip"}
MACROS = re.compile(r"(^|/)vbaProject\.bin$|(^|/)Basic/|(^|/)Scripts/", re.IGNORECASE)
# Characters that no text file has.
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def check_document(file: IO[bytes], extension: str) -> None:
    """Check that the content of *file* is of the type that *extension* names.

    Raises ValidationError, also for macros and for a packed file that unpacks to too
    much or cannot be read to its end. The position in *file* is 0 afterwards.
    """
    file.seek(0)
    try:
        start = file.read(8)
        check = _CHECKS.get(extension)
        if check is None or not check(file, start, extension):
            raise _error(
                "wrong_type",
                _("The content of this file is not that of a .%(extension)s file.")
                % {"extension": extension},
            )
    finally:
        file.seek(0)


def _is_pdf(file: IO[bytes], start: bytes, extension: str) -> bool:
    return start.startswith(PDF)


def _is_rtf(file: IO[bytes], start: bytes, extension: str) -> bool:
    return start.startswith(RTF)


def _is_text(file: IO[bytes], start: bytes, extension: str) -> bool:
    """Return whether *file* is text in an encoding in use: no control characters."""
    if start.startswith((PDF, RTF)):
        return False
    if start.startswith(UTF_16):
        file.seek(0)
        try:
            text = file.read().decode("utf-16")
        except UnicodeError:
            return False
        return BINARY.search(text.encode()) is None
    return not any(BINARY.search(chunk) for chunk in _chunks(file))


def _is_old_office(file: IO[bytes], start: bytes, extension: str) -> bool:
    if start != COMPOUND:
        return False
    file.seek(0)
    data = file.read()
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise _macros()
    return any(name.encode("utf-16-le") in data for name in STREAMS[extension])


def _is_packed(file: IO[bytes], start: bytes, extension: str) -> bool:
    # At the very start: a picture or a page with a zip file behind it is none.
    if not start.startswith((ZIP, EMPTY_ZIP)):
        return False
    budget = Budget()
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if extension != "zip" and any(map(MACROS.search, names)):
                raise _macros()
            _unpack(archive, budget, _size(file))
            if extension == "zip":
                return True
            if extension in PARTS:
                return {"[Content_Types].xml", PARTS[extension]} <= names
            return "mimetype" in names and (
                archive.read("mimetype").decode("ascii", "replace").strip()
                == MEDIA_TYPES[extension]
            )
    except ValidationError:
        raise
    # zipfile raises BadZipFile, zlib.error, NotImplementedError, EOFError, OSError,
    # RuntimeError, struct.error and others for a broken file.
    except Exception as error:
        raise _cannot_be_unpacked() from error


class Budget:
    """Number of bytes that may still be unpacked."""

    def __init__(self) -> None:
        self.bytes, self.entries = MAX_UNPACKED, MAX_ENTRIES

    def take(self, *, size: int = 0, entries: int = 0) -> None:
        self.bytes -= size
        self.entries -= entries
        if self.bytes < 0 or self.entries < 0:
            raise _cannot_be_unpacked()


def _unpack(
    archive: zipfile.ZipFile, budget: Budget, size: int, depth: int = 1
) -> None:
    """Read every entry, and those of packed files in it. Raises ValidationError.

    The declared sizes are checked first, the real ones while reading: zipfile stops at
    the declared size and compares the checksum.
    """
    entries = archive.infolist()
    budget.take(entries=len(entries))
    if sum(entry.file_size for entry in entries) > budget.bytes:
        raise _cannot_be_unpacked()
    # Entries that share their data unpack to much more than the file holds.
    if sum(entry.compress_size for entry in entries) > size:
        raise _cannot_be_unpacked()
    for entry in entries:
        if entry.flag_bits & 1:
            raise _error(
                "password",
                _(
                    "This file is protected by a password and cannot be checked. "
                    "Upload it without a password."
                ),
            )
        if _leaves_folder(entry.filename):
            raise _cannot_be_unpacked()
        with archive.open(entry) as opened:
            is_packed = opened.read(4) in (ZIP, EMPTY_ZIP)
            opened.seek(0)
            while chunk := opened.read(CHUNK):
                budget.take(size=len(chunk))
            if not is_packed:
                continue
            if depth >= MAX_DEPTH:
                raise _cannot_be_unpacked()
            opened.seek(0)
            with zipfile.ZipFile(opened) as inner:
                _unpack(inner, budget, entry.file_size, depth + 1)


def _leaves_folder(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def _size(file: IO[bytes]) -> int:
    return file.seek(0, 2)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(CHUNK), b"")


def _macros() -> ValidationError:
    return _error(
        "macros",
        _(
            "This file contains macros, which can harm readers’ computers. Save it "
            "without macros, and upload it again."
        ),
    )


def _cannot_be_unpacked() -> ValidationError:
    return _error(
        "unpacking",
        _(
            "This file is damaged, or unpacks to more than is allowed "
            "(%(megabytes)d MB, %(files)d files)."
        )
        % {"megabytes": MAX_UNPACKED // 1024**2, "files": MAX_ENTRIES},
    )


def _error(code: str, message: str) -> ValidationError:
    return ValidationError(message, code=code)


_CHECKS: dict[str, Callable[[IO[bytes], bytes, str], bool]] = {
    "pdf": _is_pdf,
    "rtf": _is_rtf,
    "txt": _is_text,
    "csv": _is_text,
    **dict.fromkeys(STREAMS, _is_old_office),
    **dict.fromkeys(PACKED, _is_packed),
}
