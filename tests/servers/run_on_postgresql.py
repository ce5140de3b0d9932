"""Run a command on a PostgreSQL server of its own, for as long as it takes::

    python -m tests.servers.run_on_postgresql python -m pytest tests/search

DATABASE_URL names an empty database; Django makes its test databases beside it. The
exit code is the command's. Without PostgreSQL nothing runs and one line says so; with
CI set that is a failure.
"""

import os
import subprocess
import sys

from tests.servers.postgresql import PostgreSQLServer
from tests.servers.processes import ServerMissingError

DATABASE = "newsroom"


def run(command: list[str]) -> int:
    """Run the command and return its exit code."""
    try:
        server = PostgreSQLServer()
    except ServerMissingError as missing:
        sys.stderr.write(f"Not run on PostgreSQL: {missing}\n")
        return 1 if os.environ.get("CI") else 0
    with server:
        address = server.create_database(DATABASE)
        return subprocess.call(command, env=os.environ | {"DATABASE_URL": address})


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
