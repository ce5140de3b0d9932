"""The triggers of the headline index on SQLite, and how the index is rebuilt.

PostgreSQL indexes the column itself. Migrations refer to these statements; see
:mod:`search.triggers` before a change.
"""

from django.db import connection, transaction

from search.triggers import TriggerSet

TABLE = "newsroom_translation_translationstatus"
INDEX = "newsroom_translation_headlines"
_NAME = "newsroom_translation_headline"
_DELETE = (
    f"INSERT INTO {INDEX} ({INDEX}, rowid, headline_terms)"
    " SELECT 'delete', old.id, old.headline_terms WHERE old.state = 'original';"
)
_INSERT = (
    f"INSERT INTO {INDEX} (rowid, headline_terms)"
    " SELECT new.id, new.headline_terms WHERE new.state = 'original';"
)
FILL = (
    f"INSERT INTO {INDEX} (rowid, headline_terms)"
    f" SELECT id, headline_terms FROM {TABLE} WHERE state = 'original'"
)

HEADLINE_TRIGGERS = TriggerSet(
    table=TABLE,
    sqlite={
        f"{_NAME}_inserted": f"CREATE TRIGGER {_NAME}_inserted AFTER INSERT ON {TABLE}"
        f" BEGIN {_INSERT} END",
        f"{_NAME}_deleted": f"CREATE TRIGGER {_NAME}_deleted AFTER DELETE ON {TABLE}"
        f" BEGIN {_DELETE} END",
        f"{_NAME}_updated": f"CREATE TRIGGER {_NAME}_updated"
        f" AFTER UPDATE OF headline_terms, state ON {TABLE}"
        " WHEN old.headline_terms <> new.headline_terms OR old.state <> new.state"
        f" BEGIN {_DELETE} {_INSERT} END",
    },
)


@transaction.atomic
def rebuild_headline_index() -> None:
    """Rebuild the index of headlines from the rows; PostgreSQL needs none."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('delete-all')")
        cursor.execute(FILL)
