"""A pool of database connections for the web server, on PostgreSQL.

Only newsroom/wsgi.py uses it. Commands and the worker keep connections of their own:
each thread of the worker holds one while it runs, so a pool would not save any.
"""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

# Seconds after which a failed attempt to connect is given up; the next request starts
# another. Within this time psycopg waits longer after each failure, so that a longer
# limit would delay the recovery after an outage.
RECONNECT_SECONDS = 1.0


def use_pool() -> None:
    """Make all new connections of this process come from a pool.

    The setting ``DATABASE_POOL`` has the options of ``psycopg_pool.ConnectionPool``;
    without it, and on SQLite, nothing changes. If no connection is available in time,
    a query raises OperationalError (from ``PoolTimeout``).
    """
    database = connections.settings[DEFAULT_DB_ALIAS]
    options = getattr(settings, "DATABASE_POOL", None)
    if not options or database["ENGINE"] != "django.db.backends.postgresql":
        return
    # Django refuses persistent connections together with a pool. The health check
    # replaces connections that a restart of the server has closed.
    database.update(CONN_MAX_AGE=0, CONN_HEALTH_CHECKS=True)
    database["OPTIONS"] = {
        **database.get("OPTIONS", {}),
        "pool": {"reconnect_timeout": RECONNECT_SECONDS, **options},
    }
    connections[DEFAULT_DB_ALIAS].close()
