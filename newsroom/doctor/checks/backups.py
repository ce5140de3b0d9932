"""The age of the last backup."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.backup.status import last_attempt_at, read_status
from newsroom.doctor.registry import Finding, Options, failure, ok, warning

# The backups are daily: one that is late, and two that are missing.
LATE = timedelta(hours=26)
MISSING = timedelta(hours=50)


def check_backups(options: Options) -> Iterator[Finding]:
    """Read ``last-backup.json``, which ``manage.py backup`` writes."""
    remedy = _("Run manage.py backup daily: see docs/recovery.md.")
    folder = Path(settings.BACKUP_DIR)
    failed = read_status(folder)["last_failure"]
    if isinstance(failed, dict):
        message = _("The last backup failed: %(error)s")
        yield failure(message % {"error": failed.get("message", "")}, remedy)
    taken_at, _failed_at = last_attempt_at(folder)
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
