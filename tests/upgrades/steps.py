"""The steps after an upgrade that docs/production.md lists."""

import re
import shlex
from io import StringIO
from pathlib import Path

from django.core.management import call_command

DOCUMENT = Path(__file__).parents[2] / "docs" / "production.md"
SECTION = re.compile(r"^## After an upgrade$.*?^```sh$(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\.venv/bin/python manage\.py (.*?)(?:#.*)?$", re.M)
# Not run here: the catalogues are compiled before Django reads them, and the static
# files belong to the code.
LEFT_OUT = {"compile_catalogues", "collectstatic"}


def documented_steps() -> list[list[str]]:
    """Return the commands of the document in order, each as a list of words."""
    section = SECTION.search(DOCUMENT.read_text("utf-8"))
    if section is None:
        raise LookupError(f"{DOCUMENT} has no commands for an upgrade.")
    return [shlex.split(command) for command in COMMAND.findall(section[1])]


def run_steps() -> None:
    """Run the documented commands, and check that they left nothing to do.

    Raises CommandError or SystemExit if one of them fails.
    """
    for name, *arguments in documented_steps():
        if name not in LEFT_OUT:
            call_command(name, *arguments)
    call_command("migrate", "--check", verbosity=0)
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    call_command("check", "--fail-level", "WARNING", databases=["default"])
    call_command("check_search", stdout=StringIO())
