"""What a site does beside answering readers, in one process."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connections

from newsroom.files.visibility import settle
from newsroom.jobs import running
from newsroom.jobs.queue import WORKER_ID, run_waiting
from newsroom.jobs.recovery import BEAT_SECONDS, beat
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
        # A worker that is told to stop beats until it has done what it has in hand.
        ended = threading.Event()
        heartbeat = _thread(
            "heartbeat",
            lambda: _repeat(
                lambda: beat(WORKER_ID),
                ended,
                every_seconds=BEAT_SECONDS,
                complaint="The worker's heartbeat could not be written.",
            ),
        )
        threads = [
            _thread("search", Worker(stop, self.stdout.write).run),
            _thread(
                "jobs",
                lambda: _repeat(
                    run_waiting,
                    stop,
                    every_seconds=JOBS_SECONDS,
                    complaint="Background jobs could not be done.",
                ),
            ),
            _thread(
                "files",
                lambda: _repeat(
                    settle,
                    stop,
                    every_seconds=JOBS_SECONDS,
                    complaint="Files of pictures could not be moved.",
                ),
            ),
            _thread(
                "schedule",
                lambda: _repeat(
                    publish_due,
                    stop,
                    every_seconds=SCHEDULE_SECONDS,
                    complaint="Scheduled pages were not all published.",
                ),
            ),
        ]
        while not stop.wait(PARENT_SECONDS):
            if options["with_parent"] and os.getppid() != parent:
                end()
        for thread in threads:
            thread.join()
        ended.set()
        heartbeat.join()


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
    work: Callable[[], object],
    stop: threading.Event,
    *,
    every_seconds: float,
    complaint: str,
) -> None:
    """Do *work* again and again. Where it fails, the rest of the worker goes on, and it
    has its next turn."""
    while not stop.is_set():
        close_old_connections()
        try:
            work()
        except Exception:  # the database is away, or a page cannot be published
            logger.exception(complaint)
        stop.wait(every_seconds)
