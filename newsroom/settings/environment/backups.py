"""The keys of backups."""

import os
from collections.abc import Iterator, Mapping

from django.utils.translation.trans_null import gettext_noop as _

from newsroom.backup.encryption import recipients_from
from newsroom.backup.errors import BackupError
from newsroom.settings.environment.problems import Problem


def backup_problems(environ: Mapping[str, str]) -> list[Problem]:
    return [*_recipients(environ), *_identity(environ)]


def _recipients(environ: Mapping[str, str]) -> Iterator[Problem]:
    for key in filter(None, environ.get("BACKUP_RECIPIENTS", "").split(",")):
        try:
            recipients_from([key])
        except BackupError:  # not repeated: a private key may have been taken for it
            yield Problem(
                "BACKUP_RECIPIENTS",
                _("One of the keys is no public key of age."),
                _("Write public keys, age1… or ssh-…, separated by commas."),
            )
            return


def _identity(environ: Mapping[str, str]) -> Iterator[Problem]:
    path = environ.get("BACKUP_IDENTITY")
    if path and not os.access(path, os.R_OK):
        yield Problem(
            "BACKUP_IDENTITY",
            _("This user cannot read %(path)s."),
            _("Write the path of the file with the private key."),
            {"path": path},
        )
