"""Several Elasticsearch nodes on one machine."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from tests.servers.elasticsearch import HEAP, START_SECONDS, ElasticsearchNode
from tests.servers.processes import ServerFailedError, free_ports, wait_until


class ElasticsearchCluster:
    """Several nodes that hold copies of each other's indices, started together."""

    def __init__(
        self,
        nodes: int = 3,
        *,
        heap: str = HEAP,
        java_options: str = "",
        first_port: int | None = None,
        folder: Path | None = None,
    ):
        ports = free_ports(2 * nodes, preferred=first_port)
        pairs = list(zip(ports[:nodes], ports[nodes:], strict=True))
        names = [f"node-{place}" for place in range(1, nodes + 1)]
        peers = [(name, pair[1]) for name, pair in zip(names, pairs, strict=True)]
        self.nodes = [
            ElasticsearchNode(
                heap=heap,
                java_options=java_options,
                name=name,
                ports=pair,
                peers=peers if nodes > 1 else (),
                folder=folder and folder / name,
            )
            for name, pair in zip(names, pairs, strict=True)
        ]

    @property
    def urls(self) -> list[str]:
        return [node.url for node in self.nodes]

    def start(self) -> Self:
        """Start all at once, and return when each sees all the others."""
        with ThreadPoolExecutor() as starts:
            list(starts.map(ElasticsearchNode.start, self.nodes))
        self._wait_until_whole()
        return self

    def is_whole(self) -> bool:
        """Return whether every node sees every other."""
        states = [node.health() or {} for node in self.nodes]
        return all(s.get("number_of_nodes") == len(self.nodes) for s in states)

    def mend(self) -> None:
        """Restore all nodes to a running, connected cluster after a test."""
        with ThreadPoolExecutor() as starts:
            list(starts.map(ElasticsearchNode.mend, self.nodes))
        self._wait_until_whole()

    def clear(self) -> None:
        """Delete every index and alias."""
        self.nodes[0].clear()

    def close(self) -> None:
        with ThreadPoolExecutor() as ends:
            list(ends.map(ElasticsearchNode.close, self.nodes))

    def _wait_until_whole(self) -> None:
        if not wait_until(self.is_whole, START_SECONDS):
            raise ServerFailedError("The Elasticsearch nodes do not find each other.")

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.close()
