"""A circuit breaker: who does not answer is left alone for a while.

One breaker a process. The first reader who meets an absent cluster waits for its
time-out; those after do not, but for one every :data:`PAUSE` seconds who tries again.
"""

import threading
import time
from collections.abc import Callable

# Seconds between two tries: what was away is used again this soon after its return.
PAUSE = 2.0


class Breaker:
    """Closed while all is well, open after a failure, half-open for one try."""

    def __init__(
        self, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._tried_at: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the last try failed."""
        return self._tried_at is not None

    def allows(self) -> bool:
        """Whether to try now. Where it is open, one caller in every pause may."""
        with self._lock:
            if self._tried_at is None:
                return True
            now = self._clock()
            if now - self._tried_at < self._pause:
                return False
            self._tried_at = now
            return True

    def failed(self) -> None:
        """A try has failed: open."""
        with self._lock:
            self._tried_at = self._clock()

    def succeeded(self) -> None:
        """A try has worked: close."""
        with self._lock:
            self._tried_at = None
