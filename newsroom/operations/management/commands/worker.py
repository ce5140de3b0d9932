"""What a site does beside answering readers, in one process."""

import logging
import signal
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections

from search.replica.worker import Worker

logger = logging.getLogger(__name__)

# Journalists choose the minute at which an article appears.
SCHEDULE_SECONDS = 60.0


class Command(BaseCommand):
    help = (
        "Carry changes into the search and publish what is due, every minute, until "
        "stopped (Ctrl+C or SIGTERM)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        search = threading.Thread(
            target=_follow, args=[Worker(stop, self.stdout.write)], name="search"
        )
        search.start()
        while not stop.is_set():
            _publish_scheduled()
            stop.wait(SCHEDULE_SECONDS)
        search.join()


def _follow(worker: Worker) -> None:
    try:
        worker.run()
    finally:
        connections.close_all()


def _publish_scheduled() -> None:
    """Publish and take down what is due. Where that fails, the search goes on, and
    the rest has its turn in a minute."""
    close_old_connections()
    try:
        call_command("publish_scheduled", verbosity=0)
    except Exception:
        logger.exception("Scheduled pages were not all published.")
