"""The command secure_files, which moves the files of older installations."""

import shutil

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from wagtail.images import get_image_model

from newsroom.files.checks import check_private_files
from newsroom.files.models import FileUse, PendingPicture, PictureCredit
from tests.articles.pictures import make_picture
from tests.factories import make_article, make_section
from tests.files.files import (
    document_urls,
    make_all_renditions,
    make_document,
    never_public_urls,
    readers_urls,
)
from tests.pictures.tagged import SECRET, tagged

pytestmark = pytest.mark.django_db


def put_back(row, folders, name: str) -> None:
    """Move the file of *row* to where earlier versions of the site stored it."""
    source, target = row.file.path, folders[0] / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)
    type(row).objects.filter(pk=row.pk).update(file=name)
    row.file.name = name


@pytest.fixture
def section(homes):
    return make_section(homes["kk"])


@pytest.fixture
def old_picture(folders):
    """Return a picture with GPS whose files all lie in the open, under plain names."""

    def make(name: str):
        picture = make_picture((300, 200))
        make_all_renditions(picture)
        for rendition in picture.renditions.all():
            put_back(rendition, folders, f"images/{name}.{rendition.pk}.jpg")
        put_back(picture, folders, f"original_images/{name}.jpg")
        storage = FileSystemStorage(folders[0])
        storage.delete(f"original_images/{name}.jpg")
        storage.save(
            f"original_images/{name}.jpg", ContentFile(tagged("JPEG", (300, 200)))
        )
        return picture

    return make


def test_an_upgraded_site_keeps_its_public_pictures_and_nothing_else_public(
    section, old_picture, folders, ask, capsys
):
    shown, hidden, was_shown = (old_picture(name) for name in ("a", "b", "c"))
    document = make_document()
    put_back(document, folders, "documents/kauly.pdf")
    make_article(section, lead_picture=shown)
    make_article(section, lead_picture=hidden, live=False)
    article = make_article(section, title="Нұсқа", lead_picture=was_shown)
    article.lead_picture = None
    article.save_revision().publish()
    (folders[0] / "images" / "leftover.jpg").write_bytes(b"x")
    FileUse.objects.all().delete()
    PendingPicture.objects.all().delete()
    (warning,) = check_private_files()
    assert (warning.id, ask("/media/original_images/a.jpg")) == ("files.W001", 200)

    call_command("secure_files")
    said = capsys.readouterr().out
    assert "Files moved: 4; pictures stripped: 3" in said
    assert check_private_files() == []
    for picture, status in ((shown, 200), (hidden, 404), (was_shown, 200)):
        picture = get_image_model().objects.get(pk=picture.pk)
        assert {ask(url) for url in never_public_urls(picture)} == {404}
        assert len(readers_urls(picture)) > 10
        assert {ask(url) for url in readers_urls(picture)} == {status}
        with picture.file.open("rb") as file:
            assert SECRET.encode() not in file.read()
        assert PictureCredit.objects.get(image=picture).credit
    assert {ask(url) for url in document_urls(document)} == {404}
    assert ask("/media/images/leftover.jpg") == 404

    before = sorted(path for path in folders[0].rglob("*"))
    call_command("secure_files")
    assert "Files moved: 0; pictures stripped: 0" in capsys.readouterr().out
    assert sorted(path for path in folders[0].rglob("*")) == before


def test_a_file_whose_place_is_taken_stays_and_is_named(folders, caplog):
    for folder, content in zip(folders, (b"one", b"two"), strict=True):
        (folder / "documents").mkdir(parents=True)
        (folder / "documents" / "a.pdf").write_bytes(content)
    call_command("secure_files", verbosity=0)
    assert (folders[1] / "documents" / "a.pdf").read_bytes() == b"two"
    assert "documents/a.pdf stays" in caplog.text


def test_folders_that_lie_within_each_other_are_refused(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = settings.MEDIA_ROOT / "private"
    (error,) = check_private_files()
    assert error.id == "files.E001"


def test_no_rendition_of_the_admin_has_metadata_of_the_place(db):
    picture = make_picture(data=tagged("JPEG"))
    make_all_renditions(picture)
    assert picture.renditions.filter(filter_spec="original").exists()
    for rendition in picture.renditions.all():
        with rendition.file.open("rb") as file:
            data = file.read()
        assert SECRET.encode() not in data, rendition.filter_spec
        assert b"GPS" not in data
