"""System check that public folders contain no private files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

# Folders of MEDIA_ROOT to which earlier versions of the site uploaded files.
UPLOAD_FOLDERS = ("original_images", "documents", "wagtail_uploads", "avatar_images")


@register()
def check_private_files(**kwargs: Any) -> list[CheckMessage]:
    public = Path(settings.MEDIA_ROOT).resolve()
    private = Path(settings.PRIVATE_MEDIA_ROOT).resolve()
    if private == public or public in private.parents or private in public.parents:
        return [
            Error(
                "PRIVATE_MEDIA_ROOT and MEDIA_ROOT lie within each other.",
                hint="A web server serves MEDIA_ROOT to anybody: keep them apart.",
                id="files.E001",
            )
        ]
    left = [name for name in UPLOAD_FOLDERS if any_file(public / name)]
    if not left:
        return []
    return [
        Warning(
            f"Uploaded files lie below MEDIA_ROOT: {', '.join(left)}.",
            hint="Run manage.py secure_files, which moves them.",
            id="files.W001",
        )
    ]


def any_file(folder: Path) -> bool:
    return any(path.is_file() for path in folder.rglob("*"))
