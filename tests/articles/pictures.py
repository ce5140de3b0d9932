"""Small pictures for tests."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model


def picture_file(
    size: tuple[int, int] = (1600, 1000), kind: str = "JPEG", **options: Any
) -> bytes:
    """Return a picture whose left half is red, and whose right half is blue."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def make_picture(
    size: tuple[int, int] = (1600, 1000), *, data: bytes | None = None, **fields: Any
):
    """Create a picture of the archive, with a file of its own."""
    content = ContentFile(data or picture_file(size), name="picture.jpg")
    width, height = size
    fields.setdefault("title", "Сурет")
    return get_image_model().objects.create(
        file=content, width=width, height=height, **fields
    )
