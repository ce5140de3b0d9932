"""What happens to the file of a picture before it is stored."""

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
    """The file is no picture that can be read to its end."""


def check_readable(data: bytes) -> None:
    """Read every frame of the picture to its end. Raises BrokenPictureError.

    A JPEG is unpacked at an eighth of its size: that reads all of its data too.
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
                    break  # what is behind the first picture is not kept
    # Pillow's readers raise OSError, SyntaxError, ValueError, struct.error, EOFError,
    # zlib.error, DecompressionBombError and others for a broken file: any of them
    # means that it cannot be read.
    except Exception as error:
        raise BrokenPictureError(str(error)) from error


def prepare(image: Any) -> Details | None:
    """Strip the new file of *image*, an unsaved change of Wagtail's image model, and
    fill its empty fields from what the file said. Return that, or None if the file is
    not new. A file that cannot be read is stored as it is: nothing can be made of it.
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
    """Strip a new file of another model's field *name*, such as an avatar."""
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
    """Strip the originals that were stored before this was done at upload, and note
    their credits; return how many files have changed."""
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
        image.renditions.all().delete()  # they were cut by the old measures
    return True


def overwrite(storage: Any, name: str, data: bytes) -> None:
    """Give a stored file another content; it is never half-written."""
    path = Path(storage.path(name))
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def _is_new(image: Any) -> bool:
    """Whether the file is not the one that the database has: it is uploaded with this
    save, or was written to the storage for it."""
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
    """Whether *title* is only what the upload form makes of the file's name."""

    def plain(text: str) -> str:
        return re.sub(r"[\W_]+", "", text).casefold()

    path = Path(name)
    return plain(title) in {"", plain(path.name), plain(path.stem)}


def keep_credit(image: Any, credit: str) -> None:
    """Note whose picture *image* is, unless an editor has written it already."""
    if credit:
        row, is_new = PictureCredit.objects.get_or_create(
            image=image, defaults={"credit": credit}
        )
        if not is_new and not row.credit:
            row.credit = credit
            row.save(update_fields=["credit"])
