"""A database that several processes share."""

from tests.search.replica.conftest import (  # noqa: F401
    database_template,
    own_database,
)
