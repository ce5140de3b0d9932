"""Command that loads the demo content."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from newsroom.demo import content
from newsroom.demo.accounts import create_demo_accounts
from newsroom.demo.loading import DemoLoader


class Command(BaseCommand):
    help = "Load the demo content and accounts. Existing content is not changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Do nothing if it was loaded before."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "DEMO_IS_ALLOWED", False):
            raise CommandError(
                "The demo has public passwords: it is loaded only under the "
                "development and test settings."
            )
        report = content.identifier("article", content.REPORT)
        if options["once"] and Page.objects.filter(translation_key=report).exists():
            return
        call_command("setup_site", verbosity=0)
        create_demo_accounts()
        count = DemoLoader().load()
        if options["verbosity"]:
            self.stdout.write(f"Demo articles loaded: {count}.")
