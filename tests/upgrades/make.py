"""Keep the version of this clone: its database on both engines, files, expectations.

    .venv/bin/python -m tests.upgrades.make

It writes the folder ``tests/upgrades/<version>``, of the version in pyproject.toml. The
version that an earlier release left is made again from a clone of that release.
"""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.servers.postgresql import PostgreSQLServer
from tests.upgrades.comparison import differences
from tests.upgrades.kept import DUMP, EXPECTED, FILES, SQLITE, run_on

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MEDIA = ("media", "private")


class UnequalError(Exception):
    """The site looks different on the two databases."""


def make(target: Path) -> None:
    """Replace the folder *target* by what this clone makes."""
    with tempfile.TemporaryDirectory(prefix="newsroom-kept-") as scratch:
        folder = Path(scratch)
        sqlite = folder / "sqlite"
        made = folder / "made"
        made.mkdir(parents=True)
        seen = run_on(f"sqlite:///{sqlite / 'db.sqlite3'}", sqlite, "make")
        _keep_sqlite(sqlite / "db.sqlite3", made / SQLITE)
        with PostgreSQLServer() as server:
            address = server.create_database("kept")
            postgresql = folder / "postgresql"
            also_seen = run_on(address, postgresql, "make")
            _keep_dump(server, address, made / DUMP)
        _compare(seen, also_seen, sqlite, postgresql)
        for page in [*seen["pages"].values(), *seen["versions"].values()]:
            del page["text"]  # that of the templates: the lines are what is expected
        text = json.dumps(seen, ensure_ascii=False, indent=1, sort_keys=True)
        (made / EXPECTED).write_text(f"{text}\n", encoding="utf-8")
        for name in MEDIA:
            shutil.copytree(sqlite / name, made / FILES / name)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target)


def _keep_sqlite(file: Path, target: Path) -> None:
    """Write a copy of the database, with what its write-ahead log holds."""
    copy = file.with_name("copy.sqlite3")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as to:
        source.backup(to)
    target.write_bytes(gzip.compress(copy.read_bytes(), mtime=0))


def _keep_dump(server: PostgreSQLServer, address: str, target: Path) -> None:
    """Write a dump in SQL that psql of the same or a later version reads."""
    dump = subprocess.run(
        [
            str(server.binaries / "pg_dump"),
            *("--no-owner", "--no-privileges", "--format=plain"),
            address,
        ],
        check=True,
        capture_output=True,
    ).stdout
    # Commands of psql that only its newest minor releases know.
    kept = [
        line
        for line in dump.splitlines(keepends=True)
        if not line.startswith((b"\\restrict ", b"\\unrestrict "))
    ]
    target.write_bytes(gzip.compress(b"".join(kept), mtime=0))


def _compare(one: dict[str, Any], other: dict[str, Any], *folders: Path) -> None:
    """Raise UnequalError if the expectations do not hold for both databases."""
    found = [*differences(one, one), *differences(one, other)]
    files = [
        {
            str(path.relative_to(folder)): path.read_bytes()
            for name in MEDIA
            for path in (folder / name).rglob("*")
            if path.is_file()
        }
        for folder in folders
    ]
    if files[0] != files[1]:
        names = sorted(dict(files[0].items() ^ files[1].items()))
        found.append(f"files differ: {names}")
    if found:
        raise UnequalError("\n".join(found))


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    target = HERE / project["version"]
    try:
        make(target)
    except UnequalError as error:
        sys.stderr.write(f"Nothing was written.\n{error}\n")
        return 1
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    sys.stdout.write(f"{os.path.relpath(target)}: {size // 1024} KB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
