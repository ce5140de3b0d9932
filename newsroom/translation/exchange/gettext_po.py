"""PO files, by polib."""

import re

import polib
from django.utils.translation import gettext as _

from newsroom.translation.exchange.files import Document, FileError, Unit

_LINE = re.compile(r"line (\d+)")


def write(document: Document) -> bytes:
    """Return *document* as a PO file; the context of an entry is the segment's key."""
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": document.target_language,
        "X-Source-Language": document.source_language,
        "X-Article": document.article,
    }
    for unit in document.units:
        catalogue.append(
            polib.POEntry(
                msgctxt=unit.key,
                msgid=unit.source,
                msgstr=unit.target,
                comment=unit.note,
                flags=["fuzzy"] if unit.is_machine_made else [],
            )
        )
    return str(catalogue).encode()


def read(data: bytes) -> Document:
    """Return what *data* holds. Raises FileError for what is broken."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileError(_("The file is not in UTF-8."), line) from error
    if "msgid" not in text:
        raise FileError(_("This is no PO file."))
    try:
        catalogue = polib.pofile(text)
    except (OSError, ValueError, IndexError) as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else 0
        raise FileError(_("The file is broken."), line) from error
    return Document(
        article=catalogue.metadata.get("X-Article", ""),
        source_language=catalogue.metadata.get("X-Source-Language", ""),
        target_language=catalogue.metadata.get("Language", ""),
        units=[
            Unit(entry.msgctxt or "", entry.msgid, entry.msgstr, entry.linenum)
            for entry in catalogue
            if not entry.obsolete
        ],
    )
