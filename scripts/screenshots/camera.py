"""Taking of one screenshot of a running site."""

from collections.abc import Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Route

from scripts.screenshots.pages import Screenshot

COLOURS = 256  # the size of a PNG palette; text and flat areas need fewer
KMEANS_ROUNDS = 3  # more rounds make no visible difference
# Space above the element at which a screenshot begins, in CSS pixels.
MARGIN = 24


class PictureFailedError(Exception):
    """Error for a page with an unexpected status or without the element to be shown."""


def take(
    browser: Browser,
    site_url: str,
    shot: Screenshot,
    made: Mapping[str, int | str],
    path: Path,
) -> None:
    """Write the screenshot to *path*, a PNG file.

    *made* are the values for placeholders in URLs. Raises PictureFailedError.
    """
    context = browser.new_context(base_url=site_url, **shot.options)

    def stay_here(route: Route) -> None:
        """Cancel requests to other hosts."""
        own = route.request.url.startswith(site_url)
        route.continue_() if own else route.abort()

    context.route("**/*", stay_here)
    try:
        page = context.new_page()
        page.emulate_media(media=shot.medium)  # type: ignore[arg-type]
        if shot.user:
            _log_in(page, shot.user)
        _open(page, shot, made)
        page.screenshot(
            path=path,
            full_page=not shot.height or bool(shot.below),
            clip=_part(page, shot) if shot.below else None,
            animations="disabled",
        )
    finally:
        context.close()


def reduce_colours(path: Path) -> None:
    """Reduce a PNG to a palette, which makes it much smaller without visible loss."""
    with Image.open(path) as picture:
        # Quantise so that the colour of a few letters is kept, then optimise for
        # pictures.
        reduced = picture.convert("RGB").quantize(
            COLOURS,
            method=Image.Quantize.MAXCOVERAGE,
            kmeans=KMEANS_ROUNDS,
            dither=Image.Dither.NONE,
        )
    reduced.save(path, optimize=True)


def _open(page: Page, shot: Screenshot, made: Mapping[str, int | str]) -> None:
    address = shot.address.format(**made)
    response = page.goto(address, wait_until="networkidle")
    if response is None or response.status != shot.status:
        raise PictureFailedError(f"{shot.name}: {address} was not answered as usual.")
    page.evaluate("document.fonts.ready")
    if not shot.user:
        page.evaluate(
            "document.querySelectorAll('.cite details').forEach(d => d.open = true)"
        )
        # Load lazy pictures now.
        page.evaluate(
            "Promise.all([...document.images].map(image => {"
            " image.loading = 'eager'; return image.decode().catch(() => null) }))"
        )


def _part(page: Page, shot: Screenshot) -> dict[str, float]:
    box = page.locator(shot.below).first.bounding_box()
    if box is None:
        raise PictureFailedError(f"{shot.name}: {shot.below} is not on the page.")
    whole = page.evaluate("document.documentElement.scrollHeight")
    top = max(0, min(box["y"] - MARGIN, whole - shot.height))
    return {
        "x": 0,
        "y": top,
        "width": shot.width,
        "height": min(shot.height, whole - top),
    }


def _log_in(page: Page, username: str) -> None:
    page.goto("/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", f"{username}-demo")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
