"""Actions of a process on a kept site: ``make`` it, or ``upgrade`` it.

    python -m tests.upgrades.actions upgrade OUTPUT.json

The environment names the database and the media folders. The answer is written to a
file as JSON; the commands print to the standard output.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from newsroom.localisation.catalogues import compile_catalogues


def make() -> dict[str, Any]:
    from tests.upgrades.content.site import fill
    from tests.upgrades.observation import observe

    call_command("migrate", verbosity=0)
    fill()
    found = observe()
    if connection.vendor == "sqlite":
        # Here, because this connection has the collations of the project.
        connection.cursor().execute("VACUUM")
    return found


def upgrade() -> dict[str, Any]:
    from tests.upgrades.observation import observe
    from tests.upgrades.steps import run_steps
    from tests.upgrades.work import work_on

    printed = run_steps()
    # Nothing but the steps has run: what follows reads the site as it is then.
    found = observe()
    return {"printed": printed, "observed": found, "work": work_on()}


def lint() -> dict[str, list[str]]:
    """Return what the linter finds in each migration that a kept site has not applied.

    Only migrations of this project; the database gives the SQL, so that it must be
    PostgreSQL, where a lock can stop a site.
    """
    from django.apps import apps
    from django_migration_linter import MigrationLinter
    from django_migration_linter.sql_analyser import analyse_sql_statements

    from newsroom.upgrades.versions import OWN, pending_migrations

    linter = MigrationLinter(no_cache=True, no_output=True)
    own = {
        config.label
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in OWN
    }
    found = {}
    for migration in pending_migrations():
        if migration.app_label in own:
            sql = linter.get_sql(migration.app_label, migration.name)
            issues = [
                issue
                for errors, _ignored, warnings in (
                    analyse_sql_statements(linter.sql_analyser_class, sql),
                    linter.analyse_data_migration(migration),
                )
                for issue in (*errors, *warnings)
            ]
            found[f"{migration.app_label}.{migration.name}"] = sorted(
                {issue.code for issue in issues}
            )
    return found


ACTIONS = {"make": make, "upgrade": upgrade, "lint": lint}


def main(action: str, output: str) -> None:
    compile_catalogues()  # before Django reads them
    django.setup()
    found = ACTIONS[action]()
    Path(output).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
