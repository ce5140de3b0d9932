"""Counters of requests that all processes of a machine share, in a file.

The file is mapped into memory. It has a fixed size: a million clients take no more
memory than one. No database is asked.
"""

import fcntl
import logging
import math
import mmap
import os
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

logger = logging.getLogger(__name__)

# All processes of a machine have the same.
clock = time.time

# A slot holds a fingerprint of the client (8 bytes) and the time at which the client
# will have its whole quota again (seconds since 1970).
_SLOT = struct.Struct("<Qd")
# Slots in which a client can stand. If all are taken, the one with the most quota left
# is replaced: those who ask most are forgotten last.
WAYS = 8
SETS = 8_192
_SET_BYTES = WAYS * _SLOT.size
SIZE = SETS * _SET_BYTES  # 1 MiB, 65,536 clients that are short of their quota
# Tries to lock a set that another process holds, with a pause in seconds between them.
# After that the request is counted without the lock: a process that is stopped while it
# holds one must not stop the site.
_TRIES, _PAUSE = 20, 0.0005


@dataclass(frozen=True, slots=True)
class Policy:
    """A quota of requests per window, which refills evenly.

    ``quota`` requests may come at once. After that one is allowed every
    ``window / quota`` seconds.
    """

    name: str
    quota: int
    window: int

    @property
    def header(self) -> str:
        """The value of ``RateLimit-Policy``."""
        return f'"{self.name}";q={self.quota};w={self.window}'


@dataclass(frozen=True, slots=True)
class Taken:
    """The result of a request.

    ``remaining`` requests may follow at once. The quota is whole again after
    ``reset_after`` seconds. A refused client may try again after ``retry_after``.
    """

    policy: Policy
    is_allowed: bool
    remaining: int
    reset_after: float
    retry_after: float

    @property
    def header(self) -> str:
        """The value of ``RateLimit``."""
        seconds = math.ceil(self.reset_after)
        return f'"{self.policy.name}";r={self.remaining};t={seconds}'


class Buckets:
    """The counters in the file at *path*, which is created if it is missing.

    If it cannot be created or mapped, each process counts for itself. *secret* keeps
    clients from choosing an address that shares a slot with another's, and addresses
    from being read in the file.
    """

    def __init__(self, path: Path, secret: bytes) -> None:
        self._secret = blake2b(secret).digest()
        self._lock = threading.Lock()
        self._file: int | None = None
        try:
            self._file = _open(path)
            self._slots = mmap.mmap(self._file, SIZE)
        except OSError as error:
            logger.warning("Rate limits are not shared: %s", error)
            if self._file is not None:
                os.close(self._file)
                self._file = None
            self._slots = mmap.mmap(-1, SIZE)

    def close(self) -> None:
        self._slots.close()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def take(self, policy: Policy, client: str, now: float | None = None) -> Taken:
        """Count a request of *client* unless its quota is used up."""
        now = clock() if now is None else now
        name = f"{policy.name} {client}".encode()
        digest = blake2b(name, digest_size=16, key=self._secret).digest()
        place, fingerprint = struct.unpack("<QQ", digest)
        start = place % SETS * _SET_BYTES
        with self._lock, self._locked(start):
            offset, full_at = self._find(start, fingerprint or 1, now, policy.window)
            interval = policy.window / policy.quota
            next_full_at = max(full_at, now) + interval
            excess = next_full_at - now - policy.window
            is_allowed = excess <= interval * 1e-6  # rounding
            if is_allowed:
                full_at = next_full_at
                _SLOT.pack_into(self._slots, offset, fingerprint or 1, full_at)
        left = max(0.0, policy.window - max(0.0, full_at - now))
        return Taken(
            policy=policy,
            is_allowed=is_allowed,
            remaining=int(left / interval + 1e-6),
            reset_after=max(0.0, full_at - now),
            retry_after=0.0 if is_allowed else excess,
        )

    def _find(
        self, start: int, fingerprint: int, now: float, window: int
    ) -> tuple[int, float]:
        """Return the offset of the client's slot, and when its quota is whole.

        A client without a slot gets the one with the earliest such time.
        """
        slots = self._slots[start : start + _SET_BYTES]
        best, earliest = start, math.inf
        for number, (found, full_at) in enumerate(_SLOT.iter_unpack(slots)):
            offset = start + number * _SLOT.size
            if found == fingerprint:
                # A clock that was set back must lock nobody out for longer than a
                # window; neither must a damaged file.
                is_possible = 0 <= full_at <= now + window
                return offset, full_at if is_possible else now
            if not full_at >= earliest:  # NaN, of a damaged file, is replaced first
                best, earliest = offset, full_at if full_at >= 0 else 0.0
        return best, now

    @contextmanager
    def _locked(self, start: int) -> Iterator[None]:
        """Lock a set against the other processes, if that is soon possible."""
        is_locked = self._file is not None and self._acquire(start)
        try:
            yield
        finally:
            if is_locked and self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_UN, _SET_BYTES, start)

    def _acquire(self, start: int) -> bool:
        assert self._file is not None  # noqa: S101  (for mypy)
        for _ in range(_TRIES):
            try:
                how = fcntl.LOCK_EX | fcntl.LOCK_NB
                fcntl.lockf(self._file, how, _SET_BYTES, start)
            except BlockingIOError:
                time.sleep(_PAUSE)
            except OSError:  # a file system without locks
                return False
            else:
                return True
        return False


def _open(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        # Reserves the space: a write to a mapped file on a full disk kills the process.
        os.posix_fallocate(file, 0, SIZE)
    except OSError:
        os.close(file)
        raise
    return file
