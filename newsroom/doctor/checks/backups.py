"""The age of the last backup."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.doctor.registry import Finding, Options, failure, ok, warning

# The backups are daily: one that is late, and two that are missing.
LATE = timedelta(hours=26)
MISSING = timedelta(hours=50)


def check_backups(options: Options) -> Iterator[Finding]:
    """Read ``last-backup.json``, which ``manage.py backup`` writes."""
    remedy = _("Run manage.py backup daily: see docs/recovery.md.")
    folder = Path(getattr(settings, "BACKUP_DIR", Path(settings.VAR_DIR) / "backups"))
    status = _read(folder / "last-backup.json")
    failed = status.get("last_failure")
    if isinstance(failed, dict):
        message = _("The last backup failed: %(error)s")
        yield failure(message % {"error": failed.get("message", "")}, remedy)
    taken_at = _time(status.get("last_success"))
    if taken_at is None:
        yield failure(_("There is no backup."), remedy)
        return
    age = timezone.now() - taken_at
    message = _("The last backup is %(hours)d hours old.")
    params = {"hours": age.total_seconds() // 3600}
    if age > MISSING:
        yield failure(message % params, remedy)
    elif age > LATE:
        yield warning(message % params, remedy)
    else:
        yield ok(message % params)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _time(success: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(success["taken_at"])
    except (TypeError, KeyError, ValueError):
        return None
