"""Elasticsearch on loopback, for tests and for trying out.

By hand (``make elasticsearch``, ``make elasticsearch NODES=3``,
``make elasticsearch-stop`` do the same)::

    .venv/bin/python -m tests.servers.elasticsearch start --nodes 1 --heap 512m
    .venv/bin/python -m tests.servers.elasticsearch stop

``start`` fetches the server if it is not here, starts it, prints one address a line
and returns; the nodes go on. ``--port 9200`` is the first port tried. In code::

    with ElasticsearchNode() as node:
        client = Elasticsearch(node.url)

``elasticsearch_cluster`` has several nodes, ``elasticsearch_security`` https and
passwords. This distribution has no root endpoint: do not call ``client.info()``.
"""

import json
import os
import shutil
import signal
import urllib.request
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from tests.servers import elasticsearch_distribution as distribution
from tests.servers.processes import (
    ServerProcess,
    free_ports,
    give,
    new_folder,
    remove,
)

HEAP = os.environ.get("ELASTICSEARCH_HEAP", "512m")  # ample for a test's entries
# For nodes that live as long as a test run: compiling less starts a quarter sooner.
QUICK_START = "-XX:TieredStopAtLevel=1"
START_SECONDS = 600  # ten on an idle machine
STOP_SECONDS = 30  # then it is killed
ANSWER_SECONDS = 5  # a node that is up answers its health at once
# What a node in a test does not need: each costs memory, disk or a thread pool.
QUIET = {
    "xpack.security.enabled": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "action.destructive_requires_name": "false",  # for clear()
}
# A node that hangs is given up after ten seconds instead of thirty.
FAULT_DETECTION = {
    f"cluster.fault_detection.{kind}.{name}": value
    for kind in ("follower_check", "leader_check")
    for name, value in (("timeout", "5s"), ("retry_count", 2))
}
# Loopback is never behind a proxy; ignore proxies of the environment.
NO_PROXY = urllib.request.ProxyHandler({})


class ElasticsearchNode:
    """One node with ports and a data folder of its own, kept through restarts.

    ``peers`` are the (name, transport port) pairs of its whole cluster, itself
    among them; a node alone needs none.
    """

    scheme = "http"

    def __init__(
        self,
        *,
        heap: str = HEAP,
        java_options: str = "",
        name: str = "node-1",
        ports: Sequence[int] = (),
        peers: Iterable[tuple[str, int]] = (),
        folder: Path | None = None,
    ):
        self.home, self.java = distribution.server(), distribution.java()
        self.name, self.peers = name, list(peers)
        self.port, self.transport_port = ports or free_ports(2)
        self._owns_folder = folder is None
        self.folder = folder or new_folder("newsroom-elasticsearch-")
        self.opener = urllib.request.build_opener(NO_PROXY)
        self.environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "ES_JAVA_HOME": str(self.java),
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_TMPDIR": str(self.folder / "tmp"),
            # The launcher writes what it learns of the JVM down, and leaves it there.
            "CLI_JAVA_OPTS": f"-Djava.io.tmpdir={self.folder / 'tmp'}",
            "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap} {java_options}",
        }
        self._configure()
        give(self.folder)
        command = ["bash", str(self.home / "bin" / "elasticsearch")]
        self.process = ServerProcess(command, self.folder, self.environment)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Start, and return when the node answers."""
        self.process.start(self.is_up, START_SECONDS)
        return self

    def stop(self) -> None:
        self.process.end(signal.SIGTERM, STOP_SECONDS)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.end(signal.SIGKILL, STOP_SECONDS)

    def pause(self) -> None:
        """Stop answering: the node accepts connections and answers none."""
        self.process.pause(STOP_SECONDS)

    def resume(self) -> None:
        self.process.resume()

    def restart(self) -> None:
        self.stop()
        self.start()

    def mend(self) -> None:
        """Restore the node to a running state after a test."""
        if self.process.is_running:
            self.resume()
        self.start()

    def wipe(self) -> None:
        """Delete every index, as a replaced server would, and run again."""
        self.stop()
        shutil.rmtree(self.folder / "data")
        self.start()

    def is_up(self) -> bool:
        return self.health() is not None

    def health(self) -> dict | None:
        """Return what the node says of its cluster, None when it does not answer."""
        try:
            return self.ask("GET", "/_cluster/health?timeout=1s", ANSWER_SECONDS)
        except OSError:
            return None

    def clear(self) -> None:
        """Delete every index and alias: a fresh node for a hundredth of the time."""
        self.ask("DELETE", "/_all", STOP_SECONDS)

    def ask(
        self, method: str, path: str, seconds: float, body: bytes | None = None
    ) -> dict:
        """Return the node's answer as JSON. A body is JSON of one or more lines."""
        headers = {"Content-Type": "application/json"}
        address = f"{self.url}{path}"
        request = urllib.request.Request(address, body, headers, method=method)
        with self.opener.open(request, timeout=seconds) as answer:
            return json.load(answer)

    def close(self) -> None:
        """Stop, and remove its folder unless that was given."""
        self.stop()
        if self._owns_folder:
            remove(self.folder)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.close()

    def settings(self) -> dict[str, object]:
        """Return the settings for its elasticsearch.yml."""
        settings: dict[str, object] = {
            **QUIET,
            "node.name": self.name,
            "cluster.name": "newsroom",
            "network.host": "127.0.0.1",
            "http.port": self.port,
            "transport.port": self.transport_port,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
        }
        if self.peers:
            settings |= FAULT_DETECTION
            addresses = [f"127.0.0.1:{port}" for _, port in self.peers]
            settings["discovery.seed_hosts"] = addresses
            settings["cluster.initial_master_nodes"] = [name for name, _ in self.peers]
        else:
            settings["discovery.type"] = "single-node"
        return settings

    def _configure(self) -> None:
        config = self.folder / "config"
        config.mkdir(parents=True, exist_ok=True)
        (self.folder / "tmp").mkdir(exist_ok=True)
        for name in ("jvm.options", "log4j2.properties"):
            shutil.copy(self.home / "config" / name, config)
        lines = [
            f"{key}: {json.dumps(value)}" for key, value in self.settings().items()
        ]
        (config / "elasticsearch.yml").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    from tests.servers.elasticsearch_command import main

    main()
