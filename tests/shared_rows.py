"""Plugin: rows that all tests of a module share, written once.

    @pytest.fixture(scope="module")
    def section_id(shared_rows) -> int:
        with shared_rows():
            return make_section(home_pages()["kk"]).pk

The rows stand in a transaction around those of the tests, as Django's ``setUpTestData``
does it, and each test's changes are rolled back. Files are not: a test that changes one
puts it back. Load the rows again in each test, since objects keep what a test sets.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from unittest import mock

import pytest
from django.db import connection, transaction


@pytest.hookimpl(tryfirst=True)  # before the groups are passed on
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of such a module in one worker, so that it writes its rows once."""
    for item in items:
        is_sharing = "shared_rows" in getattr(item, "fixturenames", ())
        if is_sharing and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.fixture(scope="module")
def shared_rows(
    database_template, django_db_blocker
) -> Iterator[Callable[..., AbstractContextManager[None]]]:
    """Yield a function whose context allows a fixture of the module to write rows.

    With ``as_if_committed``, what waits for a commit, which never comes, runs at once.
    The template of other databases comes first: it cannot be made in a transaction.
    """
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()

    @contextmanager
    def writing(*, as_if_committed: bool = False) -> Iterator[None]:
        at_once = mock.patch.object(transaction, "on_commit", lambda run, **_: run())
        with django_db_blocker.unblock(), at_once if as_if_committed else nullcontext():
            yield

    # Django closes the connection after each test, which would end the transaction.
    connection.close = lambda: None  # type: ignore[method-assign]
    try:
        yield writing
    finally:
        del connection.close
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
