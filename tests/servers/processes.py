"""Server processes: whom they run as, where they write, how they are signalled."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

POLL_SECONDS = 0.1  # short beside a start, long beside a look at /proc
LOG_LINES_SHOWN = 15  # enough for the cause that a server gives last
UNPRIVILEGED_USER = "nobody"  # there on every Unix


class ServerMissingError(Exception):
    """The server is not installed here; the message says what to do, in one line."""


class ServerFailedError(Exception):
    """The server did not start or stop as asked; the message ends with its log."""


def account() -> dict[str, int | list[int]]:
    """Return what ``subprocess`` needs to leave root, as both servers require."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(UNPRIVILEGED_USER)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def can_reach(folder: Path) -> bool:
    """Return whether the servers' account can enter a folder, or its future parent."""
    if os.geteuid() != 0:
        return True
    user = pwd.getpwnam(UNPRIVILEGED_USER).pw_uid
    ways = [path for path in [folder, *folder.resolve().parents] if path.exists()]
    states = [path.stat() for path in ways]
    return all(state.st_mode & 0o001 or state.st_uid == user for state in states)


def give(folder: Path) -> Path:
    """Give a folder and its contents to the servers' account; return it."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(UNPRIVILEGED_USER)
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return folder


def new_folder(prefix: str) -> Path:
    """Create a temporary folder that belongs to the servers' account."""
    parent = Path(tempfile.gettempdir())
    parent = parent if can_reach(parent) else Path("/tmp")
    return give(Path(tempfile.mkdtemp(prefix=prefix, dir=parent)))


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def free_ports(count: int, *, preferred: int | None = None) -> list[int]:
    """Return ``count`` free ports of loopback, from ``preferred`` up if possible."""
    with ExitStack() as held:
        ports = []
        for place in range(count):
            probe = held.enter_context(socket.socket())
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", preferred + place if preferred else 0))
            except OSError:
                probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
    return ports


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Return whether the condition came true within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def family(pid: int) -> list[int]:
    """Return a process and its living descendants, without /proc itself alone.

    A process group is not enough: each PostgreSQL backend leads one of its own.
    """
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            state, parent = state_and_parent(stat)
            if state != "Z":
                children.setdefault(int(parent), []).append(int(stat.parent.name))
    found = [pid]
    for member in found:
        found.extend(children.get(member, []))
    return found


def state_and_parent(stat: Path) -> list[str]:
    """Return the two fields after the command's name, which may contain spaces."""
    return stat.read_text().rpartition(")")[2].split()[:2]


def is_running(pid: int) -> bool:
    """Return whether a process lives, or has threads that keep files open.

    One that only waits to be reaped does not.
    """
    try:
        os.kill(pid, 0)
        process = Path(f"/proc/{pid}")
        is_dead = state_and_parent(process / "stat")[0] == "Z"
        return not is_dead or len([*(process / "task").iterdir()]) > 1
    except FileNotFoundError:
        return not Path("/proc/self").exists()  # a system without /proc: kill() knew
    except ProcessLookupError:
        return False


def is_stopped(pid: int) -> bool:
    """Return whether no thread of a process runs; without /proc, assume it."""
    threads = Path(f"/proc/{pid}/task").glob("[0-9]*/stat")
    with suppress(FileNotFoundError):  # a thread or process that has just ended
        return all(state_and_parent(stat)[0] in "TZX" for stat in threads)
    return not is_running(pid)


def send(pids: Sequence[int], number: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def end(pid: int, *, gently: int, seconds: float) -> None:
    """End a process and its descendants: ask it with a signal, kill what is left.

    Asked with SIGKILL, all die at once and none tidies up. Raises ServerFailedError
    when something outlives even that.
    """
    members = family(pid)
    send(members, signal.SIGCONT)
    send(members if gently == signal.SIGKILL else [pid], gently)
    if not wait_until(lambda: not any(map(is_running, members)), seconds):
        members = sorted({*members, *family(pid)})
        send(members, signal.SIGKILL)
        if not wait_until(lambda: not any(map(is_running, members)), seconds):
            raise ServerFailedError(f"Processes {members} outlive SIGKILL.")


class ServerProcess:
    """One server: started, signalled with its descendants, and waited for."""

    def __init__(self, command: Sequence[str], folder: Path, env: Mapping[str, str]):
        self.command, self.folder, self.env = list(command), folder, dict(env)
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise ServerFailedError("The server was not started.")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, is_up: Callable[[], bool], seconds: float) -> None:
        """Start and wait until it is up. Raises ServerFailedError with the log."""
        if self.is_running:
            return
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **account(),
            )
        wait_until(lambda: not self.is_running or is_up(), seconds)
        if not (self.is_running and is_up()):
            self.end(signal.SIGKILL, seconds)
            raise ServerFailedError(
                f"{self.command[0]} did not start:\n{self.last_words()}"
            )

    def end(self, gently: int, seconds: float) -> None:
        if self._process is not None and self.is_running:
            end(self._process.pid, gently=gently, seconds=seconds)
            self._process.wait(seconds)

    def pause(self, seconds: float) -> None:
        """Stop it as it is, and return when none of its threads runs any more.

        A signal is only asked for: threads that are at work go on for a moment, and
        may answer. Raises ServerFailedError when they do not stop.
        """
        members = family(self.pid)
        send(members, signal.SIGSTOP)
        if not wait_until(lambda: all(map(is_stopped, members)), seconds):
            raise ServerFailedError(f"Processes {members} go on after SIGSTOP.")

    def resume(self) -> None:
        send(family(self.pid), signal.SIGCONT)

    def last_words(self) -> str:
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-LOG_LINES_SHOWN:])
