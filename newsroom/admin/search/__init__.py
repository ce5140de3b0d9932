"""Search of the admin, which finds every form of a word in every script.

Wagtail searches pages, snippets, images and documents with a search backend. This
backend is Wagtail's database backend with different content: it indexes the tokens of
:mod:`.tokens` instead of the text, and converts an editor's query to the same tokens.
The readers' search has an index of its own and does not use this backend.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection


def SearchBackend(params: Mapping[str, Any]) -> Any:  # noqa: N802 - Wagtail's name
    """Return the backend for the current database.

    Each backend can be imported only on its own database.
    """
    if connection.vendor == "postgresql":
        from .postgresql import PostgresAdminSearch

        return PostgresAdminSearch(params)
    from .sqlite import SQLiteAdminSearch

    return SQLiteAdminSearch(params)
