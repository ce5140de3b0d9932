"""What a site does beside answering readers, in one process."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connections

from newsroom.jobs import running
from newsroom.jobs.queue import run_waiting
from newsroom.operations.schedule import publish_due
from search.replica.worker import Worker

logger = logging.getLogger(__name__)

# Journalists choose the minute at which an article appears.
SCHEDULE_SECONDS = 60.0
# An editor who has started something looks at it at once.
JOBS_SECONDS = 1.0
PARENT_SECONDS = 1.0


class Command(BaseCommand):
    help = (
        "Carry changes into the search, do what editors have started, and publish "
        "what is due, every minute, until stopped (Ctrl+C or SIGTERM)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="Stop when the process that started this one has ended.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        parent = os.getppid()

        def end(*_: object) -> None:
            stop.set()
            running.ending.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)
        threads = [
            _thread("search", Worker(stop, self.stdout.write).run),
            _thread("jobs", lambda: _repeat(_do_jobs, stop, JOBS_SECONDS)),
            _thread("schedule", lambda: _repeat(_publish_due, stop, SCHEDULE_SECONDS)),
        ]
        while not stop.wait(PARENT_SECONDS):
            if options["with_parent"] and os.getppid() != parent:
                end()
        for thread in threads:
            thread.join()


def _thread(name: str, work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, name=name)
    thread.start()
    return thread


def _repeat(
    work: Callable[[], object], stop: threading.Event, every_seconds: float
) -> None:
    while not stop.is_set():
        close_old_connections()
        work()
        stop.wait(every_seconds)


def _do_jobs() -> None:
    try:
        run_waiting()
    except Exception:  # the database is away: the jobs wait for it
        logger.exception("Background jobs could not be done.")


def _publish_due() -> None:
    """Publish and take down what is due. Where that fails, the search goes on, and
    the rest has its turn in a minute."""
    try:
        publish_due()
    except Exception:
        logger.exception("Scheduled pages were not all published.")
