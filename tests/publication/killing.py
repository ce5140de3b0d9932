"""A process that publishes and kills itself at a given step; run by test_killed.py.

    python -m tests.publication.killing ACTION FIRST STEPS

Steps are the SQL statements of the action, the commits, and the moves of files, in the
order in which they happen. For each of STEPS of them, evenly spread over the action
from FIRST on, a child process is forked on a fresh copy of the database. It performs
the action and kills itself with SIGKILL at this step. The parent then compares what is
left with the state before and the state after the action, once the worker's job that
moves files has run. It prints one JSON object.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from newsroom.files import storages  # noqa: E402
from tests.publication.killed_actions import ACTIONS, prepare, state  # noqa: E402


class Steps:
    """Count of the steps so far; the process dies before step number *fatal*."""

    def __init__(self, fatal: int | None) -> None:
        self.count, self.fatal = 0, fatal

    def next(self) -> None:
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

    def query(self, execute: Callable, sql: str, *arguments: Any) -> Any:
        self.next()
        return execute(sql, *arguments)


@contextmanager
def counted(steps: Steps) -> Iterator[None]:
    """Count a step before each SQL statement, commit and move of a file."""
    usual_commit, usual_move = connection._commit, storages.move

    def commit() -> None:
        steps.next()
        usual_commit()
        steps.next()

    def move(source: Path, target: Path) -> None:
        steps.next()
        usual_move(source, target)

    connection._commit, storages.move = commit, move
    try:
        with connection.execute_wrapper(steps.query):
            yield
    finally:
        connection._commit, storages.move = usual_commit, usual_move


class Copies:
    """Fresh copies of the prepared database and of its files."""

    def __init__(self) -> None:
        self.name = str(connection.settings_dict["NAME"])
        self.folders = [Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_MEDIA_ROOT)]

    def keep(self) -> None:
        connection.close()
        if connection.vendor == "sqlite":
            shutil.copy(self.name, f"{self.name}.kept")
        else:
            self._copy(self.name, f"{self.name}_kept")
        for folder in self.folders:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copytree(folder, f"{folder}.kept")

    def restore(self) -> None:
        connection.close()
        if connection.vendor == "sqlite":
            for suffix in ("-wal", "-shm"):
                Path(self.name + suffix).unlink(missing_ok=True)
            shutil.copy(f"{self.name}.kept", self.name)
        else:
            self._copy(f"{self.name}_kept", self.name)
        for folder in self.folders:
            shutil.rmtree(folder)
            shutil.copytree(f"{folder}.kept", folder)

    def _copy(self, source: str, name: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')

    def forget(self) -> None:
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{self.name}_kept" WITH (FORCE)')


def in_child(action: Callable[[], None], steps: Steps) -> int:
    """Perform *action* in a forked process; return the signal that ended it, or 0."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            with counted(steps):
                action()
            os._exit(0)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def main(name: str, first: int, steps: int) -> None:
    action = ACTIONS[name]
    prepare()
    copies = Copies()
    copies.keep()
    before = state()
    copies.restore()
    counting = Steps(None)
    with counted(counting):
        action()
    after = state()
    total = counting.count
    found: dict[str, Any] = {"total": total, "before": 0, "after": 0, "wrong": []}
    for number in range(first, total, max(1, (total - first) // steps)):
        copies.restore()
        killed = in_child(action, Steps(number))
        assert killed == signal.SIGKILL, (number, total)
        left = state()
        if left == before:
            found["before"] += 1
        elif left == after:
            found["after"] += 1
        else:
            found["wrong"].append([number, different(before, after, left)])
    copies.forget()
    found["differs"] = before != after
    sys.stdout.write(json.dumps(found) + "\n")


def different(
    before: dict[str, Any], after: dict[str, Any], left: dict[str, Any]
) -> dict[str, Any]:
    """Return the parts that are neither as before nor as after, or half of each."""
    return {
        part: [before[part], after[part], left[part]]
        for part in left
        if before[part] != after[part] or left[part] != before[part]
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
