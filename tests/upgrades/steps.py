"""The steps after an upgrade that docs/upgrading.md lists."""

import re
import shlex
from io import StringIO
from pathlib import Path

from django.core.management import call_command

DOCUMENT = Path(__file__).parents[2] / "docs" / "upgrading.md"
SECTION = re.compile(r"^## The steps$.*?^```sh$(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\.venv/bin/python manage\.py (.*?)(?:#.*)?$", re.M)


def documented_steps() -> list[list[str]]:
    """Return the commands of the document in order, each as a list of words."""
    section = SECTION.search(DOCUMENT.read_text("utf-8"))
    if section is None:
        raise LookupError(f"{DOCUMENT} has no commands for an upgrade.")
    return [shlex.split(command) for command in COMMAND.findall(section[1])]


def run_steps() -> list[str]:
    """Run the documented commands, and check that they left nothing to do.

    Catalogues and static files are left out: they belong to the code. Returns what the
    commands print when they are run once more.
    Raises CommandError or SystemExit if one of them fails.
    """
    printed = [StringIO(), StringIO()]
    for output in printed:
        for name, *arguments in documented_steps():
            call_command(name, *arguments, "--without-files", stdout=output)
    call_command("migrate", "--check", verbosity=0)
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    call_command("check", "--fail-level", "WARNING", databases=["default"])
    call_command("check_search", stdout=StringIO())
    return [output.getvalue() for output in printed]
