"""A real site, started as a user starts it, and a real browser."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.page_types import page_types
from tests.browser.running import (
    CHROMIUM_IS_MISSING,
    RunningSite,
    chromium_path,
    launch,
    running_site,
)
from tests.browser.steps import await_path

PATIENCE_MS = 60_000  # a limit, for a machine whose processors are all busy


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[RunningSite]:
    """``manage.py run_site`` with the demo, in a folder of its own."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(CHROMIUM_IS_MISSING)
        pytest.skip(CHROMIUM_IS_MISSING)
    expect.set_options(timeout=PATIENCE_MS)
    # Playwright's event loop stays in this thread, and Django takes every query of the
    # tests that follow for one made inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def addresses(chromium, site) -> dict[str, dict[str, str]]:
    """A page of every type, by language: see :mod:`tests.browser.page_types`."""
    page = chromium.new_page(base_url=site.url, java_script_enabled=False)
    page.set_default_timeout(PATIENCE_MS)
    found = page_types(site, page)
    page.close()
    return found


@pytest.fixture
def new_reader(chromium, site) -> Iterator:
    """Return a function that opens a window of a reader of its own."""
    contexts: list[BrowserContext] = []

    def open_window(**options) -> Page:
        options.setdefault("locale", "en")
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(base_url=site.url, **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def log_in(new_reader):
    """Return a function that opens the admin as one of the demo's accounts."""

    def open_admin(username: str) -> Page:
        page = new_reader()
        page.goto("/admin/login/")
        page.fill("#id_username", username)
        page.fill("#id_password", f"{username}-demo")
        page.click("button[type=submit]")
        await_path(page, "/admin/")
        return page

    return open_admin
