"""Command that counts the state of every translation again."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.translation.states import rebuild


class Command(BaseCommand):
    help = "Count every article's language versions anew, for the translation desk."

    def handle(self, *args: Any, **options: Any) -> None:
        articles = rebuild()
        if options["verbosity"]:
            self.stdout.write(f"Articles: {articles}.")
