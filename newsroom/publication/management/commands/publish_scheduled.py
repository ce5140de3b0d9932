from typing import Any

from wagtail.management.commands import publish_scheduled as wagtails

from newsroom.publication.schedule import publish_scheduled
from newsroom.worker.hold import refuse_while_held


class Command(wagtails.Command):
    help = (
        "Publish and unpublish pages that are due; a page that cannot be published "
        "does not stop the others. The worker does this every few seconds."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        refuse_while_held()
        count = publish_scheduled()
        if options["verbosity"] > 1:
            self.stdout.write(f"Revisions published: {count}.")
