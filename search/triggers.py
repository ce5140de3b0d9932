"""Database triggers that keep an index in step with a table.

Django changes a column on SQLite by copying the table, which drops its triggers without
a message; PostgreSQL refuses to change the type of a column that a trigger names. A
migration of a table with triggers therefore removes them first and creates them again:

    operations = around_triggers(ENTRY_TRIGGERS, migrations.AlterField(...))

The system check ``search.W002`` reports what is missing, and ``check_search --repair``
restores it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    # A disabled trigger ("D"), left behind by a restore, does nothing either.
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s)"
    " AND tgenabled <> 'D'",
}
_DROP = {
    "sqlite": "DROP TRIGGER IF EXISTS {name}",
    "postgresql": "DROP TRIGGER IF EXISTS {name} ON {table}",
}


@dataclass(frozen=True)
class TriggerSet:
    """The triggers of one table: the CREATE statement of each by its name.

    Migrations refer to these sets. To change a trigger, write a new set and a migration
    that drops the old triggers; the old set stays for the old migration.
    """

    table: str
    sqlite: Mapping[str, str] = field(default_factory=dict)
    postgresql: Mapping[str, str] = field(default_factory=dict)

    def statements(self, vendor: str) -> Mapping[str, str]:
        """Return the CREATE statements for *vendor*, by name of the trigger."""
        by_vendor = {"sqlite": self.sqlite, "postgresql": self.postgresql}
        return by_vendor.get(vendor, {})

    def missing(self, connection: BaseDatabaseWrapper) -> list[str]:
        """Return the names of triggers that the table lacks or has disabled.

        Return nothing if the table does not exist yet.
        """
        expected = self.statements(connection.vendor)
        if not expected:
            return []
        with connection.cursor() as cursor:
            if self.table not in connection.introspection.table_names(cursor):
                return []
            cursor.execute(_PRESENT[connection.vendor], [self.table])
            present = {name for (name,) in cursor.fetchall()}
        return [name for name in expected if name not in present]

    def create_missing(
        self,
        connection: BaseDatabaseWrapper,
        execute: Callable[[str], object] | None = None,
    ) -> list[str]:
        """Create the missing triggers; return their names."""
        missing = self.missing(connection)
        vendor = connection.vendor
        with connection.cursor() as cursor:
            run = execute or cursor.execute
            for name in missing:
                run(self.drop_statement(name, vendor))
                run(self.statements(vendor)[name])
        return missing

    def drop_statement(self, name: str, vendor: str) -> str:
        """Return the statement that drops the trigger *name*, if it exists."""
        return _DROP[vendor].format(name=name, table=self.table)


class EnsureTriggers(Operation):
    """Create the missing triggers of a set, or drop them all if *present* is false.

    Unapplying the migration does the opposite.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, triggers: TriggerSet, *, present: bool = True) -> None:
        self.triggers = triggers
        self.present = present

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Keep the state: Django's models have no triggers."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._apply(schema_editor, present=self.present)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._apply(schema_editor, present=not self.present)

    def describe(self) -> str:
        verb = "Create missing" if self.present else "Drop the"
        return f"{verb} triggers of {self.triggers.table}"

    def _apply(self, schema_editor: BaseDatabaseSchemaEditor, *, present: bool) -> None:
        def execute(statement: str) -> None:
            schema_editor.execute(statement, params=None)

        if present:
            self.triggers.create_missing(schema_editor.connection, execute)
            return
        vendor = schema_editor.connection.vendor
        for name in self.triggers.statements(vendor):
            execute(self.triggers.drop_statement(name, vendor))


def around_triggers(triggers: TriggerSet, *operations: Operation) -> list[Operation]:
    """Return *operations* on a table with triggers, which they leave in place.

    This holds forwards and backwards, on both databases.
    """
    removed = EnsureTriggers(triggers, present=False)
    return [removed, *operations, EnsureTriggers(triggers)]


@dataclass(frozen=True)
class _Registered:
    triggers: TriggerSet
    rebuild: Callable[[], object]


_registered: dict[str, _Registered] = {}


def register(triggers: TriggerSet, rebuild: Callable[[], object]) -> None:
    """Register *triggers* for the check; *rebuild* fills their index."""
    _registered[triggers.table] = _Registered(triggers, rebuild)


def missing_triggers(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """Return the names of missing triggers by table, of all registered sets."""
    found = {
        table: entry.triggers.missing(connection)
        for table, entry in _registered.items()
    }
    return {table: names for table, names in found.items() if names}


def restore_triggers(connection: BaseDatabaseWrapper) -> None:
    """Create missing triggers and rebuild their indexes.

    Rows written while a trigger was missing are not in its index.
    """
    for entry in _registered.values():
        if entry.triggers.create_missing(connection):
            entry.rebuild()
