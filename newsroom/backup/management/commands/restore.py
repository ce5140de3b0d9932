from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.backup.errors import BackupError
from newsroom.backup.management.archive_options import (
    add_archive_options,
    identities_of,
)
from newsroom.backup.restoring import check, not_empty, restore

WORD = "REPLACE"


class Command(BaseCommand):
    help = (
        "Restore an archive into an empty database and empty media folders. The "
        "restored site is on hold: it sends no mail and publishes nothing that is due "
        "until resume_after_restore."
    )
    requires_system_checks = []  # there is no database yet
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        add_archive_options(parser)
        parser.add_argument(
            "--check",
            action="store_true",
            help="Verify the archive and that it can be restored here; change nothing.",
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Delete what is here first. Stop the server and the workers before.",
        )
        parser.add_argument(
            "--confirm",
            metavar=WORD,
            help=f"With --replace: do not ask; the value must be {WORD}.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["archive"]
        try:
            identities = identities_of(options)
            if options["check"]:
                self._check(path, identities)
                return
            if options["replace"] and (found := not_empty()):
                self._confirm(found, options["confirm"])
            restored = restore(path, identities=identities, replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        manifest = restored.manifest
        self.stdout.write(
            f"Restored: {len(manifest.files)} files and {len(manifest.tables)} tables "
            f"as of {manifest.taken_at}."
        )
        for note in restored.notes:
            self.stdout.write(f"- {note}")
        self.stdout.write(
            "The site is on hold. Start it, look at it, then run resume_after_restore."
        )

    def _check(self, path: Path, identities: list[Any]) -> None:
        manifest = check(path, identities)
        self.stdout.write(f"{path}: complete, as of {manifest.taken_at}.")
        if found := not_empty():
            raise CommandError(f"Not empty: {', '.join(found)}.")

    def _confirm(self, found: list[str], given: str | None) -> None:
        """Raise CommandError unless the operator confirms with a word."""
        if given is None:
            self.stdout.write(f"This deletes {', '.join(found)}.")
            try:
                given = input(f"Type {WORD} to go on: ")
            except EOFError:
                given = ""
        if given != WORD:
            raise CommandError("Nothing was changed.")
