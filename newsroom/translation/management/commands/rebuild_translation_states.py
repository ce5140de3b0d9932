"""Command that counts the state of every translation again."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.translation.status.counting import rebuild


class Command(BaseCommand):
    help = "Recompute the status of every language version, after an upgrade."

    def handle(self, *args: Any, **options: Any) -> None:
        articles = rebuild()
        if options["verbosity"]:
            self.stdout.write(f"Articles: {articles}.")
