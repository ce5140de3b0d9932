"""The admin's own search boxes: any form of a word finds it, in any script.

Wagtail searches pages, snippets, images and documents through a search backend. The
one here is Wagtail's database backend with other contents: what it indexes is not the
text but the tokens of :mod:`.tokens`, and what an editor types is asked in the same
tokens. The readers' search has an index of its own and does not come by here.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection


def SearchBackend(params: Mapping[str, Any]) -> Any:  # noqa: N802 - Wagtail's name
    """Return the backend for the database in use. Each can be imported on its own
    only."""
    if connection.vendor == "postgresql":
        from .postgresql import PostgresAdminSearch

        return PostgresAdminSearch(params)
    from .sqlite import SQLiteAdminSearch

    return SQLiteAdminSearch(params)
