"""A log filter that keeps retries from flooding the log."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

# Seconds in which the same warning or error is written once.
QUIET_SECONDS = 60.0
# Different messages remembered; the oldest is forgotten first.
MAX_REMEMBERED = 1_000
MAX_KEY_LENGTH = 300
# Events whose every line counts: each belongs to another request.
ALWAYS = {"request_finished", "request_failed"}


class RepeatFilter(logging.Filter):
    """Drops warnings and errors that were written less than a minute ago.

    The next one says how many were dropped, as ``repeated``. Messages are the same if
    they have the same logger, level, text and exception class.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._written: OrderedDict[tuple[str, ...], tuple[float, int]] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        text = _text_of(record)
        if record.levelno < logging.WARNING or text in ALWAYS:
            return True
        key = (record.name, record.levelname, text, _class_of(record.exc_info))
        now = self._clock()
        with self._lock:
            at, dropped = self._written.get(key, (None, 0))
            if at is not None and now - at < QUIET_SECONDS:
                self._written[key] = (at, dropped + 1)
                return False
            self._written[key] = (now, 0)
            self._written.move_to_end(key)
            if len(self._written) > MAX_REMEMBERED:
                self._written.popitem(last=False)
        if dropped:
            _add(record, dropped)
        return True


def _text_of(record: logging.LogRecord) -> str:
    if isinstance(record.msg, dict):  # an event of structlog
        return str(record.msg.get("event", ""))[:MAX_KEY_LENGTH]
    return record.getMessage()[:MAX_KEY_LENGTH]


def _class_of(exc_info: object) -> str:
    if isinstance(exc_info, tuple) and exc_info[0] is not None:
        return str(exc_info[0].__qualname__)
    return ""


def _add(record: logging.LogRecord, dropped: int) -> None:
    if isinstance(record.msg, dict):
        record.msg = record.msg | {"repeated": dropped}
    else:
        record.repeated = dropped
