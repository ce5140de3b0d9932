"""A process with a pool of connections, which reads commands from standard input.

Each line is ``query``, ``threads N`` (N threads at once) or ``hold N`` (N threads that
keep their connection while another one asks); the answer is one line of JSON.
"""

import json
import sys
import threading

import django
from django.db import close_old_connections, connection, connections
from django.db.backends.postgresql.psycopg_any import is_psycopg3

django.setup()

from newsroom.web.database_errors import is_database_away  # noqa: E402
from newsroom.web.pooling import use_pool  # noqa: E402


def query() -> dict:
    """Return the backend's process id, or how the query failed."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return {"backend": cursor.fetchone()[0]}
    except Exception as error:
        return {"error": type(error).__name__, "away": is_database_away(error)}


def request(answers: list, may_end: threading.Event) -> None:
    """Query as a request does, and give the connection back at its end."""
    answers.append(query())
    may_end.wait(60)
    close_old_connections()
    connections.close_all()


def threads(count: int, *, hold: bool) -> list[dict]:
    answers: list[dict] = []
    may_end = threading.Event()
    if not hold:
        may_end.set()
    started = [
        threading.Thread(target=request, args=(answers, may_end)) for _ in range(count)
    ]
    for thread in started:
        thread.start()
    while hold and len(answers) < count:
        pass
    if hold:
        last = query()
        connections.close_all()
        answers.append(last)
    may_end.set()
    for thread in started:
        thread.join()
    return answers


assert is_psycopg3
use_pool()
for line in sys.stdin:
    command, _, number = line.strip().partition(" ")
    if command == "query":
        answer: object = query()
        connections.close_all()
    else:
        answer = threads(int(number), hold=command == "hold")
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
