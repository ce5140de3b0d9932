"""Rebuilding: a new index is filled from the entries and replaces the old one.

No page is loaded and no reader waits: the old index answers until the alias moves, in
one request. An interrupted rebuild is resumed.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection
from elasticsearch import ApiError, BadRequestError, Elasticsearch, TransportError

from search.index import change_log
from search.models import Entry
from search.replica.cluster import Cluster
from search.replica.consistency import is_even
from search.replica.errors import (
    ClusterUnavailableError,
    MissingError,
    SetUpError,
    unavailable,
)
from search.replica.form import check_form
from search.replica.indices import (
    check_set_up,
    indices_of,
    kept_alias,
    new_name,
    own_indices,
    put_in_place,
)
from search.replica.lock import only_rebuild
from search.replica.schema import (
    COLUMNS,
    document,
    index_body,
    own_alias,
    version,
)
from search.replica.sync import BATCH_SIZE, follow, position, report
from search.replica.writing import (
    Action,
    IndexCheckpoint,
    bulks,
    checkpoint,
    send,
    set_aside,
    set_checkpoint,
)

# Entries read at a time; a bulk request has no more documents than that.
STREAMED_AT_ONCE = 250
# Rounds of syncing before the comparison must succeed. The comparison is as of a
# position in the log, so concurrent writes do not disturb it.
MAX_ROUNDS = 5
# Seconds that requests other than writing may take, and that replicas may take to
# start.
TIMEOUT = 60
COPIES_TIMEOUT = "30s"
# More rejected documents than both of these limits indicate an error that is not in the
# documents: the new index is not used.
MAX_SET_ASIDE = 10
SET_ASIDE_SHARE = 0.01

# Concurrent bulk requests: one is processed while another is sent.
WRITERS = 2

Say = Callable[[str], None]
Written = tuple[Sequence[Action], Mapping[str, str]]


class Rebuild:
    """One rebuild, new or resumed.

    ``is_stopped`` is polled and returns whether to stop before the end.
    """

    def __init__(
        self,
        client: Elasticsearch,
        cluster: Cluster,
        say: Say,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.client = client.options(request_timeout=TIMEOUT)
        self.cluster = cluster
        self.alias = cluster.index
        self.say = say
        self.is_stopped = is_stopped
        self.refused = 0

    def run(self, *, afresh: bool = False) -> str:
        """Build, verify and put in place; return the new index's name.

        With *afresh*, an unfinished index is deleted. Raises ClusterUnavailableError,
        and BusyError if another process rebuilds the same index.
        """
        with only_rebuild(self.alias):
            try:
                check_set_up(self.client, self.alias)
                try:
                    return self._run(self._unfinished(afresh) or self._create())
                except MissingError as error:
                    self.say(f"Started again: {error}")
                    self._unfinished(afresh=True)
                    return self._run(self._create())
            except (ApiError, TransportError) as error:
                raise unavailable(error) from error

    def _run(self, index: str) -> str:
        self._stream(index)
        self._catch_up(index)
        self._finish(index)
        connection.ensure_connection()  # and the lock that belongs to it
        put_in_place(self.client, self.alias, index)
        report(self.alias, seq=checkpoint(self.client, index).seq)
        return index

    def _unfinished(self, afresh: bool) -> str | None:
        """Return the newest unfinished index that can be resumed; delete the others."""
        found = None
        used = [
            *indices_of(self.client, self.alias),
            *indices_of(self.client, kept_alias(self.alias)),
        ]
        for index in reversed(own_indices(self.client, self.alias)):
            if index in used:
                continue
            if afresh or found or not self._can_be_taken_up(index):
                self.client.indices.delete(index=index)
            else:
                self.say(f"Taking up {index}.")
                found = index
        return found

    def _can_be_taken_up(self, index: str) -> bool:
        try:
            check_form(self.client, index)
            return checkpoint(self.client, index).state.get("version") == version()
        except MissingError:
            return False
        except ClusterUnavailableError:
            # It has no replicas yet: its node may be starting, or may be lost for good.
            health = self.client.options(ignore_status=408).cluster.health(
                index=index, wait_for_status="yellow", timeout=COPIES_TIMEOUT
            )
            if health["status"] == "red":
                return False
            raise

    def _create(self) -> str:
        index = new_name(self.client, self.alias)
        body = index_body(self.cluster)
        # While the index is filled it has no replicas and no refreshes, and requests do
        # not wait for the disk. The comparison finds what a crash would lose.
        body["settings"] |= {
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "translog.durability": "async",
        }
        row = change_log.newest_committed()
        aliases: dict[str, Any] = {own_alias(index): {}}
        try:
            self.client.indices.create(index=index, aliases=aliases, **body)
        except BadRequestError as error:  # templates of others, too many shards
            raise SetUpError(
                f"Elasticsearch does not take the index {index}: {error.body}. Correct"
                " that, or set ELASTICSEARCH_INDEX to another name."
            ) from error
        state = position(row) | {"last_id": 0, "version": version()}
        set_checkpoint(self.client, IndexCheckpoint(index, state))
        self.say(f"Building {index}.")
        return index

    def _stream(self, index: str) -> None:
        place = checkpoint(self.client, index)
        last = place.state.get("last_id")
        if last is None:
            return
        for last_id, written in self._written(index, last):
            self.refused += set_aside(*written)
            self._refuse_if_many_rejected()
            place = set_checkpoint(self.client, place, last_id=last_id)
        set_checkpoint(self.client, place, last_id=None)

    def _written(self, index: str, last: int) -> Iterator[tuple[int, Written]]:
        """Write the entries after primary key *last* to *index*.

        Yields (primary key of the last entry, what was written) for each part, in
        order. While the cluster processes one part the next is read, because they use
        different processors.
        """
        under_way: deque[tuple[int, Sequence[Action], Future[dict[str, str]]]] = deque()

        def first() -> tuple[int, Written]:
            last_id, part, refused = under_way.popleft()
            return last_id, (part, refused.result())

        with ThreadPoolExecutor(WRITERS) as pool:
            for last_id, part in self._parts(last):
                if len(under_way) == WRITERS:
                    yield first()
                refused = pool.submit(send, self.client, index, part)
                under_way.append((last_id, part, refused))
            while under_way:
                yield first()

    def _parts(self, last: int) -> Iterator[tuple[int, Sequence[Action]]]:
        for rows in _rows_after(last):
            if self.is_stopped():
                raise ClusterUnavailableError("Stopped half-way; the next run resumes.")
            for part in bulks(Action(row[1], row[5], document(row)) for row in rows):
                yield part[-1].document["id"], part  # type: ignore[index]

    def _refuse_if_many_rejected(self) -> None:
        if not self.refused:
            return
        limit = SET_ASIDE_SHARE * Entry.objects.count()
        if self.refused > max(MAX_SET_ASIDE, limit):
            raise ClusterUnavailableError(
                f"Elasticsearch rejected {self.refused} documents, so the new index"
                " is not used. Run check_search for details."
            )

    def _catch_up(self, index: str) -> None:
        while follow(self.client, index).carried == BATCH_SIZE:
            if self.is_stopped():
                raise ClusterUnavailableError("Stopped half-way; the next run resumes.")

    def _finish(self, index: str) -> None:
        """Make the index searchable, with replicas, and verify its contents."""
        settings = index_body(self.cluster)["settings"]
        kept = ("number_of_replicas", "refresh_interval", "translog.durability")
        self.client.indices.put_settings(
            index=index, settings={"index": {name: settings[name] for name in kept}}
        )
        self.client.indices.flush(index=index)
        # If replicas cannot be allocated, as on a single node, continue without them.
        self.client.options(ignore_status=408).cluster.health(
            index=index, wait_for_status="green", timeout=COPIES_TIMEOUT
        )
        for _round in range(MAX_ROUNDS):
            self._catch_up(index)
            self.client.indices.refresh(index=index)
            if is_even(self.client, checkpoint(self.client, index)):
                return
        # Resuming would not fix what is wrong with this index.
        self.client.indices.delete(index=index)
        raise ClusterUnavailableError(
            f"{index} differs from the database, so it is not used."
        )


def _rows_after(last: int) -> Iterator[list[tuple[Any, ...]]]:
    while True:
        rows = list(
            Entry.objects.filter(pk__gt=last)
            .order_by("pk")
            .values_list(*COLUMNS)[:STREAMED_AT_ONCE]
        )
        if not rows:
            return
        yield rows
        last = rows[-1][0]
