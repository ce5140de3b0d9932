from typing import Any

from django.core.management.base import BaseCommand

from newsroom.translation.releases.due import publish_due
from newsroom.worker.hold import refuse_while_held


class Command(BaseCommand):
    help = "Publish the releases that are due. The worker does this every few seconds."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_while_held()
        count = publish_due()
        if options["verbosity"] > 0:
            self.stdout.write(f"Releases published: {count}.")
