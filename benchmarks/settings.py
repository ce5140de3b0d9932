"""Site settings for benchmarks: a separate database, and stock Wagtail's search.

``BENCH_DATABASE`` is the URL of the database (default: in memory),
``BENCH_ELASTICSEARCH`` that of a node that answers instead of the database.
"""

import os

from newsroom.settings.base import SQLITE_BUSY_TIMEOUT_SECONDS
from newsroom.settings.test import *  # noqa: F403

DATABASES = {
    "default": env.db_url(  # noqa: F405
        "BENCH_DATABASE", default="sqlite:///:memory:"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # As in production: see newsroom.settings.base.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": SQLITE_BUSY_TIMEOUT_SECONDS,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
INSTALLED_APPS += ["benchmarks.search.stock"]  # noqa: F405
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "AUTO_UPDATE": False,  # the benchmark fills the index
    }
}
SEARCH_ELASTICSEARCH = {
    "urls": tuple(filter(None, [os.environ.get("BENCH_ELASTICSEARCH")])),
    "index": "benchmark",
    # Searches slower than a reader would wait for are measured and counted here.
    "search_timeout": 30.0,
}
