"""Triggers that a copied table has lost are reported and restored."""

from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.migrations import AlterField, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from newsroom.translation.headline_triggers import HEADLINE_TRIGGERS
from newsroom.translation.headlines import matching
from newsroom.translation.models import TranslationStatus
from search.index.triggers import ENTRY_TRIGGERS
from search.models import Entry
from search.replica.consistency import compare_database
from search.triggers import TriggerSet, around_triggers
from tests.factories import make_article, make_section

SETS = [ENTRY_TRIGGERS, HEADLINE_TRIGGERS]
# A migration that changes a column of a table with triggers.
CHANGES = {
    "search_entry": ("search", "Entry", "locale", 21),
    HEADLINE_TRIGGERS.table: ("newsroom_translation", "TranslationStatus", "state", 21),
}


def expected(triggers: TriggerSet) -> list[str]:
    return list(triggers.statements(connection.vendor))


def drop(triggers: TriggerSet) -> None:
    with connection.cursor() as cursor:
        for name in expected(triggers):
            table = f" ON {triggers.table}" if connection.vendor != "sqlite" else ""
            cursor.execute(f"DROP TRIGGER {name}{table}")


def warnings() -> list[str]:
    messages = run_checks(databases=["default"])
    return [message.msg for message in messages if message.id == "search.W002"]


def migration(triggers: TriggerSet, *, with_triggers: bool) -> Migration:
    app, model, name, length = CHANGES[triggers.table]
    change = AlterField(
        model.lower(), name, models.CharField(max_length=length, default="")
    )
    made = Migration("9999_change", app)
    made.operations = around_triggers(triggers, change) if with_triggers else [change]
    return made


def apply(made: Migration, *, forwards: bool = True) -> None:
    state: ProjectState = MigrationLoader(connection).project_state()
    with connection.schema_editor() as editor:
        if forwards:
            made.apply(state, editor)
        else:
            made.unapply(state, editor)


def test_all_triggers_are_present_after_migration(db):
    assert warnings() == []
    for triggers in SETS:
        assert triggers.missing(connection) == []
    assert expected(ENTRY_TRIGGERS)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite copies tables")
@pytest.mark.parametrize("triggers", SETS, ids=lambda triggers: triggers.table)
def test_a_copied_table_without_its_triggers_is_reported(own_database, triggers):
    apply(migration(triggers, with_triggers=False))
    (message,) = warnings()
    assert triggers.table in message
    for name in expected(triggers):
        assert name in message


@pytest.mark.parametrize("triggers", SETS, ids=lambda triggers: triggers.table)
def test_a_migration_around_triggers_keeps_them_both_ways(own_database, triggers):
    made = migration(triggers, with_triggers=True)
    apply(made)
    assert triggers.missing(connection) == []
    apply(made, forwards=False)
    assert triggers.missing(connection) == []
    assert warnings() == []


def test_a_disabled_trigger_counts_as_missing(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite cannot disable a trigger")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_entry DISABLE TRIGGER search_entry_inserted")
    assert ENTRY_TRIGGERS.missing(connection) == ["search_entry_inserted"]
    ENTRY_TRIGGERS.create_missing(connection)
    assert ENTRY_TRIGGERS.missing(connection) == []


def test_the_check_passes_before_the_table_exists(db):
    triggers = TriggerSet(table="not_there", sqlite={"a": "b"}, postgresql={"a": "b"})
    assert triggers.missing(connection) == []


def test_the_command_restores_triggers_and_finds_what_was_written_without(homes):
    section = make_section(homes["kk"])
    for triggers in SETS:
        if expected(triggers):
            drop(triggers)
    article = make_article(section, title="Алматыдағы жиын")
    with pytest.raises(CommandError):
        call_command("check_search", stdout=StringIO())
    call_command("check_search", repair=True, stdout=StringIO())
    assert warnings() == []
    assert not compare_database()
    assert Entry.objects.filter(key__contains=str(article.pk)).exists()
    found = TranslationStatus.objects.originals().filter(matching("Алматыдағы"))
    assert [row.headline for row in found] == [article.title]
