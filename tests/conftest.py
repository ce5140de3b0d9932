"""What every test has: compiled catalogues and a site with its three editions."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from wagtail.models import Locale, Site

from home.models import HomePage
from newsroom.localisation.catalogues import compile_catalogues

pytest_plugins = ["tests.servers.fixtures"]

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_configure(config):
    """Compile the catalogues before Django reads them."""
    compile_catalogues()


def pytest_sessionfinish(session):
    """Remove the media folder here: a worker of pytest-xdist ends without clean-up."""
    settings.TEMPORARY_MEDIA.cleanup()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Give the test database its languages, home pages and roles, once."""
    with django_db_blocker.unblock():
        call_command("setup_site", verbosity=0)


@pytest.fixture
def shared() -> Path:
    """The folder of development data; tests that read it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: its data come with a development checkout")
    return SHARED


@pytest.fixture
def locales(db) -> dict[str, Locale]:
    return {locale.language_code: locale for locale in Locale.objects.all()}


@pytest.fixture
def homes(db) -> dict[str, HomePage]:
    root = Site.objects.get(is_default_site=True).root_page
    pages = root.get_translations(inclusive=True).specific()
    return {page.locale.language_code: page for page in pages}
