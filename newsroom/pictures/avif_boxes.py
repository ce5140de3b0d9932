"""Removal of metadata from an AVIF file, in place.

AVIF stores EXIF and XMP as items beside the picture; ``iloc`` contains the byte range
of each item. Removing bytes would move all following data, so the bytes of these items
are set to zero and their type to one that no reader uses. Source: ISO/IEC 14496-12,
8.11 (the boxes iinf, infe and iloc).
"""

from collections.abc import Iterator

BLANKED = {b"Exif", b"mime", b"uri "}
NOBODYS_TYPE = b"free"
MAX_BOXES = 10_000


def without_avif_metadata(data: bytes) -> bytes:
    """Return *data* with the bytes of EXIF, XMP and other foreign items set to zero.

    Raises ValueError if the boxes cannot be read.
    """
    blank = bytearray(data)
    metas = [span for name, *span in _boxes(data, 0, len(data)) if name == b"meta"]
    for start, end in metas:
        boxes = {name: (a, b) for name, a, b in _boxes(data, start + 4, end)}
        items = dict(_foreign_items(data, *boxes.get(b"iinf", (end, end))))
        idat = boxes.get(b"idat", (0, 0))[0]
        if b"iloc" in boxes:
            for item, a, b in _extents(data, *boxes[b"iloc"], idat):
                if item in items:
                    if b > len(data):
                        raise ValueError("an item beyond the end")
                    blank[a:b] = bytes(b - a)
        for at in items.values():
            blank[at : at + 4] = NOBODYS_TYPE
    return bytes(blank)


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of the content of each box between two offsets."""
    for _ in range(MAX_BOXES):
        if at + 8 > end:
            return
        size, name, start = _number(data, at, 4), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, start = _number(data, at + 8, 8), at + 16
        stop = end if size == 0 else at + size
        if stop < start or stop > end:
            raise ValueError("a box beyond its parent")
        yield name, start, stop
        at = stop
    raise ValueError("too many boxes")


def _foreign_items(data: bytes, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the id of each metadata item, and the offset of its type."""
    if at == end:
        return
    first = at + (6 if data[at] == 0 else 8)
    for name, start, _stop in _boxes(data, first, end):
        version = data[start]
        if name == b"infe" and version >= 2:
            width = 2 if version == 2 else 4
            place = start + 4 + width + 2
            if data[place : place + 4] in BLANKED:
                yield _number(data, start + 4, width), place


def _extents(
    data: bytes, at: int, end: int, idat: int
) -> Iterator[tuple[int, int, int]]:
    """Yield the id of each item with the start and end in the file of each extent."""
    version, sizes = data[at], data[at + 4 : at + 6]
    offset_size, length_size = sizes[0] >> 4, sizes[0] & 15
    base_size, index_size = sizes[1] >> 4, sizes[1] & 15 if version else 0
    width = 4 if version == 2 else 2
    count, at = _number(data, at + 6, width), at + 6 + width
    for _ in range(count):
        item, at = _number(data, at, width), at + width
        method = 0
        if version:
            method, at = _number(data, at, 2) & 15, at + 2
        at += 2
        base, at = _number(data, at, base_size), at + base_size
        parts, at = _number(data, at, 2), at + 2
        for _part in range(parts):
            at += index_size
            offset, at = _number(data, at, offset_size), at + offset_size
            length, at = _number(data, at, length_size), at + length_size
            start = base + offset + (idat if method == 1 else 0)
            if at > end:
                raise ValueError("a table beyond its box")
            yield item, start, start + length


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size])
