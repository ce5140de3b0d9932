"""Which nodes of the cluster answer, so that one that hangs is neither asked nor waited
for.

A node that hangs (paused, out of memory, its disk stuck) still takes connections, and
stays a member of the cluster until the others have missed it for half a minute. Whoever
asks it waits; so does a node that passes it a part of a search. Others have copies.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.replica.cluster import Cluster, probing_client, reading_client

# Seconds between two looks at the nodes while one does not answer.
LOOK_EVERY = 2.0
# The share of a search's time-out that a node asks the others for: it must answer
# before whoever asks gives up.
SHARE_FOR_OTHERS = 0.6

_known: dict[Cluster, "Nodes"] = {}
_lock = threading.Lock()


class Nodes:
    """What this process knows of the nodes of one cluster.

    All answer until a request fails. Then each is asked which others it reaches
    (:meth:`examine`): those that do not answer are left out, until they do.
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
        """The addresses of the nodes that answer; all where none does."""
        good = [url for url in self.cluster.urls if url not in self._silent]
        return tuple(good) or self.cluster.urls

    @property
    def all_are_silent(self) -> bool:
        """Whether no node has answered when all were asked."""
        return len(self._silent) == len(self.cluster.urls)

    @property
    def is_whole(self) -> bool:
        """Whether every node is taken to answer."""
        return not self._silent and self.preference is None

    def next_reading_client(self) -> tuple[str, Elasticsearch]:
        """The address of the node whose turn it is, and a client for searches on it."""
        with self._lock:
            self._turn += 1
            urls = self.urls
            url = urls[self._turn % len(urls)]
        return url, reading_client(self.one(url))

    def one(self, url: str) -> Cluster:
        return replace(self.cluster, urls=(url,))

    def answering(self) -> Cluster:
        """The cluster as if only the nodes that answer had been set up."""
        return replace(self.cluster, urls=self.urls)

    def leave_out(self, url: str) -> None:
        """Take the node at *url* for one that does not answer, until the next look."""
        with self._lock:
            self._silent |= {url}

    def examine(self) -> None:
        """Ask all nodes at once which nodes they reach. Takes no longer than a search
        may; callers who come meanwhile wait for the same answer."""
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
        """Examine the nodes in the background where some do not answer and the last
        look is a while ago."""
        if self.is_whole or not self.is_due():
            return
        if not self._looking.locked():
            threading.Thread(target=self.examine, daemon=True).start()

    def is_due(self) -> bool:
        return time.monotonic() - self._looked_at > LOOK_EVERY

    def _ask(self, url: str) -> dict[str, Any] | None:
        """What the node at *url* says of the nodes it reaches, None where it is
        silent, nothing where it does not say."""
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
        except ApiError:  # without the right to know
            return {}
        return dict(answer)


def _successful(answer: dict[str, Any]) -> int:
    return int(answer.get("_nodes", {}).get("successful", 0))


def _preference(answer: dict[str, Any]) -> str | None:
    """What keeps searches from the copies on nodes that *answer* says are silent."""
    if not answer.get("_nodes", {}).get("failed"):
        return None
    return f"_prefer_nodes:{','.join(sorted(answer.get('nodes', {})))}"


def nodes_of(cluster: Cluster) -> Nodes:
    """What this process knows of the nodes of *cluster*."""
    with _lock:
        return _known.setdefault(cluster, Nodes(cluster))


def forget() -> None:
    """Know nothing, as a process that has just started."""
    with _lock:
        _known.clear()
