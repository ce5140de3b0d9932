"""All background work of a site, in one process."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connections

from newsroom.worker import running, schedule
from newsroom.worker.queue import WORKER_ID, run_ready
from newsroom.worker.recovery import BEAT_SECONDS, beat
from search.replica.worker import Worker

logger = logging.getLogger(__name__)

# Short, because an editor who has started a job looks at its progress at once.
JOBS_SECONDS = 1.0
PARENT_SECONDS = 1.0


class Command(BaseCommand):
    help = (
        "Sync changes to the search replica, run the editors' jobs, and run periodic "
        "jobs such as scheduled publication, until stopped (Ctrl+C or SIGTERM)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="Stop when the parent process ends.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        parent = os.getppid()

        def end(*_: object) -> None:
            stop.set()
            running.ending.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)
        # A worker that was told to stop writes heartbeats until its current work is
        # finished.
        ended = threading.Event()
        heartbeat = _repeating(
            "heartbeat",
            lambda: beat(WORKER_ID),
            ended,
            every_seconds=BEAT_SECONDS,
            complaint="The worker's heartbeat could not be written.",
        )
        threads = [
            _thread("search", Worker(stop).run),
            _repeating(
                "jobs",
                run_ready,
                stop,
                every_seconds=JOBS_SECONDS,
                complaint="Background jobs could not be done.",
            ),
            *(
                _repeating(
                    f"every {seconds:g} seconds",
                    partial(schedule.run_jobs, seconds),
                    stop,
                    every_seconds=seconds,
                    complaint="Periodic jobs could not be run.",
                )
                for seconds in schedule.periods()
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


def _repeating(
    name: str,
    work: Callable[[], object],
    stop: threading.Event,
    *,
    every_seconds: float,
    complaint: str,
) -> threading.Thread:
    """Start a thread that calls *work* repeatedly until *stop* is set.

    An exception is logged; the other threads continue, and *work* is called again.
    """

    def repeat() -> None:
        while not stop.is_set():
            close_old_connections()
            try:
                work()
            except Exception:  # the database is unavailable, or a page invalid
                logger.exception(complaint)
            stop.wait(every_seconds)

    return _thread(name, repeat)
