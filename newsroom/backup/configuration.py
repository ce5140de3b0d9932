"""Backups with the settings of the site."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from newsroom.backup.encryption import identities_from, recipients_from
from newsroom.backup.folders import backup_dir
from newsroom.backup.rotation import Keep
from newsroom.backup.taking import Taken, take_backup


def configured_keep() -> Keep:
    return Keep(
        daily=settings.BACKUP_KEEP_DAILY,
        weekly=settings.BACKUP_KEEP_WEEKLY,
        monthly=settings.BACKUP_KEEP_MONTHLY,
    )


def configured_identities() -> list[Any]:
    """Return the private keys of this machine, usually none. Raises BackupError."""
    path = settings.BACKUP_IDENTITY
    return identities_from(Path(path)) if path else []


def configured_backup(
    keep: Keep | None = None, only_if: Callable[[], bool] | None = None
) -> Taken | None:
    """Take a backup; see :func:`newsroom.backup.taking.take_backup`.

    *only_if* is called once no other backup can start; nothing is done if it is false.
    """
    recipients = recipients_from(settings.BACKUP_RECIPIENTS)
    return take_backup(
        backup_dir(),
        keep=keep or configured_keep(),
        recipients=recipients,
        identities=configured_identities() if recipients else (),
        only_if=only_if,
    )
