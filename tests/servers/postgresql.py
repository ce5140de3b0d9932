"""A private PostgreSQL server on loopback.

By hand, in the foreground until Ctrl-C (prints the address of its database)::

    .venv/bin/python -m tests.servers.postgresql

In code::

    with PostgreSQLServer() as server:
        connection = psycopg.connect(server.url("postgres"))

To run tests or any other command on it, see ``run_on_postgresql``.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

from tests.servers.processes import (
    ServerFailedError,
    ServerMissingError,
    ServerProcess,
    account,
    free_ports,
    new_folder,
    remove,
)

START_SECONDS = 300  # one on an idle machine, recovery after a kill included
STOP_SECONDS = 30  # then it is killed
ANSWER_SECONDS = 5  # on loopback, at once
SUPERUSER = "newsroom"
# Makes a temporary database fast: committed data survives the death of the server, but
# not of the machine. A transaction of autovacuum would hold back the change log, which
# tests follow at once.
CARELESS = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
PARALLEL_TESTS_CONNECTIONS = 200  # a few for each worker, and for concurrency tests


def binaries() -> Path:
    """Return the folder of the newest PostgreSQL. Raise ServerMissingError."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    found = sorted(installed, key=lambda path: float(path.parents[1].name))
    on_path = shutil.which("postgres")
    if not found and on_path is None:
        raise ServerMissingError(
            "PostgreSQL is not here. On Debian: apt install postgresql"
        )
    return (found[-1] if found else Path(str(on_path))).parent


class PostgreSQLServer:
    """A cluster in a folder of its own; anyone on this machine may connect.

    ``fsync`` makes it as careful as in production, for tests of durability.
    """

    def __init__(self, *, fsync: bool = False):
        self.binaries, (self.port,) = binaries(), free_ports(1)
        self.folder = new_folder("newsroom-postgresql-")
        self.data = self.folder / "data"
        self._initialise()
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "max_connections": PARALLEL_TESTS_CONNECTIONS,
            **({} if fsync else CARELESS),
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        command = [str(self.binaries / "postgres"), "-D", str(self.data), *options]
        self.process = ServerProcess(command, self.folder, self._environment())

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> Self:
        """Start, and return when it accepts queries."""
        self.process.start(self.is_up, START_SECONDS)
        return self

    def stop(self) -> None:
        """Close all connections and shut down in order."""
        self.process.end(signal.SIGINT, STOP_SECONDS)

    def kill(self) -> None:
        """End it with all its backends as a power cut would."""
        self.process.end(signal.SIGKILL, STOP_SECONDS)

    def restart(self) -> None:
        self.stop()
        self.start()

    def create_database(self, name: str) -> str:
        """Make an empty database and return its address."""
        program = str(self.binaries / "createdb")
        self._run(
            program, "-h", "127.0.0.1", "-p", str(self.port), "-U", SUPERUSER, name
        )
        return self.url(name)

    def is_up(self) -> bool:
        command = [str(self.binaries / "pg_isready"), "-q", "-h", "127.0.0.1"]
        command += ["-p", str(self.port), "-t", str(ANSWER_SECONDS)]
        return subprocess.run(command, env=self._environment()).returncode == 0

    def close(self) -> None:
        """Stop, and remove everything."""
        self.stop()
        remove(self.folder)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.close()

    def _initialise(self) -> None:
        program = str(self.binaries / "initdb")
        trust = ["--username", SUPERUSER, "--auth", "trust", "--no-sync"]
        letters = ["--encoding", "UTF8", "--locale", "C.UTF-8"]
        self._run(program, "-D", str(self.data), *trust, *letters)

    def _run(self, *command: str) -> None:
        """Run one of PostgreSQL's programs. Raises ServerFailedError with its cause."""
        result = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            **account(),
        )
        if result.returncode:
            raise ServerFailedError(f"{command[0]} failed: {result.stderr.strip()}")

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(self.folder)}


def main() -> None:
    asked_to_end = {signal.SIGINT, signal.SIGTERM}
    with PostgreSQLServer() as server:
        sys.stdout.write(f"{server.url()}\nCtrl-C stops it and removes its data.\n")
        sys.stdout.flush()
        signal.pthread_sigmask(signal.SIG_BLOCK, asked_to_end)
        signal.sigwait(asked_to_end)


if __name__ == "__main__":
    main()
