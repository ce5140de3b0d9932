"""Tracking of nodes that do not answer, so that searches avoid them.

A node that hangs (paused, out of memory, its disk stuck) still accepts connections. It
stays a member of the cluster until the other nodes have missed it for half a minute. A
request to it has to wait, and so does a node that forwards a part of a search to it.
Other nodes have copies of its shards.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.replica.cluster import Cluster, probing_client, reading_client

# Seconds between two checks of the nodes while one does not answer.
LOOK_EVERY = 2.0
# The share of a search's time-out that a node may wait for other nodes. It must answer
# before the client gives up.
SHARE_FOR_OTHERS = 0.6

_known: dict[Cluster, "Nodes"] = {}
_lock = threading.Lock()


class Nodes:
    """This process's view of the nodes of one cluster.

    All nodes are assumed to answer until a request fails. Then each node is asked which
    others it reaches (:meth:`examine`). Nodes that do not answer are left out until
    they do.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.preference: str | None = None
        self._silent: frozenset[str] = frozenset()
        self._turn = 0
        self._looked_at = 0.0
        self._lock = threading.Lock()
        self._looking = threading.Lock()

    @property
    def urls(self) -> tuple[str, ...]:
        """The URLs of the nodes that answer; all URLs if none does."""
        good = [url for url in self.cluster.urls if url not in self._silent]
        return tuple(good) or self.cluster.urls

    @property
    def all_are_silent(self) -> bool:
        """Whether no node answered at the last check."""
        return len(self._silent) == len(self.cluster.urls)

    @property
    def is_whole(self) -> bool:
        """Whether every node is assumed to answer."""
        return not self._silent and self.preference is None

    def next_reading_client(self) -> tuple[str, Elasticsearch]:
        """Return the URL of the next node in turn, and a search client for it."""
        with self._lock:
            self._turn += 1
            urls = self.urls
            url = urls[self._turn % len(urls)]
        return url, reading_client(self.one(url))

    def one(self, url: str) -> Cluster:
        return replace(self.cluster, urls=(url,))

    def answering(self) -> Cluster:
        """Return the cluster with only the nodes that answer."""
        return replace(self.cluster, urls=self.urls)

    def leave_out(self, url: str) -> None:
        """Treat the node at *url* as silent until the next check."""
        with self._lock:
            self._silent |= {url}

    def examine(self) -> None:
        """Ask all nodes at once which nodes they reach.

        Takes no longer than the search time-out. Concurrent callers wait for the same
        result.
        """
        started = time.monotonic()
        with self._looking:
            if self._looked_at > started:
                return
            with ThreadPoolExecutor(len(self.cluster.urls)) as pool:
                answers = list(pool.map(self._ask, self.cluster.urls))
            with self._lock:
                self._silent = frozenset(
                    url
                    for url, answer in zip(self.cluster.urls, answers, strict=True)
                    if answer is None
                )
                reached = max((a for a in answers if a), key=_successful, default={})
                self.preference = _preference(reached)
                self._looked_at = time.monotonic()

    def look_again(self) -> None:
        """Check the nodes in a background thread if a check is due.

        No check is needed while all nodes answer.
        """
        if self.is_whole or not self.is_due():
            return
        if not self._looking.locked():
            threading.Thread(target=self.examine, daemon=True).start()

    def is_due(self) -> bool:
        return time.monotonic() - self._looked_at > LOOK_EVERY

    def _ask(self, url: str) -> dict[str, Any] | None:
        """Return the nodes that the node at *url* reaches.

        Returns None if the node does not answer, and an empty dictionary if it refuses.
        """
        wait = int(self.cluster.search_timeout * SHARE_FOR_OTHERS * 1000)
        try:
            answer = probing_client(self.one(url)).nodes.info(
                node_id="_all",
                metric="http",
                timeout=f"{wait}ms",
                filter_path=["_nodes", "nodes.*.name"],
            )
        except TransportError:
            return None
        except ApiError:  # without the privilege
            return {}
        return dict(answer)


def _successful(answer: dict[str, Any]) -> int:
    return int(answer.get("_nodes", {}).get("successful", 0))


def _preference(answer: dict[str, Any]) -> str | None:
    """Return a search preference that avoids silent nodes, None if all answer."""
    if not answer.get("_nodes", {}).get("failed"):
        return None
    return f"_prefer_nodes:{','.join(sorted(answer.get('nodes', {})))}"


def nodes_of(cluster: Cluster) -> Nodes:
    """Return this process's view of the nodes of *cluster*."""
    with _lock:
        return _known.setdefault(cluster, Nodes(cluster))


def forget() -> None:
    """Reset the state to that of a new process."""
    with _lock:
        _known.clear()
