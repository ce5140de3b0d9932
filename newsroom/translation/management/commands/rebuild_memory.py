from typing import Any

from django.core.management.base import BaseCommand

from newsroom.translation.memory.store import rebuild


class Command(BaseCommand):
    help = "Rebuild the index of the translation memory, after an upgrade."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Translations in the memory: {rebuild()}.")
