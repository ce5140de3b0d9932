import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.backup.encryption import encryption_of
from newsroom.backup.errors import BackupError
from newsroom.backup.management.archive_options import (
    add_archive_options,
    identities_of,
)
from newsroom.backup.verification import verify, verify_checksum


class Command(BaseCommand):
    help = (
        "Read a whole archive and compare it with its checksums. Names each damaged "
        "or missing part; exit code 1. Without a private key, an encrypted archive is "
        "compared with its .sha256 file only."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_archive_options(parser)
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["archive"]
        try:
            identities = identities_of(options)
            if path.is_file() and encryption_of(path) and not identities:
                verify_checksum(path)
                facts: dict[str, Any] = {"archive": str(path), "verified": "checksum"}
            else:
                manifest = verify(path, identities)
                facts = {
                    "archive": str(path),
                    "verified": "contents",
                    "taken_at": manifest.taken_at,
                    "engine": manifest.engine,
                    "files": len(manifest.files),
                    "rows": sum(manifest.tables.values()),
                    "missing": manifest.missing,
                }
        except BackupError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(facts))
        else:
            lines = (f"{name}: {value}" for name, value in facts.items())
            self.stdout.write("\n".join(lines))
