"""A worker without work leaves the database alone."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.worker.queue import run_ready


def test_looking_for_tasks_takes_one_query_and_no_lock(db):
    with CaptureQueriesContext(connection) as queries:
        run_ready()
    (query,) = queries
    assert query["sql"].startswith("SELECT")
    assert "FOR UPDATE" not in query["sql"]
