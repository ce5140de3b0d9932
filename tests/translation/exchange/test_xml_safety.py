"""XML from outside: hostile files are refused by every reader, with the line."""

import socket

import pytest

from newsroom.sanitising import xml_guard
from newsroom.translation.exchange import xliff, xml
from newsroom.translation.exchange.files import FileError
from newsroom.translation.exchange.memory import tmx
from newsroom.translation.exchange.terms import tbx
from tests.translation.exchange.files import tmx as tmx_of
from tests.translation.exchange.files import xliff_1

TERMS = "<martif type='TBX'><text><body/></text></martif>"
READERS = {
    "xliff": (xliff.read, xliff_1().decode()),
    "tmx": (tmx.read, tmx_of().replace('<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n', "")),
    "tbx": (tbx.read, f"<?xml version='1.0'?>\n{TERMS}"),
}
HARMLESS = [
    "<!DOCTYPE x>",
    '<!DOCTYPE x SYSTEM "tmx14.dtd">',
    "<!DOCTYPE x PUBLIC '-//LISA OSCAR:1998//DTD for TMX//EN' \"tmx14.dtd\">",
    "<!DOCTYPE x []>",
    '<!DOCTYPE x SYSTEM "a.dtd" [\n <!-- ENTITY --> <!ELEMENT x ANY>\n]>',
    '<!-- a --><?b c?>\n<!DOCTYPE x SYSTEM "a>b[.dtd">',
]
HOSTILE = [
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1/a.dtd"> %a;]>',
    '<!DOCTYPE x [<!ENTITY % a "b">\n%a;]>',
    '<!DOCTYPE x SYSTEM "a.dtd" [<!ATTLIST x y CDATA "default">]>',
    '<!DOCTYPE x><!DOCTYPE x [<!ENTITY a "b">]>',
    '<!DOCTYPE x [<!-- ]> --><!ENTITY a "b">]>',
    "<!DOCTYPE x [<!NOTATION a SYSTEM 'b'>]>",
    "<!DOCTYPE x [ %a; <!ENTITY a 'b'>]>",
    "<!DOCTYPE x",
    f"<!DOCTYPE x [{' ' * xml_guard.MAX_PROLOGUE}<!ENTITY a 'b'>]>",
]


@pytest.fixture
def no_connections(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("A connection was opened.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def with_prologue(text: str, prologue: str) -> bytes:
    declaration, _, rest = text.partition("?>\n")
    return f"{declaration}?>\n{prologue}\n{rest}".encode()


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("prologue", HOSTILE)
def test_entities_and_outside_declarations_are_refused(name, prologue, no_connections):
    read, text = READERS[name]
    with pytest.raises(FileError) as error:
        read(with_prologue(text, prologue))
    assert error.value.line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["tmx", "tbx"])
@pytest.mark.parametrize("prologue", HARMLESS)
def test_a_document_type_that_names_no_entity_is_read(
    name, prologue, encoding, no_connections
):
    read, text = READERS[name]
    data = with_prologue(text, prologue).decode()
    data = data.replace('encoding="UTF-8"', f'encoding="{encoding}"')
    assert read(data.replace("\n", "\r\n").encode(encoding)) == []


@pytest.mark.parametrize("name", READERS)
def test_an_entity_that_nothing_declares_is_refused(name):
    read, text = READERS[name]
    last = text.rindex("<")
    with pytest.raises(FileError) as error:
        read(f"{text[:last]}&a;{text[last:]}".encode())
    assert error.value.line


@pytest.mark.parametrize("name", READERS)
def test_deep_nesting_is_refused_with_its_line(name):
    read, text = READERS[name]
    inner = text.rindex("</body>") if "</body>" in text else text.rindex("<body/>")
    deep = "\n<g>" * (xml_guard.MAX_DEPTH + 1)
    with pytest.raises(FileError, match="nested more than 64 deep") as error:
        read((text[:inner] + deep).encode())
    before = text[:inner].count("\n") + 1
    assert before < error.value.line <= before + xml_guard.MAX_DEPTH


def test_a_file_of_too_many_elements_is_read_no_further(monkeypatch):
    monkeypatch.setattr(xml_guard, "MAX_ELEMENTS", 1000)
    monkeypatch.setattr(xml_guard, "CHUNK", 1000)
    fed = []
    counted = xml_guard._Limits.count

    def count(self, parser):
        fed.append(parser)
        counted(self, parser)

    monkeypatch.setattr(xml_guard._Limits, "count", count)
    with pytest.raises(FileError, match="more than 1000 elements"):
        xml.parse(b"<a>" + b"<b/>" * 100_000 + b"</a>")
    assert len(fed) < 10


@pytest.mark.parametrize("data", [b"", b" ", b"a", b"\x00", b"<", b"\xff\xfe", b"<!--"])
def test_invalid_xml_is_refused(data):
    with pytest.raises(FileError):
        xml.parse(data)
