"""XLIFF 1.2 and 2.0 (OASIS)."""

from newsroom.translation.exchange import xliff_1, xliff_2
from newsroom.translation.exchange.files import Document, within_limits
from newsroom.translation.exchange.xml import parse


def write(document: Document, version: str) -> bytes:
    """Return *document* as XLIFF of *version*, "1.2" or "2.0".

    Raises FileError for text that XML cannot contain.
    """
    return (xliff_2 if version == "2.0" else xliff_1).write(document)


def read(data: bytes) -> Document:
    """Return the contents of an XLIFF file.

    Raises FileError, with the line, for invalid, hostile or too large files.
    """
    root = parse(data)
    is_second = root.get("version", "").startswith("2")
    return within_limits((xliff_2 if is_second else xliff_1).read(root))
