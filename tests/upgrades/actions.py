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

    run_steps()
    # Nothing but the steps has run: what follows reads the site as it is then.
    found = observe()
    return {"observed": found, "work": work_on()}


ACTIONS = {"make": make, "upgrade": upgrade}


def main(action: str, output: str) -> None:
    compile_catalogues()  # before Django reads them
    django.setup()
    found = ACTIONS[action]()
    Path(output).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
