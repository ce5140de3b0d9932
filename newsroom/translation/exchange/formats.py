"""The file formats of translations, with their readers and writers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from newsroom.translation.exchange import gettext_po, xliff
from newsroom.translation.exchange.files import (
    MAX_BYTES,
    Document,
    FileError,
    refuse_large,
)
from newsroom.translation.exchange.memory import tmx
from newsroom.translation.exchange.memory.pairs import pairs_of


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    label: str
    suffix: str
    write: Callable[[Document], bytes]


def _tmx(document: Document) -> bytes:
    return tmx.write(pairs_of(document))


FORMATS = (
    Format("xliff12", "XLIFF 1.2", "xlf", partial(xliff.write, version="1.2")),
    Format("xliff20", "XLIFF 2.0", "xlf", partial(xliff.write, version="2.0")),
    Format("po", "PO", "po", gettext_po.write),
    # Export only: an imported TMX file goes to the memory, not to an article.
    Format("tmx", "TMX", "tmx", _tmx),
)


def formats() -> dict[str, Format]:
    return {one.name: one for one in FORMATS}


def read(name: str, data: bytes) -> Document:
    """Return the contents of a file; its name decides the format.

    Raises FileError if the file is refused.
    """
    refuse_large(len(data), MAX_BYTES)
    if name.lower().endswith(".po"):
        return gettext_po.read(data)
    if name.lower().endswith((".xlf", ".xliff", ".xml")):
        return xliff.read(data)
    if name.lower().endswith(".tmx"):
        raise FileError(_("A translation memory is imported on the memory's own page."))
    raise FileError(_("Files end with .xlf, .xliff or .po."))
