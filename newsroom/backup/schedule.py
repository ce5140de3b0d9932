"""Daily backup by the worker, at ``BACKUP_AT``."""

import logging
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from newsroom.backup.configuration import configured_backup
from newsroom.backup.errors import BackupError, LockedError
from newsroom.backup.folders import backup_dir
from newsroom.backup.status import last_attempt_at

logger = logging.getLogger(__name__)

# Pause between two looks at the clock. Not that of another job, because jobs with the
# same pause wait for each other, and a backup takes long.
PAUSE_SECONDS = 30.0
# Pause after a failure, for instance of a full disk.
RETRY_AFTER = timedelta(hours=1)


def back_up_daily() -> bool:
    """Take a backup if one is due; return whether it was taken.

    With several workers that share the backup directory, one of them does. A failure is
    logged and recorded, and the backup is tried again after an hour.
    """
    if not settings.BACKUP_AT:
        return False
    try:
        folder = backup_dir()
        if not is_due(folder, timezone.localtime()):
            return False
        taken = configured_backup(only_if=lambda: is_due(folder, timezone.localtime()))
    except LockedError:
        return False
    except BackupError:
        logger.exception("The daily backup failed.")
        return False
    if taken is None:
        return False
    logger.info("Backup taken: %s.", taken.path.name)
    return True


def is_due(folder: Path, now: datetime) -> bool:
    """Return whether the latest time for a backup has passed without one."""
    success, failure = last_attempt_at(folder)
    if failure and now - failure < RETRY_AFTER:
        return False
    return success is None or success < latest_time(now)


def latest_time(now: datetime) -> datetime:
    """Return the last moment before or at *now* at which a backup was due."""
    try:
        at = time.fromisoformat(settings.BACKUP_AT)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"BACKUP_AT is {settings.BACKUP_AT!r}, not a time of day such as 03:15."
        ) from error
    moment = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return moment if moment <= now else moment - timedelta(days=1)
