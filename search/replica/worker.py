"""The worker's loop, which applies changes and survives all errors."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from elasticsearch import TransportError

from search.index import change_log, term_statistics
from search.replica.cluster import Cluster, configured, writing_client
from search.replica.errors import ClusterUnavailableError, MissingError
from search.replica.form import check_form
from search.replica.nodes import nodes_of
from search.replica.rebuilding import Rebuild
from search.replica.sync import KEPT_DAYS, follow, is_lost, report, trim
from search.replica.writing import checkpoint

logger = logging.getLogger(__name__)

# Seconds between two polls of the log while idle. A publication is found this soon; a
# poll costs one query and one request.
POLL_SECONDS = 0.5
# Seconds to pause after a failure. The pause is doubled each time, up to the longest
# delay acceptable to readers when the cluster returns.
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 1.0
# Rounds between two trims of the log: eight minutes when idle.
ROUNDS_PER_TRIM = 1_000


@dataclass(slots=True)
class Worker:
    """Syncs the index until *stop* is set.

    ``say`` receives messages for operators.
    """

    stop: threading.Event
    say: Callable[[str], None] = field(default=logger.info)
    pause: float = FIRST_PAUSE
    rounds: int = 0
    trims_in: int = 0
    is_lost: bool = False
    error: str = ""

    def run(self) -> None:
        """Work until stopped. No error of a database or cluster ends the loop."""
        while not self.stop.is_set():
            self.stop.wait(self.round())

    def round(self) -> float:
        """Run every task once; return the seconds to wait before the next round.

        The tasks are independent: a failure to update term statistics does not prevent
        syncing.
        """
        more, errors = False, []
        for task in (_apply_deltas, self._carry, self._trim):
            try:
                close_old_connections()
                more = task() or more
            except ClusterUnavailableError as error:
                errors.append(str(error))
                _look_for_silent_nodes(error)
            except Exception as error:
                if isinstance(error, (DatabaseError, InterfaceError)):
                    connection.close()
                else:
                    logger.exception("The search worker continues after an error.")
                errors.append(f"{type(error).__name__}: {error}")
        if errors:
            return self._failed("; ".join(errors))
        if self.error:
            self.say("The index is synced again.")
        self.pause, self.error = FIRST_PAUSE, ""
        return 0.0 if more else POLL_SECONDS

    def _carry(self) -> bool:
        cluster = configured()
        if cluster is None:
            return False
        nodes = nodes_of(cluster)
        if not nodes.is_whole and nodes.is_due():
            nodes.examine()
        client = writing_client(nodes.answering())
        try:
            if not self.rounds:
                check_form(client, cluster.index)
            progress = follow(client, cluster.index, preference=nodes.preference)
        except MissingError as error:
            self.say(f"Rebuilding the index: {error}")
            Rebuild(client, cluster, self.say, self.stop.is_set).run()
            return True
        if progress.rejected:
            self.say(
                f"{progress.rejected} documents were rejected: run check_search for"
                " details."
            )
        if progress.carried or self.error or not self.rounds:
            report(cluster.index, seq=progress.seq)
        self.rounds += 1
        return progress.carried > 0

    def _trim(self) -> bool:
        """Trim the log every :data:`ROUNDS_PER_TRIM` rounds.

        The state of the cluster does not matter, nor whether one is configured.
        """
        if self.trims_in:
            self.trims_in -= 1
            return False
        trim(self.stop.is_set)
        self.trims_in = ROUNDS_PER_TRIM
        try:
            cluster = configured()
        except ImproperlyConfigured:  # already reported when changes were to be applied
            return False
        was_lost = self.is_lost
        self.is_lost = cluster is not None and is_lost(cluster.index)
        if cluster is not None and self.is_lost and not was_lost:
            self.say(
                f"The change log ({KEPT_DAYS} days) no longer reaches back to the"
                f" position of {cluster.index}: the index is rebuilt when Elasticsearch"
                " is available."
            )
        return False

    def _failed(self, error: str) -> float:
        if error != self.error:
            self.say(f"Waiting: {error}")
        self.error = error
        try:
            cluster = configured()
            if cluster is not None:
                report(cluster.index, error=error)
        except Exception:  # the database fails as well, or the settings are invalid
            connection.close()
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        return pause


def _look_for_silent_nodes(error: ClusterUnavailableError) -> None:
    """Find out which nodes to avoid next time, after a transport error."""
    cluster = configured()
    if cluster is not None and isinstance(error.__cause__, TransportError):
        nodes_of(cluster).examine()


def _apply_deltas() -> bool:
    return term_statistics.apply_deltas() > 0


def is_in_step(cluster: Cluster) -> bool:
    """Return whether the index is synced with the whole log.

    Raises ClusterUnavailableError.
    """
    place = checkpoint(writing_client(cluster), cluster.index)
    return place.seq >= change_log.last_seq()
