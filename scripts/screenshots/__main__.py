"""Take the screenshots of docs/images: ``python -m scripts.screenshots [name …]``.

A separate site with the demo is started in a temporary folder, reachable from this
machine only; ``var/`` is neither read nor changed. ``--all`` takes every kind of public
page, in every edition, at every width, in light and dark, and requires ``--to``,
another folder. A name may then contain shell wildcards: ``'article-*-360-*'``.
"""

import argparse
import os
import sys
import tempfile
from fnmatch import fnmatchcase
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from scripts.screenshots.camera import PictureFailedError, reduce_colours, take
from scripts.screenshots.everything import everything
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
    shots, target = _parse()
    path = chromium_path()
    if path is None:
        sys.exit(CHROMIUM_IS_MISSING)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site:
        made = _set_the_scene(site)
        with sync_playwright() as playwright:
            browser = launch(playwright, path)
            for shot in shots:
                picture = target / f"{shot.name}.png"
                try:
                    take(browser, site.url, shot, made, picture)
                except PictureFailedError as error:
                    sys.exit(str(error))
                if target == IMAGES:
                    reduce_colours(picture)
                sys.stdout.write(f"{picture}\n")
            browser.close()


def _parse() -> tuple[list[Screenshot], Path]:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="name")
    parser.add_argument("--all", action="store_true", help="every page; needs --to")
    parser.add_argument("--to", type=Path, default=IMAGES, metavar="FOLDER")
    parser.add_argument("--list", action="store_true", help="name the pictures only")
    arguments = parser.parse_args()
    known = everything() if arguments.all else PAGES
    shots = [shot for shot in known if _is_named(shot.name, arguments.names)]
    if arguments.list:
        sys.stdout.writelines(f"{shot.name}\n" for shot in shots)
        sys.exit()
    if not shots:
        parser.error("no such picture; --list names them")
    if arguments.all and arguments.to.resolve() == IMAGES:
        parser.error("--all needs --to: a folder other than docs/images")
    return shots, arguments.to.resolve()


def _is_named(name: str, patterns: list[str]) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)


def _set_the_scene(site: RunningSite) -> dict[str, int | str]:
    """Prepare the demo through the site's own database, as one of its processes."""
    os.environ["VAR_DIR"] = str(site.var_dir)
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.development"
    django.setup()
    from scripts.screenshots.scene import set_the_scene

    return set_the_scene()


if __name__ == "__main__":
    main()
