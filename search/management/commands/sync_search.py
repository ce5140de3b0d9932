"""Apply logged changes to Elasticsearch and update the term statistics."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.index import term_statistics
from search.replica.cluster import configured, writing_client
from search.replica.errors import ClusterUnavailableError, MissingError, SetUpError
from search.replica.form import check_form
from search.replica.sync import follow, report, trim
from search.replica.worker import Worker


class Command(BaseCommand):
    help = "Follow the change log of the search until stopped (Ctrl+C or SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Process all pending work, then stop."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self._once()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        Worker(stop, self.stdout.write).run()

    def _once(self) -> None:
        applied = term_statistics.apply_all_deltas()
        trim()
        carried = 0
        cluster = configured()
        if cluster is not None:
            client = writing_client(cluster)
            try:
                check_form(client, cluster.index)
                while (progress := follow(client, cluster.index)).carried:
                    carried += progress.carried
            except MissingError as error:
                raise CommandError(f"Run rebuild_search: {error}") from error
            except SetUpError as error:
                raise CommandError(str(error)) from error
            except ClusterUnavailableError as error:
                raise CommandError(
                    f"Elasticsearch cannot be written to: {error}. Run the command"
                    " again."
                ) from error
            report(cluster.index, seq=progress.seq)
        self.stdout.write(f"Changes carried: {carried}; counted: {applied}.")
