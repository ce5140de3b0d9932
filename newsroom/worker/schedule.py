"""What the worker does periodically: each app registers its jobs when it is loaded."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections

logger = logging.getLogger(__name__)

SECOND = 1.0
# Journalists choose the minute at which an article appears.
MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    """A function that the worker calls again and again.

    Attributes:
        run: The function; what it raises is logged, and it has its next turn.
        every_seconds: The pause after each turn. Jobs with the same pause are run one
            after the other.
        order: The place among them: the lowest comes first.
    """

    run: Callable[[], object]
    every_seconds: float
    order: int = 0


_jobs: list[PeriodicJob] = []


def register(job: PeriodicJob) -> None:
    _jobs.append(job)


def periods() -> list[float]:
    """Return the pauses between turns that registered jobs ask for, in seconds."""
    return sorted({job.every_seconds for job in _jobs})


def run_jobs(every_seconds: float) -> None:
    """Run the jobs of one period. One that fails stops none of the others."""
    jobs = [job for job in _jobs if job.every_seconds == every_seconds]
    for job in sorted(jobs, key=lambda job: job.order):
        close_old_connections()
        try:
            job.run()
        except Exception:  # the database is away, or a page cannot be published
            logger.exception("Periodic job %s failed.", job.run.__qualname__)
