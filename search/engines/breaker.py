"""A circuit breaker: a server that does not answer is not asked for a while.

Each process has its own breakers. The first request to an unavailable cluster waits for
its time-out. After that, one request every :data:`PAUSE` seconds tries again and the
others are not sent.
"""

import threading
import time
from collections.abc import Callable

# Seconds between two tries: a server is used again this soon after its return.
PAUSE = 2.0


class Breaker:
    """Closed while requests succeed, open after a failure, half-open for one try."""

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
        """Return whether to try now. If open, one caller per pause may."""
        with self._lock:
            if self._tried_at is None:
                return True
            now = self._clock()
            if now - self._tried_at < self._pause:
                return False
            self._tried_at = now
            return True

    def failed(self) -> None:
        """Record a failure: open the breaker."""
        with self._lock:
            self._tried_at = self._clock()

    def succeeded(self) -> None:
        """Record a success: close the breaker."""
        with self._lock:
            self._tried_at = None
