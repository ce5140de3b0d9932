"""PO files (GNU gettext)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import polib
from django.utils.translation import gettext as _

from newsroom.translation.exchange.encodings import decoded
from newsroom.translation.exchange.files import (
    Document,
    FileError,
    Unit,
    within_limits,
)
from newsroom.translation.exchange.languages import language_of
from newsroom.translation.exchange.unit_states import UnitState

_CHARSET = re.compile(rb"Content-Type:[^\n]{0,200}?charset=([A-Za-z0-9._-]+)", re.I)
_LINE = re.compile(
    r"(?P<keyword>msgctxt|msgid|msgstr)?\s*"
    r"\"(?P<text>[^\"\\]*(?:\\.[^\"\\]*)*)\"\s*"
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))", re.S)
_ESCAPED = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}


def write(document: Document) -> bytes:
    """Return *document* as a PO file, with the segment key as ``msgctxt``."""
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
        is_unfinished = unit.is_machine_made or unit.state == UnitState.UNFINISHED
        catalogue.append(
            polib.POEntry(
                msgctxt=unit.key,
                msgid=unit.source,
                msgstr=unit.target,
                comment=unit.note,
                flags=["fuzzy"] if unit.target and is_unfinished else [],
            )
        )
    return str(catalogue).encode()


@dataclass(slots=True)
class _Entry:
    """An entry; ``texts`` are the string parts of each keyword."""

    line: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)
    is_fuzzy: bool = False

    def text(self, keyword: str) -> str:
        joined = "".join(self.texts.get(keyword, ()))
        return _ESCAPE.sub(_unescaped, joined) if "\\" in joined else joined


def read(data: bytes) -> Document:
    """Return the contents of a PO file.

    Obsolete entries and previous texts (``#~``, ``#|``) are skipped. Raises FileError,
    with the line, for invalid syntax and for files that are too large.
    """
    found = _CHARSET.search(data[:10_000])
    text = decoded(data, found[1].decode("ascii") if found else "")
    header: dict[str, str] = {}
    units = []
    for entry in _entries(text):
        key = entry.text("msgctxt")
        source, target = entry.text("msgid"), entry.text("msgstr")
        if not source and "msgctxt" not in entry.texts:
            header = header or _fields(target)
            continue
        state = UnitState.UNFINISHED if entry.is_fuzzy else UnitState.TRANSLATED
        units.append(Unit(key, source, target, entry.line, state=state))
    if not header and not units:
        raise FileError(_("This is not a PO file."))
    return within_limits(
        Document(
            article=header.get("x-article", ""),
            source_language=language_of(header.get("x-source-language", "")),
            target_language=language_of(header.get("language", "")),
            units=units,
        )
    )


def _entries(text: str) -> Iterator[_Entry]:
    """Yield the entries of a PO file; raise FileError for a line of invalid syntax."""
    entry, keyword = _Entry(), ""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip(" \t\f\v")
        is_comment = line.startswith("#")
        found = None if is_comment else _LINE.fullmatch(line)
        begins = found is not None and found["keyword"] in {"msgctxt", "msgid"}
        if "msgstr" in entry.texts and (is_comment or begins):
            yield entry
            entry, keyword = _Entry(), ""
        if is_comment:
            if line.startswith("#,"):
                flags = {flag.strip() for flag in line[2:].split(",")}
                entry.is_fuzzy |= "fuzzy" in flags
        elif found:
            keyword = found["keyword"] or keyword
            if not keyword or not _may_stand(found["keyword"], entry):
                raise FileError(_("The file is broken."), number)
            if found["keyword"] == "msgid":
                entry.line = number
            entry.texts.setdefault(keyword, []).append(found["text"])
        elif line:
            raise FileError(_("The file is broken."), number)
    if entry.texts:
        if "msgstr" not in entry.texts:
            raise FileError(_("The file is broken."), text.count("\n") + 1)
        yield entry


def _may_stand(keyword: str | None, entry: _Entry) -> bool:
    """Return whether *keyword* may follow in *entry*; None continues a string."""
    before = {"msgctxt": 0, "msgid": 1, "msgstr": 2}
    if keyword is None:
        return True
    if keyword == "msgstr" and "msgid" not in entry.texts:
        return False
    return all(before[one] < before[keyword] for one in entry.texts)


def _unescaped(found: re.Match[str]) -> str:
    hexadecimal, octal, letter = found.groups()
    if hexadecimal:
        return chr(int(hexadecimal, 16))
    if octal:
        return chr(int(octal, 8))
    return _ESCAPED.get(letter, letter)


def _fields(text: str) -> dict[str, str]:
    """Return the fields of a header by lower-case name."""
    pairs = (line.partition(":") for line in text.split("\n"))
    return {name.strip().lower(): value.strip() for name, _sep, value in pairs}
