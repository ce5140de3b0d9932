"""Command that compiles the message catalogues of the interface."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.localisation.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile changed locale/*.po files without GNU gettext."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        count = compile_catalogues()
        if options["verbosity"]:
            self.stdout.write(f"Catalogues compiled: {count}.")
