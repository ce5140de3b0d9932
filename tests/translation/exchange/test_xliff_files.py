"""XLIFF 1.2 and 2.0: what is written is valid, what other tools write is read."""

from itertools import permutations
from pathlib import Path

import pytest
from lxml import etree

from newsroom.translation.exchange import xliff
from newsroom.translation.exchange.files import FileError, Unit
from newsroom.translation.exchange.unit_states import UnitState
from tests.translation.exchange.files import ARTICLE, document, xliff_1, xliff_2

SCHEMAS = Path(__file__).parents[4] / "shared" / "validators" / "xliff"
NAMESPACES = {
    "1.2": "urn:oasis:names:tc:xliff:document:1.2",
    "2.0": "urn:oasis:names:tc:xliff:document:2.0",
}
FILES = {"1.2": "xliff-core-1.2-transitional.xsd", "2.0": "xliff-core-2.0.xsd"}
UNITS = [
    Unit("1-2", "Форум <b>өтті</b>.", "Форум <b>прошёл</b>.", note="body.paragraph"),
    Unit("2-3", "Бірінші", "Первый", is_machine_made=True),
    Unit("3-4", " Екінші\n", " Второй\n", state=UnitState.UNFINISHED, note="a < b"),
    Unit("4-5", "Үшінші", ""),
]


class _XmlNamespace(etree.Resolver):
    def resolve(self, url, public_id, context):
        if url.endswith("xml.xsd"):
            return self.resolve_filename(str(SCHEMAS / "xml.xsd"), context)
        return None


@pytest.fixture(scope="module")
def schemas():
    if not SCHEMAS.is_dir():
        pytest.skip("The schemas of OASIS are not there (../shared/validators/xliff).")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_XmlNamespace())
    return {
        version: etree.XMLSchema(etree.parse(str(SCHEMAS / name), parser))
        for version, name in FILES.items()
    }


@pytest.mark.shared
@pytest.mark.parametrize("version", FILES)
def test_written_files_are_valid_by_the_oasis_schema(schemas, version):
    root = etree.fromstring(xliff.write(document(*UNITS), version))
    assert root.tag == f"{{{NAMESPACES[version]}}}xliff"
    assert root.get("version") == version
    schemas[version].assertValid(root)
    broken = etree.fromstring(xliff.write(document(*UNITS), version))
    broken.find(".//{*}source").tag = "{x}source"
    assert not schemas[version].validate(broken)  # the schema does look at units


@pytest.mark.parametrize("version", FILES)
def test_written_files_are_read_with_their_states(version):
    back = xliff.read(xliff.write(document(*UNITS), version))
    assert (back.article, back.source_language, back.target_language) == (
        ARTICLE,
        "kk",
        "ru",
    )
    assert [(u.key, u.source, u.target) for u in back.units] == [
        (u.key, u.source, u.target) for u in UNITS
    ]
    assert [u.is_machine_made for u in back.units] == [False, True, False, False]
    assert back.units[0].state > UnitState.UNFINISHED
    assert back.units[2].state == UnitState.UNFINISHED


def target_1(inner: str) -> str:
    unit = f'<trans-unit id="1-1"><source>a</source><target>{inner}</target>'
    return xliff.read(xliff_1(unit + "</trans-unit>")).units[0].target


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("Ол &lt;b&gt;келді&lt;/b&gt;", "Ол <b>келді</b>"),
        ('Ол <g id="1" ctype="bold">келді</g>', "Ол <b>келді</b>"),
        ('Ол <g id="1" ctype="x-html-SUP">2</g>', "Ол <sup>2</sup>"),
        ('Ол <g id="1">келді</g>', "Ол келді"),
        ('Ол<x id="1" ctype="lb"/>келді', "Ол<br>келді"),
        ('Ол <x id="1"/>келді', "Ол келді"),
        ('<x id="1" equiv-text="&lt;b&gt;"/>Ол', "<b>Ол"),
        (
            '<bx id="1" ctype="italic"/>Ол<ex id="1"/> келді',
            "<i>Ол</i> келді",
        ),
        (
            '<bx id="1" rid="7" ctype="bold"/>Ол<ex id="2" rid="7"/>',
            "<b>Ол</b>",
        ),
        (
            '<bpt id="1">&lt;b&gt;</bpt>Ол<ept id="1">&lt;/b&gt;</ept>',
            "<b>Ол</b>",
        ),
        ('Ол<ph id="1">&lt;br&gt;</ph>келді', "Ол<br>келді"),
        ('<it id="1" pos="open">&lt;i&gt;</it>Ол', "<i>Ол"),
        ('<ph id="1">&lt;a id="<sub>a1</sub>"&gt;</ph>', '<a id="a1">'),
        ('<mrk mtype="term">Ол</mrk> келді', "Ол келді"),
        (
            '<mrk mtype="seg" mid="1">Ол.</mrk> <mrk mtype="seg" mid="2">Иә.</mrk>',
            "Ол. Иә.",
        ),
        ('<g id="1">a<g id="2" ctype="bold">b</g></g>', "a<b>b</b>"),
        ("Ол<!-- түсінік --> келді<?a b?>", "Ол келді"),
        ("<![CDATA[<b>Ол</b>]]>", "<b>Ол</b>"),
    ],
)
def test_inline_codes_of_xliff_1_are_markup_and_not_words(inner, text):
    assert target_1(inner) == text


def test_suggestions_of_a_tool_are_not_read_as_translations():
    unit = """<group id="g"><trans-unit id="1-1"><source>a</source>
<seg-source><mrk mtype="seg" mid="1">a</mrk></seg-source>
<alt-trans><source>x</source><target state="translated">suggested</target></alt-trans>
</trans-unit></group>"""
    (found,) = xliff.read(xliff_1(unit)).units
    assert (found.source, found.target) == ("a", "")


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_of_xliff_1_is_read(version):
    unit = '<trans-unit id="1-1"><source>a</source><target>b</target></trans-unit>'
    (found,) = xliff.read(xliff_1(unit, version=version)).units
    assert (found.key, found.source, found.target) == ("1-1", "a", "b")


def test_several_files_of_one_article_are_one_and_of_two_are_refused():
    unit = "<trans-unit id='{}'><source>a</source><target>b</target></trans-unit>"
    more = f"""<file original="{ARTICLE}" source-language="kk" target-language="ru"
 datatype="html"><body>{unit.format("2-2")}</body></file>"""
    found = xliff.read(xliff_1(unit.format("1-1"), files=more))
    assert [one.key for one in found.units] == ["1-1", "2-2"]
    for old, new in ((ARTICLE, "other"), ('"ru"', '"en"')):
        data = xliff_1(unit.format("1-1"), files=more.replace(old, new))
        with pytest.raises(FileError, match="several") as error:
            xliff.read(data)
        assert error.value.line


def unit_2(*parts: str, data: str = "") -> Unit:
    original = f"<originalData>{data}</originalData>" if data else ""
    (found,) = xliff.read(
        xliff_2(f'<unit id="1-1">{original}{"".join(parts)}</unit>')
    ).units
    return found


def target_2(inner: str, data: str = "") -> str:
    segment = f"<segment><source>a</source><target>{inner}</target></segment>"
    return unit_2(segment, data=data).target


DATA = '<data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data>'


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("Ол &lt;b&gt;келді&lt;/b&gt;", "Ол <b>келді</b>"),
        ('Ол <pc id="1" dataRefStart="d1" dataRefEnd="d2">ол</pc>', "Ол <b>ол</b>"),
        ('Ол <pc id="1" type="fmt" subType="fmt:i">ол</pc>', "Ол <i>ол</i>"),
        ('Ол <pc id="1">ол</pc>', "Ол ол"),
        ('<sc id="1" dataRef="d1"/>Ол<ec startRef="1" dataRef="d2"/>', "<b>Ол</b>"),
        ('<sc id="1" type="fmt" subType="fmt:b"/>Ол<ec startRef="1"/>', "<b>Ол</b>"),
        ('<sc id="1"/>Ол<ec startRef="1"/>', "Ол"),
        ('<ph id="1" dataRef="d1"/>Ол', "<b>Ол"),
        ('a<ph id="1" type="fmt" subType="fmt:lb"/>b', "a<br>b"),
        ('a<ph id="1"/>b', "ab"),
        ('<mrk id="m1" type="term">Ол</mrk> келді', "Ол келді"),
        ('<sm id="m1" type="comment"/>Ол<em startRef="m1"/> келді', "Ол келді"),
        ('a<cp hex="0009"/>b', "a\tb"),
    ],
)
def test_inline_codes_of_xliff_2_are_markup_and_not_words(inner, text):
    assert target_2(inner, DATA) == text


@pytest.mark.parametrize("code", ["0000", "D800", "110000", "x", ""])
def test_a_character_that_cannot_be_stored_is_refused(code):
    with pytest.raises(FileError, match="cannot be stored"):
        target_2(f'a<cp hex="{code}"/>b')


@pytest.mark.parametrize("order", [*permutations((1, 3, 5))])
def test_a_unit_that_was_divided_comes_back_joined_in_the_order_of_its_targets(order):
    parts = [
        f"<segment><source>{text}</source>"
        f'<target order="{place}">{text.upper()}</target></segment>'
        for text, place in zip("abc", order, strict=True)
    ]
    gap = "<ignorable><source> </source></ignorable>"
    gap_with_target = "<ignorable><source> </source><target> </target></ignorable>"
    found = unit_2(parts[0], gap, parts[1], gap_with_target, parts[2])
    assert found.source == "a b c"
    by_place = dict(zip(order, "ABC", strict=True))
    assert found.target == f"{by_place[1]} {by_place[3]} {by_place[5]}"


@pytest.mark.parametrize("order", ["0", "7", "x", "", "٢", "99999999999999999999"])
def test_an_invalid_order_is_replaced_by_that_of_the_file(order):
    first = f'<segment><source>a</source><target order="{order}">A</target></segment>'
    found = unit_2(first, "<segment><source>b</source><target>B</target></segment>")
    assert found.target == "AB"


def test_a_divided_unit_is_as_far_as_the_last_of_its_segments():
    done = '<segment state="final"><source>a</source><target>A</target></segment>'
    begun = '<segment state="initial"><source>b</source><target>B</target></segment>'
    empty = "<segment><source>b</source></segment>"
    space = "<segment><source> </source></segment>"
    assert unit_2(done, done).state == UnitState.APPROVED
    assert unit_2(done, space).state == UnitState.APPROVED
    assert unit_2(done, begun).state == UnitState.UNFINISHED
    assert unit_2(done, empty).state == UnitState.UNFINISHED
    assert unit_2(done, empty).target == "A"
    assert unit_2(empty, empty).target == ""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-8-sig", "windows-1251"),  # the mark decides
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-8", "UTF-16"),  # saved as UTF-8 by a program that made UTF-16
        ("windows-1251", "windows-1251"),
        ("koi8-r", "KOI8-R"),
    ],
)
def test_files_in_every_encoding_of_translators_tools_are_read(
    encoding, declared, ending
):
    unit = (
        "<trans-unit id='1-1'><source>a</source><target>Ёлка\nс</target></trans-unit>"
    )
    text = xliff_1(unit).decode().replace('"UTF-8"', f'"{declared}"')
    data = text.replace("\n", ending).encode(encoding)
    (found,) = xliff.read(data).units
    assert found.target == "Ёлка\nс"
    assert found.line == 5


def test_a_line_of_a_broken_file_is_named_in_every_encoding():
    text = xliff_1("<trans-unit id='1'>").decode().replace('"UTF-8"', '"UTF-16"')
    with pytest.raises(FileError) as error:
        xliff.read(text.replace("\n", "\r\n").encode("utf-16"))
    assert error.value.line == 6
    with pytest.raises(FileError, match="UTF-7"):
        xliff.read(text.replace('"UTF-16"', '"UTF-7"').encode("utf-7"))
    with pytest.raises(FileError, match="is not in UTF-8"):
        xliff.read(xliff_1("\n\nЁ").replace("Ё".encode(), b"\xff"))
