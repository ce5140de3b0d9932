"""A kept site: its files, and its processes on a database of its own."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.servers.postgresql import PostgreSQLServer

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SQLITE, DUMP = "database.sqlite3.gz", "database.sql.gz"
EXPECTED, FILES = "expected.json", "files"
OUTPUT = "output.json"


class FailedError(Exception):
    """A process on a kept site failed; the message is what it printed."""


def versions() -> list[str]:
    """Return the versions that are kept, such as ``0.2.0``."""
    return sorted(path.parent.name for path in HERE.glob(f"*/{EXPECTED}"))


def expected(version: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / version / EXPECTED).read_text("utf-8"))
    return found


def unpack_files(version: str, folder: Path) -> None:
    """Copy the media folders, so that an upgrade may change them."""
    shutil.copytree(HERE / version / FILES, folder, dirs_exist_ok=True)


def unpack_sqlite(version: str, folder: Path) -> str:
    """Unpack the SQLite database into *folder*; return its URL."""
    file = folder / "db.sqlite3"
    file.write_bytes(gzip.decompress((HERE / version / SQLITE).read_bytes()))
    return f"sqlite:///{file}"


def unpack_postgresql(
    version: str, server: PostgreSQLServer, *, suffix: str = ""
) -> str:
    """Read the dump into a new database of *server*; return its URL."""
    address = server.create_database(f"kept_{version.replace('.', '_')}{suffix}")
    subprocess.run(
        [
            *(str(server.binaries / "psql"), "--no-psqlrc", "--quiet"),
            *("--set=ON_ERROR_STOP=1", address),
        ],
        input=gzip.decompress((HERE / version / DUMP).read_bytes()),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return address


def run_on(database: str, folder: Path, action: str) -> dict[str, Any]:
    """Run :mod:`tests.upgrades.actions` on a site; return what it answers.

    *folder* is the site's ``VAR_DIR``. Raises FailedError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / OUTPUT
    result = subprocess.run(
        [sys.executable, "-m", "tests.upgrades.actions", action, str(output)],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": database,
            "TEST_DATABASE_URLS": "",
            "ELASTICSEARCH_URL": "",
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.upgrades.settings",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if result.returncode:
        raise FailedError(result.stdout)
    found: dict[str, Any] = json.loads(output.read_text("utf-8"))
    return found
