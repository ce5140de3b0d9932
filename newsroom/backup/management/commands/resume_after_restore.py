from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from newsroom.backup.due_work import due_work, resume
from newsroom.worker.hold import current_hold


class Command(BaseCommand):
    help = (
        "End the hold of a restored site: mail is sent again, and what fell due is "
        "done at once, or cancelled with --drop."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        group = parser.add_mutually_exclusive_group()
        group.add_argument(
            "--drop", action="store_true", help="Cancel what fell due, do not do it."
        )
        group.add_argument(
            "--show", action="store_true", help="Only show what fell due."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        hold = current_hold()
        if hold is None:
            self.stdout.write("This site is not on hold.")
            return
        found = due_work() if options["show"] else resume(drop=options["drop"])
        self.stdout.write(
            f"Fell due since {hold.taken_at.isoformat()}: {found.publications} "
            f"scheduled pages, {found.releases} releases, {found.expiries} expiries, "
            f"{found.tasks} tasks. Mails not sent: {hold.mails_not_sent}."
        )
        if options["show"]:
            self.stdout.write("The site is on hold.")
        else:
            done = "cancelled" if options["drop"] else "done within seconds"
            self.stdout.write(f"The hold is lifted; this is {done}.")
