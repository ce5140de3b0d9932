"""Run a command on PostgreSQL servers of its own, for as long as it takes.

    python -m tests.servers.run_on_postgresql python -m pytest tests/search

DATABASE_URL names an empty database; Django makes its test databases beside it. Each
worker of pytest-xdist has a server to itself, named in TEST_DATABASE_URLS: who follows
the change log waits for every transaction that is open on the server. The exit code is
the command's. Without PostgreSQL nothing runs and one line says so; with CI set that is
a failure.
"""

import os
import subprocess
import sys
from contextlib import ExitStack

from tests.servers.postgresql import PostgreSQLServer
from tests.servers.processes import ServerMissingError

DATABASE = "newsroom"


def run(command: list[str]) -> int:
    """Run the command and return its exit code."""
    with ExitStack() as servers:
        try:
            addresses = [
                servers.enter_context(PostgreSQLServer()).create_database(DATABASE)
                for _worker in range(os.cpu_count() or 1)
            ]
        except ServerMissingError as missing:
            sys.stderr.write(f"Not run on PostgreSQL: {missing}\n")
            return 1 if os.environ.get("CI") else 0
        named = {
            "DATABASE_URL": addresses[0],
            "TEST_DATABASE_URLS": ",".join(addresses),
        }
        return subprocess.call(command, env=os.environ | named)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
