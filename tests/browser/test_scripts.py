"""The Kazakh pages in Latin and Arabic letters, in a browser."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

EDITIONS = pytest.mark.parametrize(
    ("prefix", "direction"), [("kk-latn", "ltr"), ("kk-arab", "rtl")]
)
ARTICLE = "/qala/qyzylordada-qazaqstannyn-ulttyq-urban-forumy-2025-otip-zhatyr/"
PAGES = ["/", "/qogam/", ARTICLE, "/search/", "/search/?q=қала&language=all"]
WIDTHS = [360, 768, 1440]


@EDITIONS
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(new_reader, prefix, direction, width):
    page = new_reader(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(f"/{prefix}{path}")
        expect(page.locator("html")).to_have_attribute("dir", direction)
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_arabic_letters_are_mirrored_and_come_from_the_sites_own_fonts(new_reader):
    page = new_reader()
    page.goto(f"/kk-arab{ARTICLE}")
    title = page.locator("h1").bounding_box()
    record = page.locator(".article__record").bounding_box()
    assert record["x"] > title["x"] + title["width"] / 2
    for family in ("Noto Naskh Arabic", "Noto Sans Arabic"):
        assert page.evaluate(
            "async name => { await document.fonts.ready;"
            " return [...document.fonts].some("
            " f => f.family.replaceAll('\"', '') === name && f.status === 'loaded') }",
            family,
        )


@pytest.mark.parametrize("code", ["kk", "ru", "en", "kk-latn"])
def test_other_pages_fetch_no_arabic_font_but_the_name(new_reader, code):
    page = new_reader()
    fonts: list[str] = []
    page.on("request", lambda request: fonts.append(request.url))
    page.goto(f"/{code}/", wait_until="networkidle")
    arabic = {url.rsplit("/", 1)[1] for url in fonts if "arabic" in url}
    assert {name.partition(".")[0] for name in arabic} == {"noto-sans-arabic-name"}


@EDITIONS
def test_a_reader_stays_in_the_script_from_page_to_search(
    new_reader, prefix, direction
):
    page = new_reader()
    page.goto("/kk/")
    page.locator(f".languages [hreflang={prefix[:3]}{prefix[3:].title()}]").click()
    page.wait_for_url(f"**/{prefix}/")
    page.locator(".section-navigation a").first.click()
    page.wait_for_url(f"**/{prefix}/qogam/")
    page.locator(".teaser__headline a").first.click()
    expect(page.locator("html")).to_have_attribute("dir", direction)
    page.get_by_role("combobox").fill("qalalardyñ")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/{prefix}/search/"))
    expect(page.locator(".hit mark").first).to_be_visible()
    assert (
        page.locator(".hit__title a")
        .first.get_attribute("href")
        .startswith(f"/{prefix}/")
    )
    page.locator(".languages a", has_text="Қазақша").click()
    page.wait_for_url(re.compile("/kk/search/"))
    expect(page.locator("html")).to_have_attribute("lang", "kk")


def test_suggestions_and_their_links_are_in_the_script(new_reader):
    page = new_reader()
    page.goto("/kk-arab/")
    page.get_by_role("combobox").press_sequentially("qyzyl")
    page.get_by_role("option", name=re.compile("قىزىلوردا")).first.click()
    page.wait_for_url(re.compile(r"/kk-arab/"))
    expect(page.locator("html")).to_have_attribute("lang", "kk-Arab")
