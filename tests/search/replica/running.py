"""Workers that run in a thread or process beside a test."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

from django.db import connections

from search.index import change_log
from search.models import Entry
from search.replica.cluster import Cluster, writing_client
from search.replica.consistency import compare_replica
from search.replica.worker import Worker, is_in_step
from tests.servers.processes import wait_until

ROOT = Path(__file__).resolve().parents[3]
# What a test waits before it gives up on what is not measured.
PATIENCE_SECONDS = 240.0


class RunningWorker:
    """A worker in a thread; ``said`` is what it has told the operator."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.stop = threading.Event()
        self.worker = Worker(self.stop, self.said.append)
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            self.worker.run()
        finally:
            connections.close_all()

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop.set()
        self.thread.join(PATIENCE_SECONDS)
        assert not self.thread.is_alive()


def process(script: list[str], database: str, cluster: Cluster, log: Path, **more: str):
    """Start Python with *script* on this database and cluster; it writes to *log*."""
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.development",
        "ELASTICSEARCH_URL": ",".join(cluster.urls),
        "ELASTICSEARCH_INDEX": cluster.index,
        "ELASTICSEARCH_SHARDS": str(cluster.shards),
        "ELASTICSEARCH_REPLICAS": str(cluster.replicas),
        "PYTHONUNBUFFERED": "1",
        **more,
    }
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, *script],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def kill(started: subprocess.Popen) -> None:
    """End a process as a power cut would."""
    started.send_signal(signal.SIGKILL)
    started.wait(PATIENCE_SECONDS)


def seconds_until_in_step(cluster: Cluster) -> float:
    """Wait until the index has followed the whole log; how long that took."""
    since = time.monotonic()

    def is_done() -> bool:
        try:
            return is_in_step(cluster)
        except Exception:  # unavailable, being created, starting
            return False

    assert wait_until(is_done, PATIENCE_SECONDS), "The index does not get in step."
    return time.monotonic() - since


def assert_same(cluster: Cluster) -> None:
    """Assert that the index has every current entry and nothing else."""
    client = writing_client(cluster)
    found = compare_replica(client, cluster.index)
    assert not found, (found, change_log.last_seq(), Entry.objects.count())
