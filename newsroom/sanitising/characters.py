"""Normalisation of characters that text must not contain."""

import html
import re

# Line breaks as programs write them: VT (Shift+Enter in Word), FF (a new page), the
# separators of ISO/IEC 6429 (FS, GS, RS, NEL) and of Unicode (LS, PS).
LINE_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_BREAK = re.compile(f"\r\n?|[{LINE_BREAKS}]")
# Control characters (C0, DEL and C1 except tab, newline and LINE_BREAKS), surrogates
# and the 66 noncharacters. XML 1.0, PostgreSQL (NUL) or UTF-8 (surrogates) refuse them,
# and no text needs them.
_PLANE_ENDS = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}"
    for plane in range(0, 0x110000, 0x10000)
)
UNSTORABLE = (
    f"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}"
)
_UNSTORABLE = re.compile(f"[{UNSTORABLE}]")
_SUSPECT = re.compile(f"[\r{LINE_BREAKS}{UNSTORABLE}]")


def storable_text(text: str, *, single_line: bool = False) -> str:
    r"""Return *text* without characters that some format or database cannot store.

    Line separators of any kind become ``\n``, or a space if *single_line*. Other
    control characters, lone surrogates and noncharacters are removed. Tabs are kept.
    """
    if not _SUSPECT.search(text) and not (single_line and "\n" in text):
        return text
    text = _UNSTORABLE.sub("", _LINE_BREAK.sub("\n", text))
    return " ".join(text.split("\n")) if single_line else text


def storable_markup(markup: str) -> str:
    """Return HTML with storable characters; line separators become ``<br/>``.

    Numeric references are treated as the characters that browsers show for them. Line
    separators inside a tag are removed: there is no line to break.
    """
    markup = _REFERENCE.sub(_storable_reference, markup)
    if not _SUSPECT.search(markup):
        return markup
    markup = _UNSTORABLE.sub("", markup)
    return _TAG_OR_BREAK.sub(
        lambda found: _IN_TAG.sub("", found[0]) if found[0][0] == "<" else "<br/>",
        markup,
    )


# "[^<>]" and not "[^>]": an unclosed "<" is read up to the next "<" only.
_TAG_OR_BREAK = re.compile(f"<[^<>]*>|[{LINE_BREAKS}]")
_IN_TAG = re.compile(f"[{LINE_BREAKS}]")
# At most seven significant digits, as many as U+10FFFF has in decimal.
_REFERENCE = re.compile(r"&#(?:x0*([0-9a-f]+)|0*([0-9]+));?", re.I)


def _storable_reference(reference: re.Match[str]) -> str:
    hexadecimal, decimal = reference.groups()
    digits = hexadecimal or decimal
    code = int(digits, 16 if hexadecimal else 10) if len(digits) < 8 else 0
    if code == 0x0B:  # html.unescape() drops it
        return "\x0b"
    if code <= 0x10FFFF and not _SUSPECT.match(chr(code)):
        return reference[0]
    # References to C1 mean Windows-1252, as HTML defines: &#150; is a dash.
    return html.unescape(f"&#{code};").replace("\ufffd", "")
