"""System checks of the search."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from search.languages import has_analyser
from search.replica.cluster import configured, writing_client
from search.site_languages import site_languages
from search.triggers import missing_triggers


@register()
def check_languages(**kwargs: Any) -> list[CheckMessage]:
    """Warn of each configured language without an analyser."""
    return [
        Warning(
            f"The language {code!r} has no analyser of its own.",
            hint="Its words are found in the form in which they were typed. Add a"
            " module for it to search.languages.",
            id="search.W001",
        )
        for code in site_languages()
        if not has_analyser(code)
    ]


@register()
def check_engine(**kwargs: Any) -> list[CheckMessage]:
    """Report an error if the search has no engine for the database."""
    if connection.vendor in ("sqlite", "postgresql"):
        return []
    return [
        Error(
            f"The search has no engine for {connection.vendor}.",
            hint="Set DATABASE_URL to a PostgreSQL database, or leave it out.",
            id="search.E001",
        )
    ]


@register()
def check_cluster(**kwargs: Any) -> list[CheckMessage]:
    """Report invalid Elasticsearch settings.

    The cluster is not contacted: the site starts and runs without it.
    """
    try:
        cluster = configured()
        if cluster is not None:
            writing_client(cluster)
    except ImproperlyConfigured as error:
        return [
            Error(
                str(error),
                hint="See the variables that begin with ELASTICSEARCH_ in"
                " docs/search.md.",
                id="search.E002",
            )
        ]
    return []


@register(Tags.database)
def check_triggers(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn of missing triggers: rows written without them are not found.

    A warning, because an error would prevent the migration that restores them.
    """
    return [
        Warning(
            f"The table {table} lacks triggers: {', '.join(names)}.",
            hint="Rows that are written now are not found. Run check_search --repair."
            " If a migration has dropped the triggers, use around_triggers"
            " of search.triggers in it.",
            id="search.W002",
        )
        for alias in databases or ()
        for table, names in missing_triggers(connections[alias]).items()
    ]
