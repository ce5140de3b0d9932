"""Old files are decoded by what they say, and by what their words look like."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.intake.decoding import Decoded, decode

KAZAKH = (
    "Қызылорда қаласында өткен форумға өңірлердің әкімдері қатысты. "
    "«Тұрғын үй құрылысы жыл сайын ұлғайып келеді», — деді министр.\n"
    "Жиһаз өндіретін зауыт іске қосылды."
)
RUSSIAN = (
    "В Кызылорде прошёл первый Национальный урбан-форум. Министр сообщил, что "
    "жилищный фонд обновят. Жители сельских округов получат новые дороги."
)
ENGLISH = "The café on the corner – where the façade was “restored” – has reopened."
UKRAINIAN = "Міністр закордонних справ України приїхав до Києва, щоб обговорити ґрунти."
SERBIAN = "Министарство је саопштило да ће њихов предлог бити усвојен следеће недеље."


@pytest.mark.parametrize("encoding", ["kz1048", "ptcp154", "utf-8", "utf-16"])
def test_kazakh_is_read_in_every_encoding_that_has_its_letters(encoding):
    found = decode(KAZAKH.encode(encoding))
    assert found.text == KAZAKH
    assert not found.is_doubtful
    assert found.others == ()


@pytest.mark.parametrize(
    "encoding", ["windows-1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"]
)
# Capitals of cp866 and of a Macintosh are the same bytes, but for Ё.
@pytest.mark.parametrize(
    "text", [RUSSIAN, RUSSIAN.replace("ё", "е").upper()], ids=["text", "capitals"]
)
def test_russian_is_read_in_every_cyrillic_encoding(encoding, text):
    found = decode(text.encode(encoding))
    assert found.text == text
    assert not found.is_doubtful


def test_english_with_accents_and_quotes_is_read():
    assert decode(ENGLISH.encode("windows-1252")).text == ENGLISH


@pytest.mark.parametrize("declared", ["windows-1251", "iso-8859-1", "koi8-r", "utf-8"])
@pytest.mark.parametrize("encoding", ["kz1048", "ptcp154", "utf-8"])
def test_a_declaration_that_cannot_be_right_is_not_followed(declared, encoding):
    assert decode(KAZAKH.encode(encoding), declared).text == KAZAKH


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        (UKRAINIAN, "windows-1251"),
        (SERBIAN, "windows-1251"),
        ("Ősszel újra kinyit a színház.", "iso-8859-2"),
        ("市長は新しい図書館を開いた。", "shift_jis"),
        ("市長は新しい図書館を開いた。", "iso-2022-jp"),
        ("市长为新图书馆揭幕。", "gb18030"),
    ],
)
def test_a_declaration_that_can_be_right_is_followed(text, declared):
    assert decode(text.encode(declared), declared).text == text


@pytest.mark.parametrize(
    "declared",
    ["", "x-user-defined", "no such", "base64", "rot13", "utf-7", "idna", "\0", "hex"],
)
def test_a_declaration_that_names_no_encoding_of_text_is_ignored(declared):
    assert decode(RUSSIAN.encode("koi8-r"), declared).text == RUSSIAN


@pytest.mark.parametrize(
    "mark_and_encoding",
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_a_byte_order_mark_or_zero_bytes_tell_the_encoding(mark_and_encoding):
    mark, encoding = mark_and_encoding
    found = decode(mark + KAZAKH.encode(encoding), "windows-1251")
    assert found == Decoded(KAZAKH, encoding)


def test_a_text_that_would_read_as_well_otherwise_is_doubtful():
    found = decode("Ал ол ұтты.".encode("ptcp154"))
    assert found.is_doubtful
    assert found.others or "\ufffd" in found.text


def test_utf_8_that_was_cut_off_is_doubtful_and_keeps_its_text():
    found = decode("Қала өсті".encode()[:-1])
    assert found.text == "Қала өст\ufffd"
    assert found.is_doubtful


@pytest.mark.parametrize("white_space", ["\n", "\t", " "])
def test_white_space_is_no_reason_for_doubt(white_space):
    text = RUSSIAN.replace(" ", white_space * 30)
    found = decode(text.encode("windows-1251"))
    assert found == Decoded(text, "windows-1251")


def test_lines_end_with_lf():
    assert decode(b"a\r\nb\rc\n").text == "a\nb\nc\n"


@pytest.mark.parametrize("text", [KAZAKH, KAZAKH.upper(), KAZAKH + "\nNew York Times"])
def test_letters_of_old_fonts_become_kazakh_ones(text):
    seen = text.encode("kz1048").decode("windows-1251")
    assert seen != text
    found = decode(seen.encode())
    assert found.text == text
    assert found.has_stand_ins


@pytest.mark.parametrize("text", [UKRAINIAN, SERBIAN, RUSSIAN, "5 µm ± 2"])
def test_texts_that_have_these_letters_as_their_own_stay(text):
    found = decode(text.encode())
    assert found == Decoded(text, "utf-8")


def test_a_line_in_ukrainian_stays_in_a_kazakh_text():
    seen = KAZAKH.encode("kz1048").decode("windows-1251")
    assert decode(f"{seen}\n{UKRAINIAN}".encode()).text == f"{KAZAKH}\n{UKRAINIAN}"


@given(st.binary(), st.text(max_size=20))
def test_nothing_raises(data, declared):
    found = decode(data, declared)
    assert "\r" not in found.text
    assert found.encoding


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")))
def test_utf_8_is_read_as_it_is_but_for_letters_of_old_fonts(text):
    found = decode(text.encode())
    if not found.has_stand_ins and not text.startswith("\ufeff"):
        assert found.text == text
