"""A new index beside the old one, made from entries, and put in its place when whole.

No page is loaded and no reader waits: the old index answers until the alias moves, in
one call. A rebuild that is interrupted is taken up where it stopped.
"""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, Sum
from elasticsearch import ApiError, Elasticsearch, TransportError

from search import changes
from search.models import Entry
from search.replica.cluster import Cluster
from search.replica.following import BATCH_SIZE, follow, report
from search.replica.schema import COLUMNS, VERSION, document, index_body
from search.replica.writing import (
    Action,
    AwayError,
    away,
    checkpoint,
    set_checkpoint,
    write,
)

# Entries that are read, and documents that are written, at a time.
STREAMED_AT_ONCE = 250
# Rounds of catching up before the comparison must come out even; each is shorter.
MAX_ROUNDS = 50

Say = Callable[[str], None]


class Rebuild:
    """One rebuild, new or taken up."""

    def __init__(self, client: Elasticsearch, cluster: Cluster, say: Say) -> None:
        self.client = client.options(request_timeout=60)
        self.cluster = cluster
        self.alias = cluster.index
        self.say = say

    def run(self, *, afresh: bool = False) -> str:
        """Build, verify and put in place; return the new index's name.

        With *afresh*, one that was begun before is thrown away. Raises AwayError.
        """
        try:
            index = self._unfinished(afresh) or self._create()
            self._stream(index)
            self._catch_up(index)
            self._finish(index)
            self._swap(index)
        except (ApiError, TransportError) as error:
            raise away(error) from error
        return index

    def _unfinished(self, afresh: bool) -> str | None:
        found = None
        live = live_indices(self.client, self.alias)
        for index in sorted(own_indices(self.client, self.alias), reverse=True):
            if index in live or index == previous(self.client, self.alias):
                continue
            state = self._state(index)
            if afresh or found or not state or state.get("version") != VERSION:
                self.client.indices.delete(index=index)
            else:
                self.say(f"Taking up {index}.")
                found = index
        return found

    def _state(self, index: str) -> dict[str, Any]:
        try:
            return checkpoint(self.client, index)
        except AwayError:
            return {}

    def _create(self) -> str:
        newest = max([0, *map(_number, own_indices(self.client, self.alias))])
        index = f"{self.alias}-{newest + 1:06}-{secrets.token_hex(2)}"
        body = index_body(self.cluster)
        # While it is filled: no copies, and nothing is made searchable in between.
        body["settings"] |= {"number_of_replicas": 0, "refresh_interval": "-1"}
        self.client.indices.create(index=index, **body)
        start = {"seq": _settled_now(), "last_id": 0, "version": VERSION}
        set_checkpoint(self.client, index, start)
        self.say(f"Building {index}.")
        return index

    def _stream(self, index: str) -> None:
        state = checkpoint(self.client, index)
        last = state.get("last_id")
        if last is None:
            return
        for rows in _rows_after(last):
            actions = (Action(row[1], row[5], document(row)) for row in rows)
            write(self.client, index, actions)
            last = rows[-1][0]
            set_checkpoint(self.client, index, state | {"last_id": last})
        state.pop("last_id")
        set_checkpoint(self.client, index, state)

    def _catch_up(self, index: str) -> None:
        while follow(self.client, index).carried == BATCH_SIZE:
            pass

    def _finish(self, index: str) -> None:
        """Make it searchable, then follow until it is what the database holds."""
        settings = index_body(self.cluster)["settings"]
        self.client.indices.put_settings(
            index=index,
            settings={
                "index": {
                    "number_of_replicas": settings["number_of_replicas"],
                    "refresh_interval": settings["refresh_interval"],
                }
            },
        )
        for _round in range(MAX_ROUNDS):
            follow(self.client, index)
            if compare(self.client, index):
                return
        raise AwayError(
            f"{index} does not hold what the database does: not put in place."
        )

    def _swap(self, index: str) -> None:
        """Move the alias in one call; the index that it leaves is kept."""
        live = live_indices(self.client, self.alias)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": old, "alias": self.alias}} for old in live
        ]
        actions += [
            {"remove": {"index": old, "alias": _kept(self.alias)}}
            for old in live_indices(self.client, _kept(self.alias))
        ]
        actions += [{"add": {"index": old, "alias": _kept(self.alias)}} for old in live]
        actions.append({"add": {"index": index, "alias": self.alias}})
        stale = live_indices(self.client, _kept(self.alias))
        self.client.indices.update_aliases(actions=actions)
        report(self.alias, seq=int(checkpoint(self.client, index)["seq"]))
        for old in stale:
            if old not in live:
                self.client.indices.delete(index=old)


def _settled_now() -> int:
    """The number of the log up to which the entries that are read next are sure to be
    written."""
    last = 0
    while lines := changes.settled(last, 10_000):
        last = lines[-1].seq
    return last


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


def compare(client: Elasticsearch, index: str) -> bool:
    """Whether *index* holds as many entries as the database, with the same numbers of
    last changes, as of the line of the log that it has followed."""
    client.indices.refresh(index=index)
    found = client.search(
        index=index,
        size=0,
        track_total_hits=True,
        query={"exists": {"field": "locale"}},
        aggs={"sum": {"sum": {"field": "seq"}}},
    )
    held = (found["hits"]["total"]["value"], int(found["aggregations"]["sum"]["value"]))
    entries = Entry.objects.aggregate(count=Count("pk"), sum=Sum("seq"))
    return held == (entries["count"], entries["sum"] or 0)


def _number(index: str) -> int:
    digits = index.rsplit("-", 2)[-2]
    return int(digits) if digits.isdigit() else 0


def _kept(alias: str) -> str:
    return f"{alias}-previous"


def own_indices(client: Elasticsearch, alias: str) -> list[str]:
    """The indices that rebuilds have made under this alias."""
    found = client.indices.get(
        index=f"{alias}-*", features=["aliases"], expand_wildcards="open,closed"
    )
    return [name for name in found if name.removeprefix(alias + "-")[:6].isdigit()]


def live_indices(client: Elasticsearch, alias: str) -> list[str]:
    """The index that *alias* points to, in a list; an empty one where it is missing."""
    if not client.indices.exists_alias(name=alias):
        return []
    return list(client.indices.get_alias(name=alias))


def previous(client: Elasticsearch, alias: str) -> str | None:
    """The index that was in place before the last rebuild, as long as it is kept."""
    return next(iter(live_indices(client, _kept(alias))), None)


def drop_previous(client: Elasticsearch, alias: str) -> list[str]:
    """Delete the index that was kept; return its name in a list."""
    dropped = live_indices(client, _kept(alias))
    for index in dropped:
        client.indices.delete(index=index)
    return dropped
