"""Removal of everything from a picture file that is not needed to show it.

Cameras and programs write where, when, by whom and with what a picture was made: EXIF,
XMP, IPTC, comments, thumbnails of the uncropped picture, a video behind a photograph.
The data needed to show the picture, with its colour profile, are kept byte for byte.
Sources: ITU-T T.81 (JPEG), W3C PNG third edition, Google's WebP container
specification, GIF89a, ISO/IEC 14496-12 and 23008-12 (AVIF).
"""

from collections.abc import Callable
from io import BytesIO
from struct import unpack
from typing import Any

from PIL import Image, ImageOps
from PIL.ExifTags import Base
from PIL.JpegImagePlugin import get_sampling

from newsroom.pictures.avif_boxes import without_avif_metadata

# JPEG segments that decoding needs although they are "application data": JFIF, the
# colour profile, and Adobe's marker of the colour model.
JPEG_KEPT = {0xE0: (b"JFIF\0",), 0xE2: (b"ICC_PROFILE\0",), 0xEE: (b"Adobe",)}
JPEG_COMMENT = 0xFE
# Ancillary PNG chunks that affect how a picture looks, or animate it.
PNG_KEPT = {
    *(b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV"),
    *(b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT"),
}
WEBP_DROPPED = {b"EXIF", b"XMP "}
WEBP_FLAGS_DROPPED = 0x08 | 0x04  # "has EXIF", "has XMP"
GIF_KEPT = {b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"}
UPRIGHT = 1
# For re-encoded pictures, unless the quantisation tables of a JPEG can be reused.
QUALITY = 95


def without_metadata(data: bytes) -> bytes:
    """Return the picture *data* without metadata, rotated upright.

    A picture is re-encoded only if its EXIF says that it is rotated, or if its parts
    cannot be parsed. Raises OSError, ValueError or SyntaxError if *data* is no readable
    picture.
    """
    with Image.open(BytesIO(data)) as picture:
        kind = "JPEG" if picture.format == "MPO" else str(picture.format)
        # An AVIF file has its own rotation property, and its EXIF orientation is
        # ignored.
        turned = kind != "AVIF" and _orientation(picture) != UPRIGHT
        if not turned and kind in STRIPPERS:
            try:
                return STRIPPERS[kind](data)
            except (ValueError, IndexError):
                pass
        return _encoded_anew(picture, kind)


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(Base.Orientation, UPRIGHT))
    except Exception:  # unreadable EXIF is ignored
        return UPRIGHT


def _encoded_anew(picture: Any, kind: str) -> bytes:
    options: dict[str, Any] = {"quality": QUALITY}
    if kind == "JPEG" and getattr(picture, "quantization", None):
        del options["quality"]
        options["qtables"] = dict(picture.quantization)
        if (sampling := get_sampling(picture)) >= 0:
            options["subsampling"] = sampling
    if profile := picture.info.get("icc_profile"):
        options["icc_profile"] = profile
    if getattr(picture, "n_frames", 1) > 1 and kind != "JPEG":
        options["save_all"] = True
        upright = picture
    else:
        upright = ImageOps.exif_transpose(picture)
        transparency = upright.info.get("transparency")
        upright.info = {}
        if transparency is not None:
            upright.info["transparency"] = transparency
    buffer = BytesIO()
    upright.save(buffer, kind, exif=b"", **options)
    return buffer.getvalue()


def _jpeg(data: bytes) -> bytes:
    """Return the segments that decoding needs, up to the end of the first picture."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0xD9:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end < at + 4:
            raise ValueError("no length")
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        if _is_kept_in_jpeg(marker, data[at + 4 : at + 18]):
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, b"\xff\xd9"])


def _is_kept_in_jpeg(marker: int, start: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return start.startswith(JPEG_KEPT.get(marker, ()))
    return marker != JPEG_COMMENT


def _end_of_scan(data: bytes, at: int) -> int:
    """Return the end of the entropy-coded data: the offset of the next other marker."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        following = data[at + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        elif following == 0xFF:
            at += 1
        else:
            return at
    return len(data)


def _png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at + 12 <= len(data):
        length, name = unpack(">I4s", data[at : at + 8])
        is_critical = not name[0] & 0x20
        if is_critical or name in PNG_KEPT:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
        if name == b"IEND":
            break
    return b"".join(kept)


def _webp(data: bytes) -> bytes:
    kept, at = [], 12
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        name, length = unpack("<4sI", data[at : at + 8])
        chunk = data[at : at + 8 + length + (length & 1)]
        if name == b"VP8X":
            flags = chunk[8] & ~WEBP_FLAGS_DROPPED
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        if name not in WEBP_DROPPED:
            kept.append(chunk)
        at += len(chunk)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _gif(data: bytes) -> bytes:
    at = 13 + _colour_table(data[10])
    kept = [data[:at]]
    while at < len(data) and data[at] != 0x3B:
        start = at
        if data[at] == 0x2C:  # a picture
            at = _after_blocks(data, at + 11 + _colour_table(data[at + 9]))
            kept.append(data[start:at])
        elif data[at] == 0x21:  # an extension
            label, name = data[at + 1], data[at + 3 : at + 14]
            at = _after_blocks(data, at + 2)
            if label == 0xF9 or (label == 0xFF and name in GIF_KEPT):
                kept.append(data[start:at])
        else:
            raise ValueError("no block")
    return b"".join([*kept, b"\x3b"])


def _colour_table(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1


STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WEBP": _webp,
    "GIF": _gif,
    "AVIF": without_avif_metadata,
}
