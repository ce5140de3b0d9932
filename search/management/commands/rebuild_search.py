"""Rebuild the search index from the entries."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from elasticsearch import ApiError, TransportError

from search.replica.cluster import configured, writing_client
from search.replica.consistency import rebuild_database
from search.replica.errors import ClusterUnavailableError, SetUpError, unavailable
from search.replica.indices import drop_previous
from search.replica.lock import BusyError
from search.replica.rebuilding import Rebuild


class Command(BaseCommand):
    help = (
        "Build a new Elasticsearch index and switch the alias to it without downtime; "
        "an interrupted run is resumed. Without Elasticsearch: rebuild the index of "
        "the database engine."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--afresh", action="store_true", help="Do not resume an interrupted run."
        )
        parser.add_argument(
            "--database",
            action="store_true",
            help="Rebuild the index of the database engine instead.",
        )
        parser.add_argument(
            "--drop-previous",
            action="store_true",
            help="Only delete the index that the last run replaced.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cluster = configured()
        if cluster is None or options["database"]:
            self.stdout.write(f"Entries indexed: {rebuild_database()}.")
            return
        client = writing_client(cluster)
        try:
            if options["drop_previous"]:
                names = ", ".join(drop_previous(client, cluster.index)) or "none"
                self.stdout.write(f"Deleted: {names}.")
                return
            rebuild = Rebuild(client, cluster, self.stdout.write)
            index = rebuild.run(afresh=options["afresh"])
        except (ApiError, TransportError) as error:
            raise _error(unavailable(error)) from error
        except ClusterUnavailableError as error:
            raise _error(error) from error
        self.stdout.write(f"{index} is in place.")


def _error(error: ClusterUnavailableError) -> CommandError:
    if isinstance(error, (BusyError, SetUpError)):
        return CommandError(str(error))
    return CommandError(
        f"The index was not rebuilt: {error}. The old one stays in place. Run the"
        " command again: it resumes where it can, and starts again otherwise."
    )
