from typing import Any

from django.core.management.base import BaseCommand

from newsroom.translation.releases.due import publish_due


class Command(BaseCommand):
    help = "Publish the releases that are due. The worker runs this every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        count = publish_due()
        if options["verbosity"] > 0:
            self.stdout.write(f"Releases published: {count}.")
