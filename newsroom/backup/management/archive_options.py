"""Options of commands that read an archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from newsroom.backup.configuration import configured_identities
from newsroom.backup.encryption import identities_from
from newsroom.backup.errors import BackupError


def add_archive_options(parser: CommandParser) -> None:
    parser.add_argument("archive", type=Path)
    parser.add_argument(
        "--identity",
        type=Path,
        help="File with the private key of age or gpg. Default: BACKUP_IDENTITY.",
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        help="File with the passphrase of --identity, or of its key of gpg.",
    )


def identities_of(options: dict[str, Any]) -> list[Any]:
    """Return the private keys that the options name. Raises BackupError."""
    if options["identity"] is None:
        return configured_identities()
    passphrase = None
    if options["passphrase_file"] is not None:
        try:
            text = options["passphrase_file"].read_text(encoding="utf-8")
        except OSError as error:
            raise BackupError(str(error)) from error
        passphrase = text.rstrip("\r\n")
    return identities_from(options["identity"], passphrase)
