"""Migrations that only add, so that the earlier version can serve beside them."""

from django.db import migrations
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED, ManyToManyField

# These change Django's picture of the models, not the database.
STATE_ONLY = (
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
)


def only_adds(migration: Migration) -> bool:
    """Return whether code that does not know of *migration* works after it as before.

    Code in Python and SQL, and columns that have no default in the database, count as
    changes.
    """
    return all(_adds(operation) for operation in migration.operations)


def _adds(operation: Operation) -> bool:
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return all(_adds(one) for one in operation.database_operations)
    if isinstance(operation, migrations.AddField):
        field = operation.field
        has_default = field.db_default is not NOT_PROVIDED
        return isinstance(field, ManyToManyField) or field.null or has_default
    return isinstance(operation, (migrations.CreateModel, *STATE_ONLY))
