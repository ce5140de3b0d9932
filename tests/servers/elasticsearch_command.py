"""Start and stop Elasticsearch by hand: what ``make elasticsearch`` calls."""

import argparse
import json
import os
import signal
import sys
from pathlib import Path

from tests.servers import elasticsearch_distribution as distribution
from tests.servers.elasticsearch import HEAP, STOP_SECONDS
from tests.servers.elasticsearch_cluster import ElasticsearchCluster
from tests.servers.processes import (
    ServerFailedError,
    ServerMissingError,
    end,
    is_running,
)

FIRST_PORT = 9200  # where clients look by default


def record() -> Path:
    """Return the file that lists the running nodes: pid, URL and folder."""
    return distribution.place() / "running.json"


def running() -> list[dict]:
    """Return the nodes that were started by hand and still run."""
    if not record().is_file():
        return []
    nodes = json.loads(record().read_text())
    return [node for node in nodes if is_running(node["pid"]) and is_ours(node)]


def is_ours(node: dict) -> bool:
    """Return whether the process is still the node, not a later one with its pid."""
    try:
        command = Path(f"/proc/{node['pid']}/cmdline").read_bytes()
    except FileNotFoundError:
        return not Path("/proc/self").exists()
    return os.fsencode(node["folder"]) in command


def start(*, nodes: int, heap: str, port: int) -> None:
    """Start so many nodes, remember them and print an address a line."""
    distribution.server(fetch=True)
    if not running():
        folder = distribution.place() / f"cluster-of-{nodes}"
        folder.mkdir(exist_ok=True)
        cluster = ElasticsearchCluster(nodes, heap=heap, first_port=port, folder=folder)
        try:
            cluster.start()
        except ServerFailedError:
            cluster.close()
            raise
        started = [
            {"pid": node.process.pid, "url": node.url, "folder": str(node.folder)}
            for node in cluster.nodes
        ]
        record().write_text(json.dumps(started, indent=1))
    for node in running():
        say(node["url"])


def stop() -> None:
    """Stop what ``start`` started, and nothing else; its data stay."""
    for node in running():
        end(node["pid"], gently=signal.SIGTERM, seconds=STOP_SECONDS)
        say(f"{node['url']} is stopped")
    record().unlink(missing_ok=True)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("java", help="print the home of the Java that it would run on")
    commands.add_parser("fetch", help="bring the server and check Java")
    commands.add_parser("stop", help="stop what start started")
    starting = commands.add_parser("start", help="start in the background")
    starting.add_argument("--nodes", type=int, default=1)
    starting.add_argument("--heap", default=HEAP)
    starting.add_argument("--port", type=int, default=FIRST_PORT)
    options = parser.parse_args()
    try:
        if options.command == "start":
            start(nodes=options.nodes, heap=options.heap, port=options.port)
        elif options.command == "stop":
            stop()
        elif options.command == "java":
            say(str(distribution.java()))
        else:
            distribution.java()
            distribution.server(fetch=True)
    except (ServerMissingError, ServerFailedError) as error:
        sys.exit(str(error))
