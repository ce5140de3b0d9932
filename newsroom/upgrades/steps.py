"""Steps that a version needs once on a site of an earlier one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command
from django.utils import timezone

from newsroom.access.roles import (
    ADMINISTRATORS,
    ARCHIVISTS,
    PUBLISHERS,
    create_new_roles,
)
from newsroom.upgrades.models import FinishedStep
from newsroom.upgrades.versions import FIRST, current_version, number


@dataclass(frozen=True, slots=True)
class Step:
    """Work that is done once on each database.

    Attributes:
        name: The name under which it is recorded. It never changes; a step that has to
            be done again in a later version gets a new name.
        since: The version that needs it. Sites of the first version (0.2.0) have done
            the steps of that version.
        run: The work. It may be interrupted at any time and run again.
        reason: What it does, for the operator.
    """

    name: str
    since: str
    run: Callable[[], object]
    reason: str


def _command(name: str) -> Callable[[], object]:
    return lambda: call_command(name)


# In the order in which they are done.
STEPS = (
    Step("files", "0.2.0", _command("secure_files"), "moves private files"),
    Step(
        "translation-states",
        "0.2.0",
        _command("rebuild_translation_states"),
        "counts the state of each translation",
    ),
    Step("memory", "0.2.0", _command("rebuild_memory"), "fills the translation memory"),
    Step(
        "roles-0.3",
        "0.3.0",
        lambda: create_new_roles((PUBLISHERS, ARCHIVISTS, ADMINISTRATORS)),
        "creates Publishers, Archivists and Administrators",
    ),
    Step(
        "archive-0.3",
        "0.3.0",
        _command("rebuild_archive"),
        "indexes every article as this version reads it",
    ),
)


def due_steps() -> list[Step]:
    """Return the steps that this database still needs, in order."""
    done = set(FinishedStep.objects.values_list("name", flat=True))
    return [
        step
        for step in STEPS
        if step.name not in done and number(step.since) > number(FIRST)
    ]


def finish(step: Step) -> None:
    """Record that *step* is done."""
    FinishedStep.objects.update_or_create(
        name=step.name,
        defaults={"version": current_version(), "finished_at": timezone.now()},
    )


def record_new_site() -> None:
    """Record every step as done: an empty database has nothing to rebuild."""
    for step in STEPS:
        finish(step)
