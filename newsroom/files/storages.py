"""Storages of uploaded files: private by default, public only for readers' pictures.

``PRIVATE_MEDIA_ROOT`` contains all uploads, and every rendition of a picture that no
public page shows. ``MEDIA_ROOT`` contains only public renditions; a web server may
serve all of it.
"""

import errno
import os
import secrets
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils._os import safe_join
from django.utils.deconstruct import deconstructible

# 128 random bits: names cannot be guessed.
TOKEN_BYTES = 16


def unguessable(name: str, max_length: int | None) -> str:
    """Return *name* in a new folder with a random name.

    The result has at most *max_length* characters. The base name stays readable,
    because readers download the file under that name.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    folder = path.parent / secrets.token_urlsafe(TOKEN_BYTES)
    stem, suffix = path.stem, path.suffix[:20]
    if max_length is not None:
        stem = stem[: max(1, max_length - len(str(folder)) - 1 - len(suffix))]
    return str(folder / f"{stem}{suffix}")


@deconstructible
class PrivateStorage(FileSystemStorage):
    """Storage below ``PRIVATE_MEDIA_ROOT``; its URLs lead to a permission check."""

    @property
    def base_location(self) -> str:
        return str(settings.PRIVATE_MEDIA_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)  # noqa: PTH100 (links stay links)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return unguessable(name, max_length)

    def url(self, name: str | None) -> str:
        return reverse("private_file", args=[name])

    def delete(self, name: str) -> None:
        super().delete(name)
        _remove_empty(Path(self.path(name)).parent)


@deconstructible
class RenditionStorage(FileSystemStorage):
    """Storage of renditions, each in ``MEDIA_ROOT`` or in ``PRIVATE_MEDIA_ROOT``.

    A new file is private. :meth:`show` and :meth:`hide` move it; its name, which the
    database stores, stays the same.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return unguessable(name, max_length)

    def path(self, name: str) -> str:
        public = self._public_path(name)
        return str(public if public.exists() else self._private_path(name))

    def _save(self, name: str, content: Any) -> str:
        private: Any = PrivateStorage()
        return str(private._save(name, content))

    def url(self, name: str | None) -> str:
        if name and self.is_public(name):
            return super().url(name)
        return reverse("private_file", args=[name])

    def is_public(self, name: str) -> bool:
        return self._public_path(name).exists()

    def show(self, name: str) -> None:
        """Move the file to the public folder. Does nothing if it is there already."""
        move(self._private_path(name), self._public_path(name))

    def hide(self, name: str) -> None:
        """Move the file to the private folder. Does nothing if it is there already."""
        move(self._public_path(name), self._private_path(name))

    def rename_hidden(self, old: str, new: str) -> None:
        """Rename a file and move it to the private folder."""
        move(Path(self.path(old)), self._private_path(new))

    def delete(self, name: str) -> None:
        for path in (self._public_path(name), self._private_path(name)):
            path.unlink(missing_ok=True)
            _remove_empty(path.parent)

    def _public_path(self, name: str) -> Path:
        return Path(safe_join(self.location, name))

    def _private_path(self, name: str) -> Path:
        return Path(safe_join(settings.PRIVATE_MEDIA_ROOT, name))


def move(source: Path, target: Path) -> None:
    """Move a file, even to another file system. Does nothing if *source* is missing."""
    if not source.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except FileNotFoundError:
        return  # another process has moved it
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy_across(source, target)
    _remove_empty(source.parent)


def _copy_across(source: Path, target: Path) -> None:
    """Move a file between file systems; *target* is either complete or absent."""
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    shutil.copy2(source, part)
    part.replace(target)
    source.unlink()


def _remove_empty(folder: Path) -> None:
    """Remove the random folder of a file that was moved, if it is empty."""
    try:
        folder.rmdir()
    except OSError:
        return  # it contains other files, or no longer exists


def rendition_storage() -> Any:
    """Return the storage of renditions of the configured image model."""
    from wagtail.images import get_image_model

    model = get_image_model().get_rendition_model()
    return model._meta.get_field("file").storage
