import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.backup.configuration import configured_backup, configured_keep
from newsroom.backup.errors import BackupError, LockedError
from newsroom.backup.rotation import Keep

FAILED, LOCKED, INCOMPLETE = 1, 3, 4


class Command(BaseCommand):
    help = (
        "Write database, media and private files to one verified archive in "
        "BACKUP_DIR, then delete old archives. The site may be in use. Exit codes: "
        "1 failed, 3 another backup is running, 4 taken, but files that the database "
        "refers to do not exist."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for period in ("daily", "weekly", "monthly"):
            parser.add_argument(
                f"--keep-{period}",
                type=int,
                help=f"Instead of BACKUP_KEEP_{period.upper()}.",
            )
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        usual = configured_keep()
        keep = Keep(
            **{
                period: getattr(usual, period)
                if options[f"keep_{period}"] is None
                else options[f"keep_{period}"]
                for period in ("daily", "weekly", "monthly")
            }
        )
        try:
            taken = configured_backup(keep)
        except LockedError as error:
            raise CommandError(str(error), returncode=LOCKED) from error
        except BackupError as error:
            raise CommandError(str(error), returncode=FAILED) from error
        if taken is None:  # only a condition, which is not given here, prevents it
            return
        facts = taken.facts | {"deleted": [path.name for path in taken.deleted]}
        if options["json"]:
            self.stdout.write(json.dumps(facts | {"path": str(taken.path)}))
        else:
            self.stdout.write(
                f"{taken.path}: {facts['files']} files, {facts['bytes']} bytes, "
                f"verified ({facts['verified']})."
            )
            for name in facts["deleted"]:
                self.stdout.write(f"Deleted: {name}.")
            if not facts["encrypted"]:
                self.stdout.write("Not encrypted: BACKUP_RECIPIENTS is empty.")
        if missing := facts["missing"]:
            raise CommandError(
                f"{len(missing)} files do not exist, though the database refers to "
                f"them: {', '.join(missing[:20])}",
                returncode=INCOMPLETE,
            )
