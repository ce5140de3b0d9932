"""A new index beside the old one, made from entries, and put in its place when whole.

No page is loaded and no reader waits: the old index answers until the alias moves, in
one call. A rebuild that is interrupted is taken up where it stopped.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection
from elasticsearch import ApiError, BadRequestError, Elasticsearch, TransportError

from search import changes
from search.models import Entry
from search.replica.checking import is_even
from search.replica.cluster import Cluster
from search.replica.errors import AwayError, MissingError, SetUpError, away
from search.replica.following import BATCH_SIZE, follow, position, report
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
from search.replica.writing import (
    Action,
    Place,
    bulks,
    checkpoint,
    send,
    set_aside,
    set_checkpoint,
)

# Entries that are read, and documents that are written, at a time.
STREAMED_AT_ONCE = 250
# Rounds of catching up before the comparison must come out even. It is made as of a
# line of the log: what is written meanwhile does not make it uneven.
MAX_ROUNDS = 5
# Seconds that calls other than writing may take, and copies to be made.
TIMEOUT = 60
COPIES_TIMEOUT = "30s"
# With more set aside than this, and than one in a hundred, it is not the documents
# that are wrong: the index is not put in place.
MAX_SET_ASIDE = 10
SET_ASIDE_SHARE = 0.01

# Requests that the cluster works on at a time: one is under way while another is sent.
WRITERS = 2

Say = Callable[[str], None]
Written = tuple[Sequence[Action], Mapping[str, str]]


class Rebuild:
    """One rebuild, new or taken up. ``is_stopped`` is asked again and again whether
    to stop half-way."""

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

        With *afresh*, one that was begun before is thrown away. Raises AwayError, and
        BusyError where another process rebuilds the same index.
        """
        with only_rebuild(self.alias):
            try:
                check_set_up(self.client, self.alias)
                try:
                    return self._run(self._unfinished(afresh) or self._create())
                except MissingError as error:
                    self.say(f"Started anew: {error}")
                    self._unfinished(afresh=True)
                    return self._run(self._create())
            except (ApiError, TransportError) as error:
                raise away(error) from error

    def _run(self, index: str) -> str:
        self._stream(index)
        self._catch_up(index)
        self._finish(index)
        connection.ensure_connection()  # and with it the lock
        put_in_place(self.client, self.alias, index)
        report(self.alias, seq=checkpoint(self.client, index).seq)
        return index

    def _unfinished(self, afresh: bool) -> str | None:
        """The newest index that was begun and can be taken up; others are deleted."""
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
        except AwayError:
            # It has no copies yet: its node may be coming up, or lost for good.
            health = self.client.options(ignore_status=408).cluster.health(
                index=index, wait_for_status="yellow", timeout=COPIES_TIMEOUT
            )
            if health["status"] == "red":
                return False
            raise

    def _create(self) -> str:
        index = new_name(self.client, self.alias)
        body = index_body(self.cluster)
        # While it is filled: no copies, nothing is made searchable in between, and no
        # request waits for a disk. What a crash then loses, the comparison finds.
        body["settings"] |= {
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "translog.durability": "async",
        }
        line = changes.newest_settled()
        aliases: dict[str, Any] = {own_alias(index): {}}
        try:
            self.client.indices.create(index=index, aliases=aliases, **body)
        except BadRequestError as error:  # templates of others, too many shards
            raise SetUpError(
                f"Elasticsearch does not take the index {index}: {error.body}. Mend"
                " that, or set ELASTICSEARCH_INDEX to another name."
            ) from error
        state = position(line) | {"last_id": 0, "version": version()}
        set_checkpoint(self.client, Place(index, state))
        self.say(f"Building {index}.")
        return index

    def _stream(self, index: str) -> None:
        place = checkpoint(self.client, index)
        last = place.state.get("last_id")
        if last is None:
            return
        for last_id, written in self._written(index, last):
            self.refused += set_aside(*written)
            self._refuse_poison()
            place = set_checkpoint(self.client, place, last_id=last_id)
        set_checkpoint(self.client, place, last_id=None)

    def _written(self, index: str, last: int) -> Iterator[tuple[int, Written]]:
        """Write what comes after the entry numbered *last*; yield what was written, in
        its order, each part with the number of its last entry.

        While the cluster takes one part the next is read: they share no processor.
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
                raise AwayError("Stopped half-way; it will be taken up.")
            for part in bulks(Action(row[1], row[5], document(row)) for row in rows):
                yield part[-1].document["id"], part  # type: ignore[index]

    def _refuse_poison(self) -> None:
        if not self.refused:
            return
        limit = SET_ASIDE_SHARE * Entry.objects.count()
        if self.refused > max(MAX_SET_ASIDE, limit):
            raise AwayError(
                f"{self.refused} entries were refused: not put in place. See"
                " check_search."
            )

    def _catch_up(self, index: str) -> None:
        while follow(self.client, index).carried == BATCH_SIZE:
            if self.is_stopped():
                raise AwayError("Stopped half-way; it will be taken up.")

    def _finish(self, index: str) -> None:
        """Make it searchable, with copies, and see that it holds what it should."""
        settings = index_body(self.cluster)["settings"]
        kept = ("number_of_replicas", "refresh_interval", "translog.durability")
        self.client.indices.put_settings(
            index=index, settings={"index": {name: settings[name] for name in kept}}
        )
        self.client.indices.flush(index=index)
        # Copies that cannot be made, on a single node, are no reason not to go on.
        self.client.options(ignore_status=408).cluster.health(
            index=index, wait_for_status="green", timeout=COPIES_TIMEOUT
        )
        for _round in range(MAX_ROUNDS):
            self._catch_up(index)
            self.client.indices.refresh(index=index)
            if is_even(self.client, checkpoint(self.client, index)):
                return
        # What is wrong with it once is wrong when it is taken up.
        self.client.indices.delete(index=index)
        raise AwayError(
            f"{index} does not hold what the database does: not put in place."
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
