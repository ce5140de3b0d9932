"""Periodic jobs of the worker, which each app registers when it is loaded."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from newsroom.worker.hold import is_held

logger = logging.getLogger(__name__)

SECOND = 1.0
# After a worker has died, its tasks go on this soon once it is taken for dead.
FEW_SECONDS = 5.0
# Scheduled publication: less than half of the 10 seconds that are promised. Not the
# pause of another job, because jobs with the same pause wait for each other.
PROMPT = 4.0
MINUTE = 60.0
# The pause of jobs that delete what is days old.
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    """A function that the worker calls periodically.

    Attributes:
        run: The function. Its exceptions are logged, and it is called again.
        every_seconds: The pause after each call. Jobs with the same pause are run one
            after the other.
        order: The position among these jobs: the lowest comes first.
        while_held: Whether the job also runs on a restored site that nobody has resumed
            (:mod:`newsroom.worker.hold`). It must publish, delete and send nothing.
    """

    run: Callable[[], object]
    every_seconds: float
    order: int = 0
    while_held: bool = False


_jobs: list[PeriodicJob] = []


def register(job: PeriodicJob) -> None:
    _jobs.append(job)


def periods() -> list[float]:
    """Return the distinct pauses of all registered jobs, in seconds."""
    return sorted({job.every_seconds for job in _jobs})


def run_jobs(every_seconds: float) -> None:
    """Run the jobs with this pause. If one fails, the others still run."""
    jobs = [job for job in _jobs if job.every_seconds == every_seconds]
    for job in sorted(jobs, key=lambda job: job.order):
        try:
            if job.while_held or not is_held():
                job.run()
        except Exception:  # the database is unavailable, or a page invalid
            logger.exception("Periodic job %s failed.", job.run.__qualname__)
