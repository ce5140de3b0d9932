"""Metrics of all processes of a machine, added up.

prometheus_client writes each process's metrics to files in a folder. Here each process
has a folder of its own and holds a lock in it while it lives. The counts of processes
that have ended are added to the folder ``ended``: a counter that falls would look like
a restart to Prometheus. Process ids play no part, because containers that share a
folder repeat them.

The folder is in shared memory by default: the files are mapped into memory, and a write
to such a file on a full disk kills the process.
"""

import fcntl
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # read by prometheus_client
ENDED, LOCK = "ended", "lock"
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108
_own_lock: int | None = None


def default_folder(var_dir: Path) -> Path:
    """Return a folder in shared memory for the site with *var_dir*, or one in it."""
    if not os.access(_SHARED_MEMORY, os.W_OK | os.X_OK):
        return var_dir / "metrics"
    name = sha256(str(var_dir.resolve()).encode()).hexdigest()[:12]
    return _SHARED_MEMORY / f"newsroom-metrics-{os.getuid()}-{name}"


def share_metrics() -> None:
    """Make this process write its metrics to ``METRICS_DIR``.

    It must be called before prometheus_client is imported. If the folder cannot be
    used, this process keeps its metrics to itself, and the log says so.
    """
    global _own_lock
    if "prometheus_client" in sys.modules or _own_lock is not None:
        return
    os.environ.pop(VARIABLE, None)
    try:
        folder = _prepared(Path(settings.METRICS_DIR))
        with _locked(folder):
            own = Path(tempfile.mkdtemp(prefix="process-", dir=folder))
            _own_lock = _acquire(own)
            # Before add_up_ended, which imports prometheus_client.
            os.environ[VARIABLE] = str(own)
            add_up_ended(folder)
    except OSError as error:
        logger.warning("Metrics are not shared: %s", error)


def _prepared(folder: Path) -> Path:
    """Create *folder*. Raises OSError if it belongs to another user."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if status.st_uid != os.getuid() or not folder.is_dir() or folder.is_symlink():
        raise PermissionError(f"{folder} belongs to another user.")
    return folder


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of the whole folder."""
    file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _acquire(folder: Path) -> int | None:
    """Return the lock of a process's folder, None if the process lives."""
    file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def add_up_ended(folder: Path) -> None:
    """Move the counts of processes that have ended to the folder ``ended``.

    The caller holds the lock of *folder*.
    """
    for one in folder.glob("process-*"):
        lock = _acquire(one)
        if lock is None:
            continue
        try:
            _add(one.glob("*.db"), folder / ENDED)
            shutil.rmtree(one)
        finally:
            os.close(lock)


def _add(files: Iterable[Path], folder: Path) -> None:
    """Add the values in *files* to those in *folder*. Gauges end with their process."""
    from prometheus_client.mmap_dict import MmapedDict

    folder.mkdir(mode=0o700, exist_ok=True)
    for file in files:
        kind = file.name.partition("_")[0]
        if kind not in ("counter", "histogram", "summary"):
            continue
        total = MmapedDict(str(folder / f"{kind}_0.db"))
        try:
            for key, value in _values(file):
                total.write_value(key, total.read_value(key)[0] + value, 0.0)
        finally:
            total.close()


def _values(file: Path) -> Iterator[tuple[str, float]]:
    """Yield the values in *file*; those before the end of a damaged one."""
    from prometheus_client.mmap_dict import MmapedDict

    try:
        for key, value, _time, _place in MmapedDict.read_all_values_from_file(file):
            yield key, value
    except (RuntimeError, ValueError, OSError, IndexError) as error:
        logger.warning("The metrics in %s are damaged: %s", file.name, error)
    except Exception as error:  # struct.error: the process was killed as it began
        logger.warning("The metrics in %s are damaged: %s", file.name, error)


class SharedCollector:
    """The metrics of all processes that share the folder; of this one if none do."""

    def collect(self) -> Iterable[object]:
        from prometheus_client import REGISTRY
        from prometheus_client.multiprocess import MultiProcessCollector

        if VARIABLE not in os.environ or _own_lock is None:
            return list(REGISTRY.collect())
        folder = Path(os.environ[VARIABLE]).parent
        with _locked(folder):
            add_up_ended(folder)
            files = [str(file) for file in folder.glob("*/*.db")]
            return list(MultiProcessCollector.merge(files))
