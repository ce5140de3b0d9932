"""Command that does all that is needed after a new version has been installed."""

from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from newsroom.upgrades import versions
from newsroom.upgrades.additions import only_adds
from newsroom.upgrades.lock import LockedError, upgrade_lock
from newsroom.upgrades.steps import STEPS, due_steps, finish, record_new_site


class Command(BaseCommand):
    help = (
        "Finish an upgrade: compile the catalogues, collect the static files, migrate, "
        "rebuild what this version needs, and check the search. It can be interrupted "
        "and run again, and does nothing twice. Exit code 1 means that something is "
        "left to do; the last lines say what."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--plan", action="store_true", help="only say what would be done"
        )
        parser.add_argument(
            "--without-files",
            action="store_true",
            help="leave catalogues and static files as they are in an image",
        )
        parser.add_argument(
            "--before-start",
            action="store_true",
            help="exit with 0 if the site can start, although something is left to do",
        )
        parser.add_argument(
            "--again",
            action="append",
            choices=[step.name for step in STEPS],
            default=[],
            help="do this step too, although it may have been done",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_to_go_back()
        if options["plan"]:
            self._plan()
            return
        try:
            with upgrade_lock():
                left = self._upgrade(**options)
        except LockedError as error:
            raise CommandError("Another upgrade is running: wait for it.") from error
        if left and options["before_start"]:
            self.stderr.write("\n".join(["Left to do:", *left]))
            return
        if left:
            raise CommandError("\n".join(["Left to do:", *left]))
        self._say(f"This site is up to date: {versions.current_version()}.")

    def _refuse_to_go_back(self) -> None:
        if unknown := versions.unknown_migrations():
            raise CommandError(
                "The database belongs to a later version, which knows these "
                f"migrations: {', '.join(unknown)}. Install that version, or restore "
                "the backup from before its upgrade. Nothing was changed."
            )

    def _plan(self) -> None:
        for migration in versions.pending_migrations():
            serves = "only adds" if only_adds(migration) else "stop the site first"
            self._say(f"Migrate {migration.app_label}.{migration.name} ({serves}).")
        recorded = "newsroom_upgrades_finishedstep" in _tables()
        for step in due_steps() if recorded else _first_steps():
            self._say(f"Step {step.name}: {step.reason}.")

    def _upgrade(self, **options: Any) -> list[str]:
        """Run everything that is due; return what is left to do."""
        if not options["without_files"]:
            self._run("compile_catalogues")
            self._run("collectstatic", interactive=False)
        is_new = versions.is_new_site()
        self._run("migrate", interactive=False)
        if is_new:
            record_new_site()
        self._run("check", databases=["default"])
        steps = due_steps()
        steps += [step for step in STEPS if step.name in options["again"]]
        for place, step in enumerate(dict.fromkeys(steps), 1):
            self._say(f"Step {place} of {len(steps)}, {step.name}: {step.reason}.")
            step.run()
            finish(step)
        if is_new:
            return ["setup_site, and createsuperuser: this is a new site."]
        return self._unchecked()

    def _unchecked(self) -> list[str]:
        """Check the search; return what it says is wrong."""
        try:
            self._run("check_search")
        except CommandError as error:
            return [f"check_search: {error} (check_search --repair)"]
        return []

    def _run(self, name: str, **options: Any) -> None:
        if self.verbosity:
            self._say(f"{name} …")
        quiet = max(self.verbosity - 1, 0)
        call_command(name, verbosity=quiet, stdout=self.stdout, **options)

    def _say(self, text: str) -> None:
        if self.verbosity:
            self.stdout.write(text)
            self.stdout.flush()

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.verbosity = options["verbosity"]
        return super().execute(*args, **options)


def _tables() -> list[str]:
    return connection.introspection.table_names()


def _first_steps() -> list[Any]:
    """Return what the first upgrade with this command does."""
    return [s for s in STEPS if versions.number(s.since) > versions.number("0.2.0")]
