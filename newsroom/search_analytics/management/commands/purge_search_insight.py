"""Command that deletes old counts of search queries."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.search_analytics.querysets import KEPT_DAYS
from newsroom.search_analytics.recording import purge


class Command(BaseCommand):
    help = f"Delete the counts of search queries that are older than {KEPT_DAYS} days."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = purge()
        if options["verbosity"]:
            self.stdout.write(f"Counts deleted: {deleted}.")
