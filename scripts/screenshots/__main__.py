"""Take the pictures of docs/images anew: ``python -m scripts.screenshots [name …]``.

A site of its own is started with the demo, in a temporary folder and on this machine
alone; nothing of ``var/`` is read or changed.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, Route, sync_playwright

from scripts.screenshots.pages import PAGES, Screenshot
from tests.browser.running import (
    CHROMIUM_IS_MISSING,
    ROOT,
    RunningSite,
    chromium_path,
    launch,
    running_site,
)

IMAGES = ROOT / "docs" / "images"


def main() -> None:
    names = [shot.name for shot in PAGES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(names))
    chosen = parser.parse_args().names or names
    if unknown := set(chosen) - set(names):
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    path = chromium_path()
    if path is None:
        sys.exit(CHROMIUM_IS_MISSING)
    shots = [shot for shot in PAGES if shot.name in chosen]
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site:
        made = _set_the_scene(site)
        with sync_playwright() as playwright:
            browser = launch(playwright, path)
            for shot in shots:
                _take(browser, site, shot, made)
                sys.stdout.write(f"{IMAGES / shot.name}.png\n")
            browser.close()


def _set_the_scene(site: RunningSite) -> dict[str, int]:
    """Work on the site's own database, as one of its processes."""
    os.environ["VAR_DIR"] = str(site.var_dir)
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.development"
    django.setup()
    from scripts.screenshots.scene import set_the_scene

    return set_the_scene()


def _take(
    browser: Browser, site: RunningSite, shot: Screenshot, made: dict[str, int]
) -> None:
    context = browser.new_context(base_url=site.url, **shot.options)

    def stay_here(route: Route) -> None:
        """Nothing is asked of any other machine."""
        own = route.request.url.startswith(site.url)
        route.continue_() if own else route.abort()

    context.route("**/*", stay_here)
    page = context.new_page()
    if shot.user:
        _log_in(page, shot.user)
    response = page.goto(shot.address.format(**made), wait_until="networkidle")
    if response is None or not response.ok:
        sys.exit(f"{shot.name}: {shot.address} was not answered.")
    page.evaluate("document.fonts.ready")
    page.screenshot(
        path=IMAGES / f"{shot.name}.png",
        full_page=not shot.height,
        animations="disabled",
    )
    context.close()


def _log_in(page: Page, username: str) -> None:
    page.goto("/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", f"{username}-demo")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


if __name__ == "__main__":
    main()
