"""The keys of backups."""

from collections.abc import Iterator, Mapping
from shutil import which

from django.utils.translation.trans_null import gettext_noop as _

from newsroom.backup.encryption import recipients_from
from newsroom.backup.errors import BackupError
from newsroom.backup.gpg import PROGRAM
from newsroom.settings.environment.problems import Problem, unreadable


def backup_problems(environ: Mapping[str, str]) -> list[Problem]:
    return [*_recipients(environ), *_gpg_recipients(environ), *_identity(environ)]


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


def _gpg_recipients(environ: Mapping[str, str]) -> Iterator[Problem]:
    name = "BACKUP_GPG_RECIPIENTS"
    paths = [path for path in environ.get(name, "").split(",") if path]
    if paths and environ.get("BACKUP_RECIPIENTS"):
        fault = _("BACKUP_RECIPIENTS is set as well.")
        yield Problem(name, fault, _("Remove one of them."))
    if paths and which(PROGRAM) is None:
        fault = _("The program gpg is not installed.")
        yield Problem(name, fault, _("Install the package gnupg."))
    remedy = _("Write the paths of files that gpg --armor --export has written.")
    for path in paths:
        yield from unreadable(name, path, remedy)


def _identity(environ: Mapping[str, str]) -> Iterator[Problem]:
    name = "BACKUP_IDENTITY"
    remedy = _("Write the path of the file with the private key.")
    yield from unreadable(name, environ.get(name), remedy)
