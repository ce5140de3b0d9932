"""The folders of files: writable, on one disk, with space left, private or public."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from newsroom.doctor import site_client
from newsroom.doctor.registry import Finding, Options, failure, ok, warning

GIB = 1024**3
# Bytes and part of a disk that should be free: an upload with all of its pictures takes
# up to 100 MB, and databases stop on a full disk.
LOW_BYTES, LOW_PART = 2 * GIB, 0.05
FULL_BYTES, FULL_PART = GIB // 4, 0.01
# The folder of MEDIA_ROOT that the proxy serves.
PUBLIC_FOLDER = "images"


def folders() -> dict[str, Path]:
    return {
        "MEDIA_ROOT": Path(settings.MEDIA_ROOT),
        "PRIVATE_MEDIA_ROOT": Path(settings.PRIVATE_MEDIA_ROOT),
    }


@contextmanager
def probe(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of a new file in *folder*, and remove it."""
    folder.mkdir(parents=True, exist_ok=True)
    content = secrets.token_hex(16)
    path = folder / f"doctor-{secrets.token_hex(8)}.txt"
    try:
        path.write_text(content)
        yield path.name, content
    finally:
        path.unlink(missing_ok=True)


def check_media(options: Options) -> Iterator[Finding]:
    """Write a file to each folder, and compare their disks."""
    devices = set()
    for name, folder in folders().items():
        try:
            with probe(folder):
                devices.add(folder.stat().st_dev)
        except OSError as error:
            params = {"name": name, "path": folder, "error": error.strerror or error}
            message = _("%(name)s, %(path)s, cannot be written to: %(error)s")
            remedy = _("Give the folder to the user of the site (chown).")
            yield failure(message % params, remedy)
            return
    if len(devices) > 1:
        message = _("Public and private files lie on different disks.")
        remedy = _(
            "Move both to one disk: publication moves files from one to another."
        )
        yield warning(message, remedy)
    else:
        yield ok(_("Public and private files can be written."))


def check_private(options: Options) -> Iterator[Finding]:
    """Ask the site for a private file, and for a public picture."""
    with probe(Path(settings.PRIVATE_MEDIA_ROOT)) as (name, content):
        parent = Path(settings.PRIVATE_MEDIA_ROOT).name
        paths = [f"/{parent}/{name}", f"/media/{name}", f"/media/../{parent}/{name}"]
        paths.append(f"/media/{PUBLIC_FOLDER}/../../{parent}/{name}")
        paths.append(storages["default"].url(name))
        try:
            served = [
                path
                for path in paths
                if content.encode()
                in site_client.ask(site_client.site_url() + path).body
            ]
        except site_client.NoAnswerError as error:
            message = _("The site could not be asked for files: %(error)s")
            remedy = _("Mend what the check “https” reports.")
            yield warning(message % {"error": error}, remedy)
            return
    if served:
        message = _("Private files are served to everybody: %(paths)s")
        remedy = _(
            "Let the proxy serve media/images in VAR_DIR only: deploy/Caddyfile."
        )
        yield failure(message % {"paths": ", ".join(served)}, remedy)
    else:
        yield ok(_("Private files are not served."))
    with probe(Path(settings.MEDIA_ROOT) / PUBLIC_FOLDER) as (name, content):
        url = f"{site_client.site_url()}{settings.MEDIA_URL}{PUBLIC_FOLDER}/{name}"
        if content.encode() not in site_client.ask(url).body:
            message = _("The pictures of public pages are not served.")
            remedy = _("Let the proxy serve media/images in VAR_DIR: deploy/Caddyfile.")
            yield failure(message, remedy)


def _existing(folder: Path) -> Path:
    """Return *folder*, or the first one above it that exists."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def check_disk(options: Options) -> Iterator[Finding]:
    """Compare the free space of each disk that the site writes to with the limits."""
    seen = set()
    places = [
        Path(settings.VAR_DIR),
        *folders().values(),
        _existing(Path(settings.BACKUP_DIR)),
        Path(tempfile.gettempdir()),
    ]
    for place in places:
        if not place.exists() or (device := place.stat().st_dev) in seen:
            continue
        seen.add(device)
        usage = shutil.disk_usage(place)
        part = usage.free / usage.total if usage.total else 0.0
        params = {"path": place, "free": filesizeformat(usage.free)}
        message = _("The disk of %(path)s has %(free)s left.") % params
        remedy = _("Free space or enlarge the disk.")
        if usage.free < FULL_BYTES or part < FULL_PART:
            yield failure(message, remedy)
        elif usage.free < LOW_BYTES or part < LOW_PART:
            yield warning(message, remedy)
        elif _free_files(place) < LOW_PART:
            message = _("The disk of %(path)s can hold hardly any more files.") % params
            yield warning(message, _("Remove files that are not needed (df -i)."))
        else:
            yield ok(message)


def _free_files(place: Path) -> float:
    """Return the part of the disk's inodes that is free; 1 if it has no limit."""
    state = os.statvfs(place)
    return state.f_favail / state.f_files if state.f_files else 1.0
