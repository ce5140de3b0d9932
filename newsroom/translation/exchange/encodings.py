"""Decoding of uploaded files in any declared encoding."""

import codecs
import re

from django.utils.translation import gettext as _

from newsroom.sanitising.byte_order_marks import split_mark
from newsroom.translation.exchange.files import FileError

# Encodings written by translation tools. Others, UTF-7 above all, can hide markup.
_ENCODINGS = re.compile(
    r"utf-8|ascii|utf-16(-[bl]e)?|cp125[0-8]|cp866|koi8-[ru]|iso8859-\d+|kz1048", re.I
)


def decoded(data: bytes, declared: str) -> str:
    """Return *data* as text without a byte order mark and with LF line endings.

    The encoding is that of the byte order mark, or else UTF-16 if the bytes look like
    it, or else *declared*, the encoding named in the file (UTF-8 if none). Raises
    FileError, with the line, for bytes that are invalid in the encoding, and for
    encodings that are not supported.
    """
    encoding, data = split_mark(data)
    encoding = encoding or _without_mark(data, declared)
    if not encoding or encoding.startswith("utf-32"):
        raise FileError(
            _("The encoding %(name)s is not read.") % {"name": declared or "UTF-32"}
        )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileError(
            _("The file is not in %(encoding)s.") % {"encoding": encoding.upper()}, line
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_mark(data: bytes, declared: str) -> str:
    """Return the codec's name; empty if the encoding is not supported."""
    if data[:4].count(0) == 2:  # the first characters of XML and PO are ASCII
        return "utf-16-be" if data[0] == 0 else "utf-16-le"
    try:
        name = codecs.lookup(declared or "utf-8").name
    except LookupError:
        return ""
    if not _ENCODINGS.fullmatch(name):
        return ""
    # UTF-16 text saved as UTF-8 by a program may keep its old declaration.
    return "utf-8" if name.startswith("utf-16") else name
