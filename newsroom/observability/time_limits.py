"""Calls that must not take longer than a probe waits."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from typing import Generic, TypeVar

from django.db import connections

Result = TypeVar("Result")


class TimeLimited(Generic[Result]):
    """A function whose callers wait for a limited time.

    A database that hangs does not answer, and a query of it cannot be interrupted. The
    function therefore runs in a thread. Callers that come while it runs wait for the
    same result, so that one process has at most one thread that hangs. The thread has
    database connections of its own and closes them.
    """

    def __init__(self, function: Callable[[], Result], seconds: float) -> None:
        self._function = function
        self._seconds = seconds
        self._lock = threading.Lock()
        self._running: Future[Result] | None = None

    def __call__(self) -> Result | None:
        """Return the result, None if it is late. Raises what the function raises."""
        with self._lock:
            future = self._running
            if future is None or future.done():
                future = self._running = Future()
                threading.Thread(
                    target=self._run, args=[future], name="probe", daemon=True
                ).start()
        try:
            return future.result(self._seconds)
        except LateError:
            # The function may itself have raised this, or have ended just now.
            return future.result() if future.done() else None

    def _run(self, future: "Future[Result]") -> None:
        try:
            result = self._function()
        except BaseException as error:  # raised in the threads that wait
            future.set_exception(error)
        else:
            future.set_result(result)
        finally:
            connections.close_all()
