"""What every XML file from outside passes before anything else reads it."""

import re

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

from newsroom.translation.exchange.files import FileError

# What XML 1.0 cannot hold, not even as a reference.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*>")


def refuse_hostile(data: bytes, *, may_name_dtd: bool = False) -> None:
    """Raise FileError, with the line, for what is broken or hostile.

    With *may_name_dtd* a document type may be named, as TMX and TBX files do; it is
    never read, and may declare nothing.
    """
    if may_name_dtd:
        data = _DOCTYPE.sub(lambda found: b"\n" * found[0].count(b"\n"), data, count=1)
    try:
        fromstring(data, forbid_dtd=True)
    except ParseError as error:
        raise FileError(_("The file is broken."), error.position[0]) from error
    except DefusedXmlException as error:
        line = data[: max(data.find(b"<!"), 0)].count(b"\n") + 1
        raise FileError(
            _("A file with a document type or entities is not read."), line
        ) from error
    except (ValueError, LookupError) as error:
        raise FileError(_("The file is broken.")) from error


def refuse_unwritable(*texts: str) -> None:
    """Raise FileError for a sign that no XML can hold."""
    for text in texts:
        if found := _FORBIDDEN.search(text):
            raise FileError(
                _("The sign U+%(code)s cannot be written to this format.")
                % {"code": f"{ord(found[0]):04X}"}
            )
