"""Decoding of old files, whose encoding is declared wrongly or not at all.

Kazakh was written in several 8-bit encodings before Unicode, and in fonts that drew its
letters in the places of others. Each candidate reads the bytes, and the reading that
looks most like Kazakh, Russian or English is taken.

The encodings: KZ-1048 (STRK 1048-2002) and PTCP-154, as registered with IANA, have the
letters of Kazakh at different positions of Windows-1251.
"""

import codecs
from typing import NamedTuple

from newsroom.intake.readings import likelihood
from newsroom.sanitising.byte_order_marks import split_mark
from search.languages import has_own_letters, restore_text

# The first of readings that are equally good is taken. Without a Kazakh letter, the
# first three are mostly the same text.
CANDIDATES = (
    "windows-1251",
    "kz1048",
    "ptcp154",
    "koi8-r",
    "windows-1252",
    "cp866",
    "iso8859-5",
    "mac-cyrillic",
)
_NAMES = {codecs.lookup(name).name: name for name in CANDIDATES}
# Codecs of text that can hide markup; a file that names one is not read so.
_REFUSED_ENDS = ("escape", "utf_7", "punycode", "idna", "undefined")
# Ukrainian and Serbian in Windows-1251 have letters where these have Kazakh ones.
KAZAKH, SIMILAR = {"kz1048", "ptcp154"}, "windows-1251"
SAMPLE_BYTES = 20_000
# In the unit of `likelihood`, for the whole sample: a reading that leads the next text
# by less is doubtful, and a declared encoding is given up for one that leads by more.
CLEAR_LEAD, DECISIVE_LEAD = 4.0, 20.0


class Decoded(NamedTuple):
    """A text, the encoding that it was read in, and what is uncertain about it.

    ``others`` are encodings in which the text reads nearly as well, best first.
    ``has_stand_ins`` is True if letters of old fonts were replaced by Kazakh ones.
    """

    text: str
    encoding: str
    is_doubtful: bool = False
    others: tuple[str, ...] = ()
    has_stand_ins: bool = False


def decode(data: bytes, declared: str = "") -> Decoded:
    """Return *data* as text with LF line endings, without a byte order mark.

    *declared* is the encoding that the file, or what came with it, names. It is
    followed unless it cannot be right: valid UTF-8 is UTF-8, and an encoding in which
    the text is far likelier is preferred. Never raises: bytes that the encoding does
    not have become U+FFFD, and the result is doubtful.
    """
    decoded = _decoded(data, _codec(declared))
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    restored = restore_text(text)
    return decoded._replace(text=restored, has_stand_ins=restored != text)


def _decoded(data: bytes, named: str) -> Decoded:
    marked, rest = split_mark(data)
    if marked:
        return _in(marked, rest)
    if wide := _without_mark(data):
        return _in(wide, data)
    if named.startswith("iso2022"):  # of seven bits, so it would pass for UTF-8
        return _in(named, data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _is_cut_off(data, error):
            return _in("utf-8", data)
    return _likeliest(data, named)


def _in(encoding: str, data: bytes) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, is_doubtful="\ufffd" in text)


def _without_mark(data: bytes) -> str:
    """Return the name of UTF-16 if *data* has its zero bytes, or else nothing.

    Spaces, digits and punctuation have them in every language.
    """
    sample = data[:SAMPLE_BYTES]
    half = len(sample) // 2
    if not half or len(data) % 2:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < half or min(even, odd) * 20 > half:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _codec(declared: str) -> str:
    """Return the name of Python's codec, empty if there is none for text.

    A candidate has the name that it has in :data:`CANDIDATES`.
    """
    try:
        info = codecs.lookup(declared.strip(" \t\"'") or "-")
    except (LookupError, ValueError):
        return ""
    is_text = getattr(info, "_is_text_encoding", True)
    is_refused = info.name.replace("-", "_").endswith(_REFUSED_ENDS)
    return "" if is_refused or not is_text else _NAMES.get(info.name, info.name)


def _is_cut_off(data: bytes, error: UnicodeDecodeError) -> bool:
    """Return whether all is UTF-8 but an incomplete last character."""
    return error.end == len(data) and not data[: error.start].isascii()


def _likeliest(data: bytes, named: str) -> Decoded:
    sample = data[:SAMPLE_BYTES]
    names = list(dict.fromkeys((named, *CANDIDATES) if named else CANDIDATES))
    texts = {one: sample.decode(one, "replace") for one in names}
    points = {one: likelihood(text) for one, text in texts.items()}
    best = max(names, key=points.__getitem__)
    if best in KAZAKH and has_own_letters(texts[SIMILAR], texts[best]):
        best = SIMILAR
    if named and points[best] - points[named] < DECISIVE_LEAD:
        best = named
    others = tuple(
        one
        for one in sorted(names, key=points.__getitem__, reverse=True)
        if texts[one] != texts[best] and points[best] - points[one] < CLEAR_LEAD
    )
    found = _in(best, data)
    return found._replace(
        is_doubtful=found.is_doubtful or bool(others) or points[best] < 0,
        others=others,
    )
