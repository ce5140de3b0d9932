"""One reader of XML from outside; no other module calls a parser of XML."""

import ast
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from newsroom.pictures.metadata import details_of
from newsroom.sanitising.xml_guard import (
    MAX_DEPTH,
    XMLRefusedError,
    parse_xml,
    without_declaration,
)

PARSERS = {"XMLParser", "XMLPullParser", "fromstring", "iterparse", "parse", "XML"}
LIBRARIES = {"etree", "ElementTree", "minidom", "sax", "expat"}
# The guard itself, and the conversion of the site's own feed.
ALLOWED = {"newsroom/sanitising/xml_guard.py", "newsroom/transliteration/feeds.py"}
XMP = """<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF
  xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'
  xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'>
<rdf:Description photoshop:Headline='{headline}'/></rdf:RDF></x:xmpmeta>
<?xpacket end='w'?>"""


def _calls(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            module = node.func.value
            name = getattr(module, "id", getattr(module, "attr", ""))
            if node.func.attr in PARSERS and name in LIBRARIES:
                yield node.func.attr


def test_no_other_module_parses_xml():
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for package in ("home", "newsroom", "search")
        for path in (settings.BASE_DIR / package).rglob("*.py")
        if any(_calls(path))
    }
    assert found == ALLOWED


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        "<x>&a;</x>",
        "<x>" * (MAX_DEPTH + 1) + "</x>" * (MAX_DEPTH + 1),
        "<x>",
        "",
        "\x00",
    ],
)
def test_hostile_and_broken_xml_is_refused(text):
    with pytest.raises(XMLRefusedError):
        parse_xml(text)


def test_a_declaration_keeps_the_lines():
    assert without_declaration("<?xml\nversion='1.0'?><x/>") == "\n<x/>"


def _picture(packet: bytes) -> bytes:
    data = BytesIO()
    Image.new("RGB", (4, 4)).save(data, "WEBP", xmp=packet)
    return data.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_metadata_of_pictures_are_read_by_the_guard(encoding):
    packet = XMP.format(headline="Қала").encode(encoding)
    assert details_of(_picture(packet)).title == "Қала"


def test_metadata_with_entities_are_left_out():
    hostile = '<!DOCTYPE x [<!ENTITY a "b">]>' + XMP.format(headline="&a;")
    assert details_of(_picture(hostile.encode())).title == ""
