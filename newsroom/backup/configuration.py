"""Backups with the settings of the site."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from newsroom.backup.encryption import identities_from, recipients_from
from newsroom.backup.errors import BackupError
from newsroom.backup.folders import backup_dir
from newsroom.backup.gpg import public_keys_from
from newsroom.backup.rotation import Keep
from newsroom.backup.taking import Taken, take_backup


def configured_keep() -> Keep:
    return Keep(
        daily=settings.BACKUP_KEEP_DAILY,
        weekly=settings.BACKUP_KEEP_WEEKLY,
        monthly=settings.BACKUP_KEEP_MONTHLY,
    )


def configured_recipients() -> list[Any]:
    """Return the public keys, of age or of gpg. Raises BackupError."""
    if not settings.BACKUP_GPG_RECIPIENTS:
        return recipients_from(settings.BACKUP_RECIPIENTS)
    if settings.BACKUP_RECIPIENTS:
        raise BackupError("Set BACKUP_RECIPIENTS or BACKUP_GPG_RECIPIENTS, not both.")
    return list(public_keys_from(settings.BACKUP_GPG_RECIPIENTS))


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
    recipients = configured_recipients()
    return take_backup(
        backup_dir(),
        keep=keep or configured_keep(),
        recipients=recipients,
        identities=configured_identities() if recipients else (),
        only_if=only_if,
    )
