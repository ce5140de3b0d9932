"""Fixtures of every test: compiled catalogues, a site with its three editions."""

import gc
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from wagtail.models import Locale

from home.models import HomePage
from newsroom.localisation.catalogues import compile_catalogues
from tests.factories import home_pages
from tests.kept_database import KeptDatabase, fingerprint, forget

pytest_plugins = [
    "tests.distribution",
    "tests.long_tests",
    "tests.own_database",
    "tests.servers.fixtures",
    "tests.shared_rows",
]

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pytest_configure(config):
    """Compile the catalogues before Django reads them; obey ``--create-db``."""
    compile_catalogues()
    cache = getattr(config, "cache", None)
    is_worker = hasattr(config, "workerinput")
    if cache is not None and not is_worker and config.getvalue("create_db"):
        forget(cache.mkdir("database"))


def pytest_collection_finish(session):
    """Collect garbage rarely: a tenth of the processor time of most tests was that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_sessionfinish(session):
    """Remove the media folder here: a worker of pytest-xdist ends without clean-up."""
    settings.TEMPORARY_MEDIA.cleanup()


@pytest.fixture(scope="session")
def finish_database(
    request, django_test_environment, django_db_modify_db_settings
) -> Iterator[Callable[[], None]]:
    """Fill the SQLite test database with what an earlier run, or worker, has migrated.

    Returns what to call when the database is complete: the first worker saves a copy
    then, and lets the others go on. On PostgreSQL, and without pytest's cache, nothing
    is kept.
    """
    cache = getattr(request.config, "cache", None)
    if connection.vendor != "sqlite" or cache is None:
        yield lambda: None
        return
    kept = KeptDatabase(cache.mkdir("database"), fingerprint(ROOT))
    with ExitStack() as held:
        held.enter_context(kept.lock())
        # A database in memory lives as long as a connection to it is open.
        name = connection.creation._get_test_db_name()
        copy = held.enter_context(closing(sqlite3.connect(name, uri=True)))
        is_new = not kept.restore(copy)

        def finish() -> None:
            if is_new:
                kept.keep(copy)
            held.close()

        yield finish


@pytest.fixture(scope="session")
def django_db_setup(finish_database, django_db_setup, django_db_blocker):
    """Give the test database its languages, home pages and roles, once."""
    with django_db_blocker.unblock():
        call_command("setup_site", verbosity=0)
    finish_database()


@pytest.fixture(autouse=True)
def _no_active_language() -> Iterator[None]:
    """Forget the language that a request has activated, as the next request would."""
    yield
    translation.deactivate()


@pytest.fixture
def shared() -> Path:
    """Return the folder of development data; skip the test if it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: its data come with a development checkout")
    return SHARED


@pytest.fixture
def locales(db) -> dict[str, Locale]:
    return {locale.language_code: locale for locale in Locale.objects.all()}


@pytest.fixture
def homes(db) -> dict[str, HomePage]:
    return home_pages()
