"""Run the tests of a group on each mutant, in a fork of a process that is set up.

The parent imports the site, collects the tests and migrates the database (in memory)
once. A fork has its own copy of all of it, so a mutant costs only the tests that call
the mutated function, up to the first that fails.
"""

import functools
import gc
import os
import pickle
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation import trampoline

from scripts.mutants.sources import MutatedModules, function_of
from tests.servers.database_use import uses_database

ACTIVE = "MUTANT_UNDER_TEST"
# A mutant that loops for ever counts as killed after this many times the processor time
# of its tests, and one that waits for ever after as many times that in real time.
PATIENCE = 10
LEAST_SECONDS = 20


@dataclass
class CleanRun:
    """The tests without a mutant: processor time of each, functions that it calls."""

    seconds: dict[int, float] = field(default_factory=dict)
    callers: dict[str, list[int]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


class MutantRunner:
    """A pytest plugin that runs the collected tests on every mutant."""

    def __init__(self, modules: MutatedModules, only: str = "") -> None:
        self.modules = modules
        self.only = only
        self.survivors: list[str] = []
        self.killed = 0
        self.failed_clean: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        self._set_up_database()
        self.cached = _cached_functions()
        # Else each fork's garbage collection writes to, and so copies, all memory.
        gc.collect()
        gc.freeze()
        clean = _in_fork(self._run_clean)
        self.failed_clean = clean.failed
        names = [name for name in self.modules.names() if self.only in name]
        for number, name in enumerate(() if clean.failed else names, 1):
            tests = sorted(
                clean.callers.get(function_of(name), []), key=clean.seconds.__getitem__
            )
            if tests and self._is_killed(name, tests, clean):
                self.killed += 1
            else:
                self.survivors.append(name)
                _say(f"  {name} survives")
            if number % 50 == 0:
                _say(f"  {number} of {len(names)}, {len(self.survivors)} survive")
        return True

    def _set_up_database(self) -> None:
        """Run one test that uses the database and keep the session's fixtures."""
        for item in self.items:
            if uses_database(item):
                runtestprotocol(item, log=False, nextitem=item.session)
                return

    def _run_clean(self) -> CleanRun:
        clean = CleanRun()
        called: set[str] = set()
        trampoline.record_trampoline_hit = lambda name, caller=None: called.add(name)
        os.environ[ACTIVE] = "stats"
        for number, item in enumerate(self.items):
            called.clear()
            self._forget_results()
            start = time.process_time()
            if not self._passes(number):
                clean.failed.append(item.nodeid)
            clean.seconds[number] = time.process_time() - start
            for function in called:
                clean.callers.setdefault(function, []).append(number)
        return clean

    def _is_killed(self, name: str, tests: list[int], clean: CleanRun) -> bool:
        process = os.fork()
        if process == 0:
            seconds = PATIENCE * sum(clean.seconds[number] for number in tests)
            # Processor time: on a loaded machine, a mutant that is slow is not killed.
            signal.setitimer(signal.ITIMER_PROF, LEAST_SECONDS + seconds)
            signal.alarm(int(PATIENCE * (LEAST_SECONDS + seconds)))
            os.environ[ACTIVE] = name
            self._forget_results()
            _silence()
            try:
                passed = all(map(self._passes, tests))
            except BaseException:
                passed = False
            os._exit(0 if passed else 1)
        return os.waitpid(process, 0)[1] != 0

    def _forget_results(self) -> None:
        for function in self.cached:
            function.cache_clear()

    def _passes(self, number: int) -> bool:
        """Run a test; keep the fixtures of the session, as the database."""
        item = self.items[number]
        reports = runtestprotocol(item, log=False, nextitem=item.session)
        return not any(report.failed for report in reports)


def _in_fork(work: Callable[[], CleanRun]) -> CleanRun:
    """Return the result of *work*, done in a fork so that nothing of it stays here."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "result"
        process = os.fork()
        if process == 0:
            try:
                file.write_bytes(pickle.dumps(work()))
            except BaseException:
                _say(traceback.format_exc())
            finally:
                os._exit(0)
        os.waitpid(process, 0)
        return pickle.loads(file.read_bytes())  # noqa: S301


def _cached_functions() -> list[Any]:
    """Return the project's functions with a cache, which could hide a mutant."""
    return [
        found
        for found in gc.get_objects()
        # isinstance() would evaluate Django's lazy objects.
        if type(found) is functools._lru_cache_wrapper
        and str(found.__module__).startswith(("home", "newsroom", "search"))
    ]


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def _say(text: str) -> None:
    sys.__stderr__.write(text + "\n")  # type: ignore[union-attr]
    sys.__stderr__.flush()  # type: ignore[union-attr]
