"""Metadata is removed from the files of pictures."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageCms

from newsroom.pictures.stripping import without_metadata
from tests.pictures.tagged import SECRET, drawing, exif, tagged

KINDS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def assert_says_nothing(data: bytes) -> None:
    assert SECRET.encode() not in data
    assert b"GPSLatitude" not in data
    picture = opened(data)
    assert not dict(picture.getexif())
    for name in ("exif", "xmp", "comment", "XML:com.adobe.xmp"):
        assert not bytes(picture.info.get(name, b"")).strip(b"\0"), name


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_picture_is_left_of_a_file(kind):
    data = tagged(kind)
    assert SECRET.encode() in data
    plain = without_metadata(data)
    assert_says_nothing(plain)
    difference = ImageChops.difference(
        opened(data).convert("RGB"), opened(plain).convert("RGB")
    )
    assert difference.getbbox() is None
    assert without_metadata(plain) == plain


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_colour_profile_is_kept(kind):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    buffer = BytesIO()
    drawing().save(buffer, kind, icc_profile=profile, exif=exif())
    plain = without_metadata(buffer.getvalue())
    assert opened(plain).info["icc_profile"] == profile
    assert SECRET.encode() not in plain


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_rotated_by_its_exif_orientation(kind, orientation):
    plain = without_metadata(tagged(kind, Orientation=orientation))
    assert_says_nothing(plain)
    picture = opened(plain).convert("RGB")
    assert picture.size == ((400, 600) if orientation > 4 else (600, 400))
    width, height = picture.size
    # Red is where the left half of the drawing goes to (EXIF 2.3, tag 0x0112).
    place = {
        2: (width - 9, 9),
        3: (width - 9, 9),
        4: (9, 9),
        5: (9, 9),
        6: (9, 9),
        7: (9, height - 9),
        8: (9, height - 9),
    }[orientation]
    red, green, blue = picture.getpixel(place)
    assert red > 200 > 60 > max(green, blue)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_keeps_its_frames(kind):
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    buffer = BytesIO()
    frames[0].save(
        buffer, kind, save_all=True, append_images=frames[1:], duration=100, loop=0
    )
    plain = without_metadata(buffer.getvalue())
    assert opened(plain).n_frames == 3
    assert opened(plain).info.get("loop") == 0


def test_the_second_picture_and_the_film_of_a_telephone_go():
    buffer = BytesIO()
    drawing().save(
        buffer,
        "MPO",
        save_all=True,
        append_images=[drawing((60, 40))],
        exif=exif(),
    )
    data = buffer.getvalue() + b"ftypmp42" + SECRET.encode()
    plain = without_metadata(data)
    assert_says_nothing(plain)
    assert opened(plain).format == "JPEG"
    assert plain.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_jpegs_of_every_kind_survive(mode, progressive):
    buffer = BytesIO()
    picture = drawing().convert(mode)
    picture.save(buffer, "JPEG", progressive=progressive, exif=exif(), quality=95)
    plain = without_metadata(buffer.getvalue())
    assert_says_nothing(plain)
    both = [opened(buffer.getvalue()), opened(plain)]
    assert both[0].mode == both[1].mode
    assert both[0].tobytes() == both[1].tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_broken_files_are_refused_or_stripped_and_never_hang(kind):
    data = tagged(kind, (64, 48))
    for length in range(0, len(data), max(1, len(data) // 60)):
        try:
            plain = without_metadata(data[:length])
        except (OSError, ValueError, SyntaxError, IndexError, EOFError):
            continue
        assert SECRET.encode() not in plain
