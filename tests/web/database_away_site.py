"""A site on the database of DATABASE_URL that is asked line by line.

Each line of the input is a request as JSON, each line of the output the response.
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

for line in sys.stdin:
    asked = json.loads(line)
    if "command" in asked:
        call_command(*asked["command"], verbosity=0)
        answer = {}
    elif "sql" in asked:
        with connection.cursor() as cursor:
            cursor.execute(asked["sql"])
        answer = {}
    else:
        # As a process that has just started, or with the connection that it has.
        if asked.get("afresh"):
            connection.close()
        client = Client(raise_request_exception=False, headers=asked.get("headers"))
        client.cookies.load(asked.get("cookies", {}))
        if "data" in asked:
            response = client.post(asked["path"], asked["data"])
        else:
            response = client.generic(asked.get("method", "GET"), asked["path"])
        answer = {
            "status": response.status_code,
            "headers": dict(response.items()),
            "text": b"".join(response).decode() if response.content else "",
        }
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
