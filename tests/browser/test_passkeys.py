"""A passkey is added and signs in, with a virtual authenticator of Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_MS
from tests.browser.steps import await_path

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

# Other tests of the run use the accounts of the demo with their passwords alone.
MAKE_USER = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
user = get_user_model().objects.create_user("saule", password="a long password 7")
user.groups.add(Group.objects.get(name="News editors"))
"""


@pytest.fixture
def page(chromium, site) -> Iterator[Page]:
    """Open a window at ``localhost``: browsers have no passkeys at IP addresses."""
    base = site.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context(base_url=base, locale="en")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def authenticator(page) -> None:
    """Give the browser a device that verifies its user by itself."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def enter_password(page: Page) -> None:
    page.goto("/admin/login/")
    page.fill("#id_username", "saule")
    page.fill("#id_password", "a long password 7")
    page.click(".login-form button[type=submit]")


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def test_a_passkey_is_added_and_signs_in(site, page, authenticator):
    site.manage("shell", "-c", MAKE_USER)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    enter_password(page)
    await_path(page, "/admin/")

    # Add a passkey; the password is asked again.
    page.goto("/admin/sign-in/passkeys/add/")
    page.fill("#id_password", "a long password 7")
    page.click("button[type=submit]")
    page.fill("#passkey-name", "Test laptop")
    page.click("[data-passkey=add] button")
    page.wait_for_url("**/recovery-codes/**")
    page.click("button[type=submit]")
    expect(page.locator(".sign-in__codes li")).to_have_count(10)
    page.goto("/admin/account/#tab-sign_in")
    expect(page.locator(".sign-in__factors")).to_contain_text("Test laptop")

    # The passkey alone signs in, and leads to the page that was asked for.
    sign_out(page)
    page.goto("/admin/pages/")
    page.click("[data-passkey=use] button")
    await_path(page, "/admin/pages/")

    # It completes a sign-in by password.
    sign_out(page)
    enter_password(page)
    await_path(page, "/admin/sign-in/second-step/")
    page.click("[data-passkey=use] button")
    await_path(page, "/admin/")

    # It confirms its own removal.
    page.goto("/admin/account/#tab-sign_in")
    page.click(".sign-in__factors a")
    page.click("[data-passkey=use] button")
    page.click("button.serious")
    await_path(page, "/admin/account/")

    # The server no longer knows it; the browser still has it.
    sign_out(page)
    page.goto("/admin/login/")
    page.click("[data-passkey=use] button")
    expect(page.locator(".sign-in__status")).to_contain_text("does not belong")
    assert errors == []


def test_without_a_passkey_the_page_says_so(page, authenticator):
    page.goto("/admin/login/")
    page.click("[data-passkey=use] button")
    expect(page.locator(".sign-in__status")).to_contain_text("was not used")
    expect(page.locator("[data-passkey=use] button")).to_be_enabled()


def test_without_javascript_no_passkey_is_offered(chromium, site):
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/admin/login/")
    expect(page.locator("[data-passkey=use]")).to_be_hidden()
    expect(page.locator("#id_password")).to_be_visible()
    context.close()
