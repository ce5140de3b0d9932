"""Command that extracts the interface's strings to the message catalogues."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.localisation.admin_catalogues import (
    admin_faults,
    make_admin_catalogues,
)
from newsroom.localisation.catalogues import (
    faults_of,
    gather_messages,
    update_catalogue,
)
from search.site_languages import site_languages


class Command(BaseCommand):
    help = (
        "Write every string of code and templates into locale/, one folder for each of"
        " LANGUAGES. Missing catalogues are created."
    )
    # A check asks for the catalogues that this command makes.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; fail if a string is missing or not translated.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        messages = gather_messages()
        codes = site_languages()
        if not options["check"]:
            for code in codes:
                update_catalogue(code, messages)
                make_admin_catalogues(code)
        faults = [fault for code in codes for fault in faults_of(code, messages)]
        faults += [fault for code in codes for fault in admin_faults(code)]
        if faults and options["check"]:
            raise CommandError("\n".join(faults))
        for fault in faults:
            self.stdout.write(fault)
        self.stdout.write(f"{len(messages)} messages, {len(codes)} languages.")
