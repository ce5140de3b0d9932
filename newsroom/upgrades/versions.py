"""The version of the code, and the state of the database that it meets."""

import tomllib
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.recorder import MigrationRecorder

# The first version that can be upgraded directly.
FIRST = "0.2.0"
OWN = ("home", "newsroom", "search")


@cache
def current_version() -> str:
    """Return the version in pyproject.toml."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        version: str = tomllib.load(file)["project"]["version"]
    return version


def number(version: str) -> tuple[int, ...]:
    """Return *version* in a form to compare: (0, 2, 0)."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def is_new_site() -> bool:
    """Return whether nothing has been migrated in this database."""
    return not MigrationRecorder(connection).applied_migrations()


def pending_migrations() -> list[Migration]:
    """Return the migrations that are not applied, in the order of their application."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration for migration, _backwards in plan]


def unknown_migrations() -> list[str]:
    """Return migrations of a later version, which this code does not have.

    Rows that are older than the initial migration of their app belong to the time
    before version 0.2.0, whose migrations are gone.
    """
    own = {
        config.label
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in OWN
    }
    loader = MigrationLoader(connection)
    rows = MigrationRecorder(connection).applied_migrations()
    initial = {
        app: row.applied for (app, name), row in rows.items() if name == "0001_initial"
    }
    return sorted(
        f"{app}.{name}"
        for (app, name), row in rows.items()
        if app in own
        and (app, name) not in loader.disk_migrations
        and row.applied > initial.get(app, row.applied)
    )
