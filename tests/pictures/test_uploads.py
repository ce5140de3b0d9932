"""Uploads of pictures: metadata that is read, and what is stored."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image
from wagtail.images import get_image_model
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from newsroom.files.models import PictureCredit
from newsroom.pictures.metadata import MAX_LENGTH, Details, details_of
from tests.pictures.tagged import SECRET, drawing, exif, iptc, tagged

pytestmark = pytest.mark.django_db

FROM_XMP = Details("Сырдариядағы көпір", "Көпірдің ашылуы", "ҚазАқпарат")


def jpeg(segment: bytes = b"", **options) -> bytes:
    buffer = BytesIO()
    drawing((60, 40)).save(buffer, "JPEG", **options)
    data = buffer.getvalue()
    return data[:2] + segment + data[2:]


def upload(data: bytes, name: str = "kopir_2024.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def stored(image) -> bytes:
    with image.file.open("rb") as file:
        return file.read()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_xmp_is_read_from_every_format_that_has_it(kind):
    assert details_of(tagged(kind)) == FROM_XMP


def test_iptc_and_exif_are_read_where_there_is_no_xmp():
    segment = iptc(n105="Тақырып", n120="Сипаттама\r\nекі жол", n110="Агенттік")
    assert details_of(jpeg(segment)) == Details(
        "Тақырып", "Сипаттама екі жол", "Агенттік"
    )
    old = exif(ImageDescription="Мост".encode(), Artist="А. Тілші".encode())
    del old[ExifTags.Base.Make]
    assert details_of(jpeg(exif=old)) == Details("", "Мост", "А. Тілші")


def test_text_in_the_old_encoding_of_windows_is_read():
    segment = iptc(n120="x" * 5).replace(b"xxxxx", "Мосты".encode("cp1251"))
    assert details_of(jpeg(segment)).caption == "Мосты"


@pytest.mark.parametrize(
    "xmp",
    [
        b"<broken",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<a>" * 60_000,
        b"\xff\xfe\0",
    ],
    ids=["broken", "entities", "deep", "no text"],
)
def test_xmp_that_cannot_be_read_is_as_none(xmp):
    assert details_of(jpeg(xmp=xmp[:60_000])) == Details()


def test_long_text_and_signs_that_no_field_holds_are_cut():
    segment = iptc(n120="сөз " * 200 + "\0\x07")
    caption = details_of(jpeg(segment)).caption
    assert len(caption) <= MAX_LENGTH
    assert caption.endswith("…")
    assert details_of(jpeg(iptc(n120="a\0b\x07c"))).caption == "a b c"
    assert details_of(jpeg(iptc(n120="OLYMPUS DIGITAL CAMERA"))).caption == ""


def assert_is_taken_in(image) -> None:
    image.refresh_from_db()
    assert SECRET.encode() not in stored(image)
    assert image.file_size == len(stored(image))
    assert (image.title, image.description) == (FROM_XMP.title, FROM_XMP.caption)
    assert PictureCredit.objects.get(image=image).credit == FROM_XMP.credit


def test_every_way_to_upload_reads_the_details_and_strips_the_file(client, admin_user):
    client.force_login(admin_user)
    model = get_image_model()
    client.post(
        reverse("wagtailimages:add"),
        {"title": "kopir 2024", "file": upload(tagged("JPEG"))},
    )
    assert_is_taken_in(model.objects.latest("pk"))
    answer = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "kopir_2024", "files[]": upload(tagged("JPEG"))},
    )
    assert answer.json()["success"]
    assert FROM_XMP.credit in answer.json()["form"]
    assert_is_taken_in(model.objects.latest("pk"))
    client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "kopir_2024.jpg",
            "image-chooser-upload-file": upload(tagged("JPEG")),
        },
    )
    assert_is_taken_in(model.objects.latest("pk"))
    assert model.objects.count() == 3
    image = model(title="kopir_2024")
    image.file.save("kopir_2024.jpg", ContentFile(tagged("JPEG")), save=True)
    assert_is_taken_in(image)


def test_an_upload_that_lacks_a_field_at_first_is_stripped_too(client, admin_user):
    client.force_login(admin_user)
    answer = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "x" * 300, "files[]": upload(tagged("JPEG"))},
    ).json()
    waiting = UploadedFile.objects.get()
    prefix = f"uploaded-image-{waiting.pk}"
    client.post(
        reverse(
            "wagtailimages:create_multiple_from_uploaded_image",
            args=[answer["uploaded_file_id"]],
        ),
        {f"{prefix}-title": "kopir_2024", f"{prefix}-credit": ""},
    )
    assert_is_taken_in(get_image_model().objects.get())


def test_fields_of_the_form_take_precedence_over_metadata(client, admin_user):
    client.force_login(admin_user)
    fields = {"title": "Өз тақырыбым", "description": "Өз сөзім", "credit": "Өзіміз"}
    client.post(
        reverse("wagtailimages:add"), {**fields, "file": upload(tagged("JPEG"))}
    )
    image = get_image_model().objects.get()
    assert (image.title, image.description) == ("Өз тақырыбым", "Өз сөзім")
    assert image.picture_credit.credit == "Өзіміз"
    url = reverse("wagtailimages:edit", args=[image.pk])
    assert "Өзіміз" in client.get(url).content.decode()
    client.post(url, {**fields, "credit": ""})
    image.picture_credit.refresh_from_db()
    assert image.picture_credit.credit == ""
    client.post(
        url, {**fields, "credit": "Басқа", "file": upload(tagged("PNG"), "a.png")}
    )
    image = get_image_model().objects.get()
    assert SECRET.encode() not in stored(image)
    assert image.picture_credit.credit == "Басқа"


def test_a_picture_on_its_side_has_the_measures_that_readers_see():
    image = get_image_model().objects.create(
        title="a", file=ContentFile(tagged("JPEG", Orientation=6), name="a.jpg")
    )
    image.refresh_from_db()
    assert (image.width, image.height) == (400, 600)
    assert Image.open(BytesIO(stored(image))).size == (400, 600)


def test_an_avatar_is_stripped(admin_user):
    profile = UserProfile.get_for_user(admin_user)
    profile.avatar = ContentFile(tagged("JPEG"), name="me.jpg")
    profile.save()
    with profile.avatar.open("rb") as file:
        assert SECRET.encode() not in file.read()
