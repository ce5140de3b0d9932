"""The collected static files, and the site's own fonts among them."""

import re
from collections.abc import Iterator
from filecmp import cmp
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import (
    ManifestFilesMixin,
    staticfiles_storage,
)
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.doctor import site_client
from newsroom.doctor.registry import Finding, Options, failure, ok, warning

IGNORED = ["CVS", ".*", "*~"]  # as collectstatic
FONT = re.compile(r"fonts/[\w-]+\.woff2")
SHOWN = 3  # names in a message


def installed_files() -> dict[str, Path]:
    """Return the static files of the installed version: paths by name."""
    found: dict[str, Path] = {}
    for finder in get_finders():
        for name, storage in finder.list(IGNORED):
            prefix = getattr(storage, "prefix", None)
            full = f"{prefix}/{name}" if prefix else name
            found.setdefault(full, Path(storage.path(name)))
    return found


def check_static(options: Options) -> Iterator[Finding]:
    """Compare the collected files with those of the installed version."""
    storage = staticfiles_storage
    if not isinstance(storage, ManifestFilesMixin):
        yield ok(_("Static files are served without being collected."))
        return
    remedy = _("Run manage.py collectstatic --no-input, and restart the web server.")
    root = Path(settings.STATIC_ROOT)
    installed = installed_files()
    hashed: dict[str, str] = storage.hashed_files
    if not hashed:
        yield failure(_("Static files have not been collected."), remedy)
        return
    missing = [
        name
        for name in sorted({*installed, *hashed})
        if name not in hashed or not (root / hashed[name]).is_file()
    ]
    changed = [
        name
        for name, path in sorted(installed.items())
        if name not in missing
        and not ((root / name).is_file() and cmp(path, root / name, shallow=False))
    ]
    for names, message in (
        (missing, _("Static files are missing, for example %(names)s.")),
        (changed, _("Static files are of another version, for example %(names)s.")),
    ):
        if names:
            yield failure(message % {"names": ", ".join(names[:SHOWN])}, remedy)
    if not missing and not changed:
        message = ngettext(
            "%(count)d static file is collected.",
            "%(count)d static files are collected.",
            len(installed),
        )
        yield ok(message % {"count": len(installed)})


def check_fonts(options: Options) -> Iterator[Finding]:
    """Check that each font that a stylesheet names exists, and is served."""
    files = installed_files()
    named = {
        name
        for sheet, path in files.items()
        if sheet.startswith("css/") and path.suffix == ".css"
        for name in FONT.findall(path.read_text("utf-8"))
    }
    missing = sorted(name for name in named if name not in files)
    if missing or not named:
        message = _("Fonts are missing: %(names)s")
        remedy = _("Install the site again: readers see the letters of other fonts.")
        yield failure(message % {"names": ", ".join(missing) or "fonts/"}, remedy)
        return
    remedy = _("Run manage.py collectstatic --no-input, and restart the web server.")
    broken = []
    try:
        for name in sorted(named):
            url = site_client.site_url() + staticfiles_storage.url(name)
            answer = site_client.ask(url)
            if answer.status != 200 or not answer.body.startswith(b"wOF2"):
                broken.append(name)
    except site_client.NoAnswerError as error:
        message = _("The site could not be asked for files: %(error)s")
        remedy = _("Mend what the check “https” reports.")
        yield warning(message % {"error": error}, remedy)
        return
    except ValueError:  # the manifest lacks a font
        broken.append(name)
    if broken:
        message = _("Fonts are not served: %(names)s")
        yield failure(message % {"names": ", ".join(broken[:SHOWN])}, remedy)
    else:
        message = ngettext(
            "%(count)d font is served.", "%(count)d fonts are served.", len(named)
        )
        yield ok(message % {"count": len(named)})
