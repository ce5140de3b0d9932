"""Metadata in the file of a picture: headline, caption and credit.

XMP is read first, then IPTC, then EXIF, as the Metadata Working Group recommends.
Fields: IPTC Photo Metadata Standard (Headline, Description, Credit Line, Creator).
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.ExifTags import Base
from PIL.IptcImagePlugin import getiptcinfo

from newsroom.sanitising.xml_guard import parse_xml, without_declaration

MAX_LENGTH = 255  # of Wagtail's fields
MAX_XMP_BYTES = 1_000_000  # more is thumbnails and edit histories, not a description

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

XMP_FIELDS = {
    "title": (f"{PHOTOSHOP}Headline", f"{DC}title"),
    "caption": (f"{DC}description",),
    "credit": (f"{PHOTOSHOP}Credit", f"{DC}creator"),
}
IPTC_FIELDS = {
    "title": ((2, 105), (2, 5)),
    "caption": ((2, 120),),
    "credit": ((2, 110), (2, 80)),
}
EXIF_FIELDS = {
    "title": (),
    "caption": (Base.ImageDescription,),
    "credit": (Base.Artist, Base.Copyright),
}
# Cameras write their model name to the caption.
WRITTEN_BY_CAMERAS = re.compile(
    r"(?i)(olympus|sony|minolta|konica|kodak|samsung|digital)\b.*\b(camera|dsc|dslr)"
    r"|dcim?|untitled|image description|default"
)
# White space and control characters; each run of them becomes one space.
CONTROLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Details:
    """Plain text, one line per field, at most :data:`MAX_LENGTH` characters each."""

    title: str = ""
    caption: str = ""
    credit: str = ""


def details_of(data: bytes) -> Details:
    """Return the metadata of the picture *data*; unreadable fields are empty.

    Raises OSError if *data* is no picture.
    """
    with Image.open(BytesIO(data)) as picture:
        readers = (_from_xmp, _from_iptc, _from_exif)
        found = [_quietly(reader, picture) for reader in readers]
    return Details(
        **{
            name: next((text for one in found if (text := one.get(name))), "")
            for name in ("title", "caption", "credit")
        }
    )


def _quietly(reader: Any, picture: Image.Image) -> dict[str, str]:
    with suppress(Exception):  # metadata are often broken in valid pictures
        return {name: _line(text) for name, text in reader(picture)}
    return {}


def _from_xmp(picture: Image.Image) -> Iterator[tuple[str, str]]:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    if not packet or len(packet) > MAX_XMP_BYTES:
        return
    root = parse_xml(_xmp_packet(packet))
    described = list(root.iter(f"{RDF}Description"))
    for name, tags in XMP_FIELDS.items():
        texts = (_xmp_text(one, tag) for tag in tags for one in described)
        yield name, next(filter(None, texts), "")


def _xmp_packet(packet: bytes) -> str:
    """Return an XMP packet, which is in UTF-8 or begins with a byte order mark."""
    is_wide = packet.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = packet.decode("utf-16" if is_wide else "utf-8-sig")
    return without_declaration(text.strip("\0 \r\n\t"))


def _xmp_text(description: Any, tag: str) -> str:
    if tag in description.attrib:
        return str(description.attrib[tag])
    element = description.find(tag)
    if element is None:
        return ""
    items = element.findall(f".//{RDF}li")
    if not items:
        return element.text or ""
    if any(XML_LANG in item.attrib for item in items):  # one text in several languages
        return items[0].text or ""
    return ", ".join(item.text for item in items if item.text)


def _from_iptc(picture: Any) -> Iterator[tuple[str, str]]:
    records: Any = getiptcinfo(picture) or {}
    for name, keys in IPTC_FIELDS.items():
        values = next((records[key] for key in keys if records.get(key)), [])
        values = values if isinstance(values, list) else [values]
        yield name, ", ".join(_decoded(value) for value in values)


def _decoded(value: bytes) -> str:
    """Decode IPTC text, which is UTF-8 or, from older programs, Windows-1251."""
    with suppress(UnicodeDecodeError):
        return value.decode()
    return value.decode("cp1251", errors="replace")


def _from_exif(picture: Image.Image) -> Iterator[tuple[str, str]]:
    exif = picture.getexif()
    for name, tags in EXIF_FIELDS.items():
        values = (exif.get(tag) for tag in tags)
        text = next((value for value in values if value), "")
        if isinstance(text, bytes):
            text = _decoded(text)
        elif isinstance(text, str) and not text.isascii():
            with suppress(UnicodeError):  # Pillow decodes EXIF as Latin-1
                text = text.encode("latin-1").decode()
        yield name, str(text)


def _line(text: str) -> str:
    line = CONTROLS.sub(" ", text).strip()
    if WRITTEN_BY_CAMERAS.fullmatch(line):
        return ""
    if len(line) <= MAX_LENGTH:
        return line
    return f"{line[: MAX_LENGTH - 1].rstrip()}…"
