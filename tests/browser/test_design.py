"""Type as docs/design.md describes it, measured in a browser."""

from statistics import median

import pytest
from playwright.sync_api import Page

from newsroom.demo import content

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

EDITIONS = {"kk": "kk", "kk-latn": "kk", "kk-arab": "kk", "ru": "ru", "en": "en"}
IN_EDITION = pytest.mark.parametrize("edition", EDITIONS)
# No more letters than this may a line of text have, even where all are narrow.
LONGEST_LINE = 82
# How much of a text's height may come or go with its fonts.
TOLERANCE = 0.02
REPORT = content.identifier("article", content.REPORT)
FIND_ARTICLE = (
    "from newsroom.articles.models import ArticlePage as A;"
    f"r = A.objects.filter(translation_key='{REPORT}');"
    "[print('url', a.locale.language_code, a.url) for a in r]"
)
# The number of letters in each line of the text but the last of its paragraph, as they
# would fall without text-wrap, which shortens some lines to even out others.
LINES = """() => {
  const lines = [];
  for (const paragraph of document.querySelectorAll(".prose > p")) {
    paragraph.style.textWrap = "wrap";
    const range = document.createRange();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const counts = [];
    let bottom = null;
    while (walker.nextNode()) {
      for (let at = 0; at < walker.currentNode.length; at++) {
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + 1);
        const box = range.getBoundingClientRect();
        if (!box.height) continue;
        if (bottom === null || Math.abs(box.bottom - bottom) > 8) {
          counts.push(0);
          bottom = box.bottom;
        }
        counts[counts.length - 1] += 1;
      }
    }
    lines.push(...counts.slice(0, -1));
  }
  return lines;
}"""
HEIGHT = "selector => document.querySelector(selector).getBoundingClientRect().height"
STAND_INS = ("local('Liberation Serif')", "local('Times New Roman')")
HAS_STAND_INS = """sources => Promise.any(
  sources.map(source => new FontFace("probe", source).load())
).then(() => true, () => false)"""


@pytest.fixture(scope="module")
def articles(site) -> dict[str, str]:
    """The report's address in each edition."""
    printed = site.manage("shell", "-c", FIND_ARTICLE).splitlines()
    found = [line.split()[1:] for line in printed if line.startswith("url ")]
    by_language = dict(found)
    return {
        edition: by_language[language].replace(f"/{language}/", f"/{edition}/", 1)
        for edition, language in EDITIONS.items()
    }


@IN_EDITION
@pytest.mark.parametrize("width", [768, 1440])
def test_a_line_has_60_to_75_letters(new_reader, articles, edition, width):
    page = new_reader(viewport={"width": width, "height": 900})
    page.goto(articles[edition])
    page.evaluate("document.fonts.ready")
    lines = page.evaluate(LINES)
    assert len(lines) > 5
    assert 60 <= median(lines) <= 75
    assert max(lines) <= LONGEST_LINE


@pytest.mark.parametrize("edition", ["kk", "kk-latn", "ru", "en"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_text_is_as_high_before_its_fonts_are_there(
    new_reader, articles, edition, width
):
    page = new_reader(viewport={"width": width, "height": 900})
    if not page.evaluate(HAS_STAND_INS, STAND_INS):
        pytest.skip("Neither Times New Roman nor Liberation Serif is installed")
    with_fonts = _height_of_text(page, articles[edition])
    without = new_reader(viewport={"width": width, "height": 900})
    without.route("**/*.woff2", lambda route: route.abort())
    height = _height_of_text(without, articles[edition])
    assert height == pytest.approx(with_fonts, rel=TOLERANCE)


@IN_EDITION
def test_the_languages_fit_on_one_line_of_a_phone(new_reader, articles, edition):
    page = new_reader(viewport={"width": 360, "height": 740})
    page.goto(articles[edition])
    page.evaluate("document.fonts.ready")
    tops = page.eval_on_selector_all(
        ".languages li", "all => all.map(item => item.getBoundingClientRect().top)"
    )
    assert len(tops) == len(EDITIONS)
    assert max(tops) - min(tops) < 4


def test_paper_is_white_and_shows_addresses(new_reader, articles):
    page = new_reader(color_scheme="dark")
    page.goto(articles["kk-arab"])
    page.emulate_media(media="print", color_scheme="dark")
    background = "document.documentElement.computedStyleMap().get('background-color')"
    assert page.evaluate(f"{background}.toString()") == "rgb(255, 255, 255)"
    for hidden in (".languages", ".section-navigation", ".site-footer"):
        assert page.locator(hidden).is_hidden()
    after = "getComputedStyle(document.querySelector('.article__source'), '::after')"
    assert "https://" in page.evaluate(f"{after}.content")
    assert page.evaluate(f"{after}.direction") == "ltr"


def _height_of_text(page: Page, address: str) -> float:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return page.evaluate(HEIGHT, ".article__body")
