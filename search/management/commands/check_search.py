"""Compare the entries with the contents of the engines."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from elasticsearch import ApiError, TransportError

from search.models import RejectedDocument
from search.replica.cluster import Cluster, configured, writing_client
from search.replica.consistency import (
    compare_database,
    compare_replica,
    rebuild_database,
    repair_replica,
)
from search.replica.errors import (
    ClusterUnavailableError,
    MissingError,
    SetUpError,
    unavailable,
)
from search.replica.form import check_form
from search.replica.sync import is_lost, waiting
from search.triggers import missing_triggers, restore_triggers


def _error(error: ClusterUnavailableError) -> CommandError:
    if isinstance(error, MissingError):
        return CommandError(f"Run rebuild_search: {error}")
    if isinstance(error, SetUpError):
        return CommandError(str(error))
    return CommandError(f"Elasticsearch is unavailable: {error}")


class Command(BaseCommand):
    help = "Report missing, outdated and orphaned documents in the search indices."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair",
            action="store_true",
            help="Repair the differences, then compare again.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        differs = self._triggers(options["repair"])
        differs = self._database(options["repair"]) or differs
        cluster = configured()
        if cluster is not None:
            try:
                differs = self._replica(cluster, options["repair"]) or differs
            except (ApiError, TransportError) as error:
                raise _error(unavailable(error)) from error
            except ClusterUnavailableError as error:
                raise _error(error) from error
        if differs:
            raise CommandError("There are differences: --repair corrects them.")

    def _triggers(self, repair: bool) -> bool:
        found = missing_triggers(connection)
        if found and repair:
            restore_triggers(connection)
            found = missing_triggers(connection)
        for table, names in found.items():
            self.stdout.write(f"Triggers missing on {table}: {', '.join(names)}.")
        return bool(found)

    def _database(self, repair: bool) -> bool:
        found = compare_database()
        if found and repair:
            rebuild_database()
            found = compare_database()
        self.stdout.write(f"Database: {found}.")
        return bool(found)

    def _replica(self, cluster: Cluster, repair: bool) -> bool:
        client = writing_client(cluster)
        check_form(client, cluster.index)
        found = compare_replica(client, cluster.index)
        if found and repair:
            self.stdout.write(f"Elasticsearch, before: {found}.")
            repair_replica(client, cluster.index, found)
            found = compare_replica(client, cluster.index)
        rows, seconds = waiting(cluster.index)
        self.stdout.write(f"Elasticsearch: {found}.")
        self.stdout.write(f"Changes waiting: {rows}, the oldest for {seconds:.0f} s.")
        if is_lost(cluster.index):
            self.stdout.write(
                "The change log no longer reaches back to the position of the index:"
                " the worker rebuilds it, or run rebuild_search."
            )
        for rejected in RejectedDocument.objects.order_by("pk"):
            self.stdout.write(
                f"Rejected: {rejected.key} ({rejected.seq}): {rejected.reason}"
            )
        return bool(found)
