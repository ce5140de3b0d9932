"""The formats that there are on this site."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from django.utils.translation import gettext as _

from newsroom.translation.exchange import gettext_po
from newsroom.translation.exchange.files import (
    MAX_BYTES,
    Document,
    FileError,
    refuse_large,
)
from newsroom.translation.exchange.memory.pairs import pairs_of


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    label: str
    suffix: str
    write: Callable[[Document], bytes]


def _xliff(version: str) -> Callable[[Document], bytes]:
    def write(document: Document) -> bytes:
        from newsroom.translation.exchange import xliff

        return xliff.write(document, version)

    return write


def _tmx(document: Document) -> bytes:
    from newsroom.translation.exchange.memory import tmx

    return tmx.write(pairs_of(document))


PO = Format("po", "PO", "po", gettext_po.write)
XLIFF = (
    Format("xliff12", "XLIFF 1.2", "xlf", _xliff("1.2")),
    Format("xliff20", "XLIFF 2.0", "xlf", _xliff("2.0")),
)
# Out only: what comes in belongs to the memory, not to an article.
TMX = Format("tmx", "TMX", "tmx", _tmx)


def has_toolkit() -> bool:
    """Whether translate-toolkit is installed."""
    return find_spec("translate") is not None


def formats() -> dict[str, Format]:
    found = (*XLIFF, PO, TMX) if has_toolkit() else (PO,)
    return {one.name: one for one in found}


def read(name: str, data: bytes) -> Document:
    """Return what the file of this name holds. Raises FileError where it is refused."""
    refuse_large(len(data), MAX_BYTES)
    if name.lower().endswith(".po"):
        return gettext_po.read(data)
    if name.lower().endswith((".xlf", ".xliff", ".xml")):
        if not has_toolkit():
            raise FileError(_("XLIFF needs translate-toolkit on the server."))
        from newsroom.translation.exchange import xliff

        return xliff.read(data)
    if name.lower().endswith(".tmx"):
        raise FileError(_("A translation memory is imported on the memory's own page."))
    raise FileError(_("Files end with .xlf, .xliff or .po."))
