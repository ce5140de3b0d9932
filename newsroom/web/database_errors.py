"""Classification of database errors: unavailable database, or refused text.

An unavailable database (unreachable, full or read-only) and a text that it cannot store
are told apart from programming errors.
"""

from django.db import DatabaseError, InterfaceError
from django.db.utils import OperationalError

# SQLSTATE classes of PostgreSQL: connection, roll-back (deadlock), insufficient
# resources (connections, memory, disk), object in use, operator intervention (shutdown,
# start-up, time-out), system error.
_CLASSES = ("08", "40", "53", "55", "57", "58")
_READ_ONLY = "25006"
# Primary result codes of SQLite: BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL,
# CANTOPEN, PROTOCOL, NOTADB.
_CODES = {5, 6, 7, 8, 10, 11, 13, 14, 15, 26}
# Messages of the two databases' drivers about text that they cannot store.
_REFUSED_BY_DRIVERS = (
    "cannot contain NUL",  # psycopg, of a parameter
    "unsupported Unicode escape sequence",  # PostgreSQL, of JSON
    "surrogates not allowed",  # Python, of either
    "embedded null",  # the file system, SQLite's functions
)
_DEPTH = 20  # of chained exceptions


def is_database_away(exception: BaseException | None) -> bool:
    """Return whether *exception* or one in its chain reports an unavailable database.

    The database cannot be reached or cannot work at the moment, so the same request may
    succeed later. A missing table or column does not count.
    """
    for _ in range(_DEPTH):
        if exception is None:
            return False
        if isinstance(exception, (DatabaseError, InterfaceError)) and _is_away(
            exception
        ):
            return True
        exception = exception.__cause__ or exception.__context__
    return False


def _is_away(error: DatabaseError | InterfaceError) -> bool:
    if isinstance(error, InterfaceError):
        return "closed" in str(error)
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _CODES
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return state == _READ_ONLY or state.startswith(_CLASSES)
    # psycopg sets no SQLSTATE if no server answered; no other error of this class lacks
    # one.
    return isinstance(error, OperationalError) and not str(error).startswith("no such")


def is_refused_text(exception: BaseException | None) -> bool:
    """Return whether *exception* or one in its chain reports text that is refused."""
    for _ in range(_DEPTH):
        if exception is None:
            return False
        if any(words in str(exception) for words in _REFUSED_BY_DRIVERS):
            return True
        exception = exception.__cause__ or exception.__context__
    return False
