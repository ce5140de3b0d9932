"""The checks of ``manage.py doctor``, which each app can add to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

# Seconds for a check without a limit of its own.
SECONDS = 10.0


class Status(IntEnum):
    """Severity of a finding; the worst one is the exit code of the command."""

    OK = 0
    WARNING = 1
    FAILURE = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check, in the language that is active while the check runs.

    Attributes:
        status: How bad it is.
        message: What was found.
        remedy: What the operator should do; empty if nothing.
    """

    status: Status
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the command: a recipient of a test mail, empty for none."""

    mail_to: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A check of one part of the installation.

    Attributes:
        name: Short name, shown and accepted by ``--only``.
        run: Yields the findings. It runs in a thread of its own. An exception becomes a
            failure.
        seconds: Time limit; a check that takes longer becomes a failure.
        needs_database: Whether it is skipped if the database is unavailable.
    """

    name: str
    run: Callable[[Options], Iterable[Finding]]
    seconds: float = SECONDS
    needs_database: bool = False


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    """Add a check. Checks run in the order in which they are registered."""
    if check.name in _checks:
        raise ValueError(f"There are two checks named {check.name!r}.")
    _checks[check.name] = check


def checks() -> list[Check]:
    return list(_checks.values())


def ok(message: str) -> Finding:
    return Finding(Status.OK, message)


def warning(message: str, remedy: str) -> Finding:
    return Finding(Status.WARNING, message, remedy)


def failure(message: str, remedy: str) -> Finding:
    return Finding(Status.FAILURE, message, remedy)
