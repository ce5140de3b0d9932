"""PostgreSQL: ``pg_dump`` and ``pg_restore`` of its client package.

The password is passed in the environment, never as an argument.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils import timezone

from newsroom.backup.databases.snapshot import (
    Query,
    Snapshot,
    count_rows,
    migrations_in,
    names_in,
)
from newsroom.backup.errors import BackupError
from newsroom.worker.models import RestoreHold

TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    " ORDER BY tablename"
)
EMPTY_SCHEMA = b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
# Last lines of an error message that are shown.
LINES_SHOWN = 5


class PostgreSQL:
    member = "database.pgdump"

    def take(self, folder: Path) -> Snapshot:
        file = folder / self.member
        # A connection of its own: pg_dump reads the same snapshot as these queries.
        with closing(connection.copy()) as own, own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            taken_at = timezone.now()
            query = _querying(cursor)
            options = ["--format=custom", "--no-owner", "--no-privileges"]
            command, environment = _command(
                "pg_dump", [*options, f"--snapshot={snapshot}"]
            )
            with file.open("wb") as target, _started(command, environment) as dumping:
                file.chmod(0o600)
                shutil.copyfileobj(dumping.stdout, target)
                _require_success("pg_dump", dumping)
            found = Snapshot(
                file,
                taken_at,
                count_rows(query, _tables(query)),
                names_in(query),
                migrations_in(query),
            )
            cursor.execute("ROLLBACK")
            return found

    def is_empty(self) -> bool:
        with connection.cursor() as cursor:
            return not _tables(_querying(cursor))

    def restore(self, file: Path, *, taken_at: datetime, replace: bool) -> None:
        connection.close()
        start = EMPTY_SCHEMA if replace else b""
        # One transaction: the contents never exist without the hold.
        options = ["--no-psqlrc", "--quiet", "--single-transaction", "--file=-"]
        command, environment = _command("psql", [*options, "--set=ON_ERROR_STOP=1"])
        with (
            _started(["pg_restore", *OPTIONS, str(file)], {}) as reading,
            _started(command, environment) as writing,
        ):
            try:
                with suppress(BrokenPipeError), writing.stdin as script:
                    script.write(start)
                    shutil.copyfileobj(reading.stdout, script)
                    if reading.wait() == 0:
                        script.write(_hold(taken_at).encode())
                    else:  # psql commits at the end of its input
                        writing.kill()
            finally:
                reading.stdout.close()
            _require_success("psql", writing)
            _require_success("pg_restore", reading)

    def counts(self) -> dict[str, int]:
        with connection.cursor() as cursor:
            query = _querying(cursor)
            return count_rows(query, _tables(query))


OPTIONS = ("--no-owner", "--no-privileges", "--file=-")


def _hold(taken_at: datetime) -> str:
    table = f"public.{RestoreHold._meta.db_table}"
    return (
        f"\nDELETE FROM {table};\n"
        f"INSERT INTO {table} (taken_at, restored_at, mails_not_sent) VALUES"
        f" ('{taken_at.isoformat()}', '{timezone.now().isoformat()}', 0);\n"
    )


def _tables(query: Query) -> list[str]:
    return [name for (name,) in query(TABLES)]


def _querying(cursor: Any) -> Query:
    def query(sql: str) -> list[tuple[Any, ...]]:
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    return query


def _command(
    program: str, arguments: Sequence[str]
) -> tuple[list[str], dict[str, str]]:
    """Return the command line and environment of a client program for this database."""
    command, environment = DatabaseClient.settings_to_cmd_args_env(
        connection.settings_dict, [*arguments, "--no-password"]
    )
    return [program, *command[1:]], environment or {}


@contextmanager
def _started(command: list[str], environment: dict[str, str]) -> Iterator[Any]:
    """Start a client program with pipes; its errors go to the file ``errors``.

    Raises BackupError if it is not installed.
    """
    with tempfile.TemporaryFile() as errors:
        try:
            process: Any = subprocess.Popen(
                command,
                env=os.environ | environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        except FileNotFoundError as error:
            raise BackupError(
                f"{command[0]} is not installed. "
                "On Debian: apt install postgresql-client"
            ) from error
        process.errors = errors
        with process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise


def _require_success(program: str, process: Any) -> None:
    """Raise BackupError with what the program said, unless it ends well."""
    if process.wait() == 0:
        return
    process.errors.seek(0)
    lines = process.errors.read().decode(errors="replace").strip().splitlines()
    said = " ".join(lines[-LINES_SHOWN:]) or f"exit code {process.returncode}"
    raise BackupError(f"{program}: {said}")
