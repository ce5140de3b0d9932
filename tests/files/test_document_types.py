"""Documents are what their names say, without macros, and unpack to a limited size."""

import io
import struct
import zipfile

import pytest
from django.conf import settings as project
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents import get_document_model
from wagtail.models import Collection

from newsroom.files import document_types
from newsroom.files.document_types import MEDIA_TYPES, PARTS, check_document
from tests.files.files import make_document

OLE = document_types.COMPOUND + b"\0" * 504


def packed(**files: bytes) -> bytes:
    return packed_with({name.replace("__", "/"): data for name, data in files.items()})


def packed_with(files: dict[str, bytes], **options) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def office(extension: str, **more: bytes) -> bytes:
    return packed_with(
        {"[Content_Types].xml": b"<Types/>", PARTS[extension]: b"<a/>", **more}
    )


def open_document(extension: str, **more: bytes) -> bytes:
    return packed_with({"mimetype": MEDIA_TYPES[extension].encode(), **more})


def old_office(stream: str, more: bytes = b"") -> bytes:
    return OLE + stream.encode("utf-16-le") + more


VALID = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3",
    "rtf": b"{\\rtf1 a}",
    "txt": "Қазақ\r\n\tмәтін".encode(),
    "csv": "а;б\n1;2".encode("cp1251"),
    "doc": old_office("WordDocument"),
    "xls": old_office("Workbook"),
    "ppt": old_office("PowerPoint Document"),
    **{one: office(one) for one in PARTS},
    **{one: open_document(one) for one in MEDIA_TYPES},
    "zip": packed(a=b"b"),
}


def code_of(data: bytes, extension: str) -> str:
    file = io.BytesIO(data)
    file.seek(0, 2)
    try:
        check_document(file, extension)
    except ValidationError as error:
        return str(error.code)
    finally:
        assert file.tell() == 0
    return ""


def test_every_allowed_extension_is_checked():
    assert set(VALID) == set(project.WAGTAILDOCS_EXTENSIONS)


@pytest.mark.parametrize("extension", VALID)
def test_only_content_of_the_named_type_is_accepted(extension):
    assert code_of(VALID[extension], extension) == ""
    for other, data in VALID.items():
        is_zip = extension == "zip" and other in document_types.PACKED
        is_text = {extension, other} == {"txt", "csv"}
        if other != extension and not is_zip and not is_text:
            assert code_of(data, extension) == "wrong_type", other


@pytest.mark.parametrize("extension", ["html", "svg", "js", "exe", "docm", "", "PDF"])
def test_an_unknown_extension_is_never_accepted(extension):
    assert code_of(b"%PDF-1.7", extension) == "wrong_type"


@pytest.mark.parametrize("extension", sorted(set(VALID) - {"txt", "csv"}))
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a/*" + VALID["zip"],
        b"<html><script>alert(1)</script>%PDF-1.7",
        b"\xff\xd8\xff\xe0" + VALID["zip"],
        b"\n" + VALID["pdf"],
        b"MZ\x90\0",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\x1f\x8b\x08",
    ],
    ids=["empty", "gif", "html", "jpeg", "newline", "exe", "svg", "gzip"],
)
def test_polyglots_and_other_files_are_refused(extension, data):
    assert code_of(data, extension) == "wrong_type"


@pytest.mark.parametrize(
    "data",
    [b"a\0b", b"\x7fELF\x02\x01", b"MZ\x90\0\x03", b"\xff\xfea", b"\x89PNG\r\n\x1a\n"],
)
def test_a_text_file_has_no_control_characters(data):
    assert code_of(data, "txt") == code_of(data, "csv") == "wrong_type"


def test_text_in_utf_16_is_text():
    assert code_of("қазақ".encode("utf-16"), "txt") == ""
    assert code_of("а\0б".encode("utf-16"), "txt") == "wrong_type"


def test_macros_are_refused():
    macros = {"word/vbaProject.bin": b"x"}
    assert code_of(office("docx", **macros), "docx") == "macros"
    assert code_of(office("xlsx", **{"xl/VBAPROJECT.BIN": b"x"}), "xlsx") == "macros"
    assert code_of(open_document("ods", **{"Basic/a.xml": b"x"}), "ods") == "macros"
    old = old_office("Workbook", "_VBA_PROJECT".encode("utf-16-le"))
    assert code_of(old, "xls") == "macros"


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(document_types, "MAX_UNPACKED", 1_000_000)
    assert code_of(packed(a=b"\0" * 900_000), "zip") == ""
    assert code_of(packed(a=b"\0" * 1_000_001), "zip") == "unpacking"
    assert code_of(packed(a=b"\0" * 600_000, b=b"\0" * 600_000), "zip") == "unpacking"
    inner = packed(a=b"\0" * 600_000)
    assert code_of(packed(a=inner, b=inner), "zip") == "unpacking"
    assert code_of(office("docx", **{"word/a.xlsx": inner}), "docx") == ""


def test_a_declared_size_that_is_too_small_is_refused():
    data = bytearray(packed(a=b"\0" * 100_000))
    place = data.index(b"PK\x01\x02") + 24
    assert struct.unpack_from("<I", data, place) == (100_000,)
    struct.pack_into("<I", data, place, 10)
    assert code_of(bytes(data), "zip") == "unpacking"


def test_entries_that_share_their_data_are_refused():
    data = packed(a=b"\0" * 1_000_000, b=b"x")
    start = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", start + 4)
    entry, end = data[start:second], data.index(b"PK\x05\x06")
    directory = entry * 50
    tail = bytearray(data[end:])
    struct.pack_into("<HHII", tail, 8, 50, 50, len(directory), start)
    assert code_of(data[:start] + directory + bytes(tail), "zip") == "unpacking"


def test_nesting_and_the_number_of_files_are_limited(monkeypatch):
    one = packed(a=b"x")
    two = packed(a=one)
    assert code_of(two, "zip") == ""
    assert code_of(packed(a=two), "zip") == "unpacking"
    monkeypatch.setattr(document_types, "MAX_ENTRIES", 5)
    assert code_of(packed(**{f"a{n}": b"" for n in range(5)}), "zip") == ""
    assert code_of(packed(**{f"a{n}": b"" for n in range(6)}), "zip") == "unpacking"


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "C:/a", "..\\a"])
def test_a_name_that_leaves_the_folder_is_refused(name):
    assert code_of(packed_with({name: b"x"}), "zip") == "unpacking"


@pytest.mark.parametrize("cut", [10, 40, 90])
def test_a_damaged_file_is_refused(cut):
    data = office("docx")
    assert code_of(data[: len(data) * cut // 100], "docx") == "unpacking"


def test_a_password_is_refused():
    data = bytearray(packed(a=b"x"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert code_of(bytes(data), "zip") == "password"


def upload(client, name: str, url: str, data: bytes, **fields):
    file = SimpleUploadedFile(name, data)
    collection = Collection.get_first_root_node().pk
    sent = {"title": "a", "collection": collection, "tags": "", **fields}
    return client.post(url, {**sent, **{fields.pop("field", "file"): file}})


HTML = b"<html><script>alert(1)</script></html>"


@pytest.mark.django_db
def test_no_form_takes_a_document_of_another_type(admin_client):
    documents = get_document_model().objects
    url = reverse("wagtaildocs:add")
    assert upload(admin_client, "a.pdf", url, HTML).status_code == 200
    assert upload(admin_client, "a.html", url, HTML).status_code == 200
    assert upload(admin_client, "a.docm", url, VALID["docx"]).status_code == 200
    url = reverse("wagtaildocs:add_multiple")
    file = SimpleUploadedFile("a.pdf", HTML)
    answer = admin_client.post(
        url, {"files[]": file}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert answer.json()["success"] is False
    url = reverse("wagtaildocs_chooser:create")
    sent = {
        "document-chooser-upload-title": "a",
        "document-chooser-upload-collection": Collection.get_first_root_node().pk,
        "document-chooser-upload-file": SimpleUploadedFile("a.pdf", HTML),
    }
    assert admin_client.post(url, sent).json()["step"] != "chosen"
    assert not documents.exists()


@pytest.mark.django_db
def test_a_file_is_replaced_by_one_of_its_own_type_only(admin_client):
    document = make_document()
    url = reverse("wagtaildocs:edit", args=[document.pk])
    assert upload(admin_client, "b.pdf", url, HTML).status_code == 200
    document.refresh_from_db()
    assert document.filename == "kauly.pdf"
    assert upload(admin_client, "b.pdf", url, b"%PDF-1.7 new").status_code == 302
    document.refresh_from_db()
    assert document.filename == "b.pdf"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.docx", "a.html", "a.svg"])
def test_documents_are_saved_by_the_browser_and_never_shown(admin_client, name):
    document = make_document(name)
    answer = admin_client.get(document.url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy


@pytest.mark.django_db
def test_svg_is_no_picture(admin_client):
    svg = SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    url = reverse("wagtailimages:add")
    answer = admin_client.post(url, {"title": "a", "file": svg, "collection": 1})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def avatar_errors(name: str, data: bytes) -> list[str]:
    form = AvatarPreferencesForm({}, {"avatar": SimpleUploadedFile(name, data)})
    return [error.code for error in form.errors.as_data().get("avatar", [])]


@pytest.mark.django_db
def test_an_avatar_is_a_picture_of_the_type_that_its_name_says():
    gif = io.BytesIO()
    Image.new("RGB", (9, 9)).save(gif, "GIF")
    assert avatar_errors("a.gif", gif.getvalue()) == []
    assert avatar_errors("a.png", gif.getvalue()) == ["invalid_image_known_format"]
    eps = io.BytesIO()
    Image.new("RGB", (9, 9)).save(eps, "EPS")
    for name, data in (("a.eps", eps.getvalue()), ("a.gif", eps.getvalue())):
        assert avatar_errors(name, data), name
    assert avatar_errors("a.gif", HTML)
