"""Processing of picture files before they are stored."""

import logging
import re
from hashlib import sha1
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model

from newsroom.files.models import PictureCredit
from newsroom.files.securing import in_batches
from newsroom.pictures.metadata import Details, details_of
from newsroom.pictures.stripping import without_metadata

logger = logging.getLogger(__name__)


class BrokenPictureError(ValueError):
    """Error for a file that is no picture or cannot be read to its end."""


def check_readable(data: bytes) -> None:
    """Decode every frame of the picture. Raises BrokenPictureError.

    A JPEG is decoded at an eighth of its size, which also reads all of its data.
    """
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.format == "JPEG":
                picture.draft(picture.mode, (picture.width // 8, picture.height // 8))
            for frame in range(getattr(picture, "n_frames", 1)):
                if frame:
                    picture.seek(frame)
                picture.load()
                if picture.format in {"JPEG", "MPO"}:
                    break  # data behind the first picture are not kept
    # Pillow raises OSError, SyntaxError, ValueError, struct.error, EOFError,
    # zlib.error, DecompressionBombError and others for a broken file: each means that
    # the file cannot be read.
    except Exception as error:
        raise BrokenPictureError(str(error)) from error


def prepare(image: Any) -> Details | None:
    """Remove the metadata of a new file, and fill empty fields of *image* with them.

    *image* is an unsaved change of Wagtail's image model. Returns the metadata, or None
    if the file is not new or cannot be read. An unreadable file is stored unchanged.
    """
    file = image.file
    if not file or not _is_new(image):
        return None
    data = _content_of(file)
    try:
        details, plain = details_of(data), without_metadata(data)
    except Exception as error:
        logger.warning("%s cannot be stripped: %s", file.name, error)
        return None
    if plain != data:
        _replace(image, plain)
    if details.title and _is_name_of_file(image.title, file.name):
        image.title = details.title
    if details.caption and not image.description:
        image.description = details.caption
    return details


def strip_file_field(instance: Any, name: str) -> None:
    """Remove metadata from a new file in field *name* of a model, such as an avatar."""
    file = getattr(instance, name)
    if file and not file._committed:
        data = _content_of(file)
        try:
            plain = without_metadata(data)
        except Exception as error:
            logger.warning("%s cannot be stripped: %s", file.name, error)
            return
        setattr(instance, name, ContentFile(plain, name=file.name))


def strip_originals() -> int:
    """Remove metadata from stored originals, and record their credits.

    For originals that were stored before this was done at upload. Returns the number of
    changed files.
    """
    count = 0
    for image in in_batches(get_image_model().objects.all()):
        count += _strip_stored(image)
    return count


def _strip_stored(image: Any) -> bool:
    try:
        with image.file.storage.open(image.file.name) as file:
            data = file.read()
        details, plain = details_of(data), without_metadata(data)
    except Exception as error:
        logger.warning("%s cannot be stripped: %s", image.file.name, error)
        return False
    keep_credit(image, details.credit)
    if plain == data:
        return False
    was_upright = image.width, image.height
    _replace(image, plain)
    image.save(update_fields=["file_size", "file_hash", "width", "height"])
    if was_upright != (image.width, image.height):
        image.renditions.all().delete()  # they were cropped with the old size
    return True


def overwrite(storage: Any, name: str, data: bytes) -> None:
    """Replace the content of a stored file atomically."""
    path = Path(storage.path(name))
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def _is_new(image: Any) -> bool:
    """Return whether the file differs from the one in the database.

    Such a file is uploaded with this save, or was written to the storage for it.
    """
    if not image.file._committed:
        return True
    stored = type(image)._default_manager.filter(pk=image.pk)
    return not (image.pk and stored.filter(file=image.file.name).exists())


def _content_of(file: Any) -> bytes:
    was_closed = file.closed
    file.open("rb")
    data: bytes = file.read()
    file.seek(0)
    if was_closed and file._committed:
        file.close()
    return data


def _replace(image: Any, data: bytes) -> None:
    if image.file._committed:
        image.file.close()
        overwrite(image.file.storage, image.file.name, data)
        image.file = image.file.name
    else:
        image.file = ContentFile(data, name=image.file.name)
    image.file_size, image.file_hash = len(data), sha1(data).hexdigest()  # noqa: S324
    image.width, image.height = image.file.get_image_dimensions()


def _is_name_of_file(title: str, name: str) -> bool:
    """Return whether *title* is only what the form derives from the file name."""

    def plain(text: str) -> str:
        return re.sub(r"[\W_]+", "", text).casefold()

    path = Path(name)
    return plain(title) in {"", plain(path.name), plain(path.stem)}


def keep_credit(image: Any, credit: str) -> None:
    """Store the credit of *image* unless an editor has written one already."""
    if credit:
        row, is_new = PictureCredit.objects.get_or_create(
            image=image, defaults={"credit": credit}
        )
        if not is_new and not row.credit:
            row.credit = credit
            row.save(update_fields=["credit"])
