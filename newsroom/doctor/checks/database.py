"""The database: version, whether it can be written to, migrations, clock."""

import os
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from newsroom.doctor import site_client
from newsroom.doctor.registry import Finding, Options, failure, ok, warning
from newsroom.worker.recovery import DEAD_AFTER

# Seconds of difference between clocks. At the second, other workers take a living
# worker for dead (newsroom.worker.recovery).
LATE_SECONDS = 2.0
BROKEN_SECONDS = DEAD_AFTER.total_seconds()
# Seconds that a Date header may be late: it has no fractions, and travels.
HEADER_SECONDS = 5.0


def check_database(options: Options) -> Iterator[Finding]:
    connection.ensure_connection()
    version = ".".join(map(str, connection.get_database_version()))
    params = {"name": connection.display_name, "version": version}
    least = connection.features.minimum_database_version
    if least and connection.get_database_version() < least:
        wanted = ".".join(map(str, least))
        yield failure(
            _("%(name)s %(version)s is too old.") % params,
            _("Install version %(wanted)s or newer.") % {"wanted": wanted},
        )
        return
    if fault := _write_fault():
        yield failure(fault, _("Point DATABASE_URL to a database that can be changed."))
        return
    yield ok(_("%(name)s %(version)s answers.") % params)


def _write_fault() -> str:
    """Return why the database cannot be changed, "" if it can."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            is_read_only = cursor.fetchone()[0] == "on"
            cursor.execute("SHOW server_encoding")
            encoding = cursor.fetchone()[0]
        if encoding != "UTF8":
            return _("The encoding of the database is %(encoding)s, not UTF8.") % {
                "encoding": encoding
            }
    else:
        name = str(connection.settings_dict["NAME"])
        is_file = os.path.isfile(name)  # noqa: PTH113 (may be a URI)
        is_read_only = is_file and not os.access(name, os.W_OK)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only")
            is_read_only = is_read_only or bool(cursor.fetchone()[0])
    return _("The database is read-only.") if is_read_only else ""


def check_migrations(options: Options) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    loader = executor.loader
    missing = len(executor.migration_plan(loader.graph.leaf_nodes()))
    if missing:
        message = ngettext(
            "%(count)d migration is not applied.",
            "%(count)d migrations are not applied.",
            missing,
        )
        yield failure(message % {"count": missing}, _("Run manage.py migrate."))
    replaced = {
        old
        for migration in loader.disk_migrations.values()
        for old in migration.replaces
    }
    apps = {app for app, _name in loader.disk_migrations}
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations or {}
        if app in apps and (app, name) not in {*loader.disk_migrations, *replaced}
    )
    if unknown:
        yield failure(
            _("The database comes from a newer version: %(names)s.")
            % {"names": ", ".join(unknown)},
            _("Install that version, or restore a backup of this one."),
        )
    if not missing and not unknown:
        yield ok(_("All migrations are applied."))


def check_clock(options: Options) -> Iterator[Finding]:
    """Compare this machine's clock with the database's and with the site's."""
    differences = {pgettext("clock of", "the database"): _database_difference()}
    if (difference := _site_difference()) is not None:
        differences[pgettext("clock of", "the site")] = difference
    for name, seconds in differences.items():
        params = {"name": name, "seconds": round(seconds, 1)}
        message = _("The clock of %(name)s differs by %(seconds)s seconds.") % params
        remedy = _("Let all machines take the time from the same NTP servers.")
        if seconds >= BROKEN_SECONDS:
            yield failure(message, remedy)
        elif seconds >= LATE_SECONDS:
            yield warning(message, remedy)
        else:
            yield ok(_("The clock of %(name)s agrees.") % params)


def database_time() -> datetime | None:
    """Return the time of the database server; None on SQLite, which has none."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _database_difference() -> float:
    before = timezone.now()
    there = database_time()
    after = timezone.now()
    if there is None or before <= there <= after:
        return 0.0
    return min(
        abs((there - before).total_seconds()), abs((there - after).total_seconds())
    )


def _site_difference() -> float | None:
    """Return the difference to the Date header of the site; None without an answer."""
    try:
        date = site_client.ask(site_client.home_url()).headers["Date"]
        there = parsedate_to_datetime(date or "")
    except (site_client.NoAnswerError, ValueError):
        return None  # reported by the check of HTTPS
    difference = abs((timezone.now() - there).total_seconds())
    return max(0.0, difference - HEADER_SECONDS)
