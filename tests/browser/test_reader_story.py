"""One reader's visit, by links, fields and keys alone.

From the front page in Kazakh to a feed in Russian, with a script and without.
"""

import re
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

FORUM = {
    "kk": "Қызылордада Қазақстанның Ұлттық Урбан форумы — 2025 өтіп жатыр",
    "kk-Latn": "Qyzylordada Qazaqstannyñ Ūlttyq Urban forumy — 2025 ötıp jatyr",
}
RICE = {
    "kk-Latn": "Kürış pen su: Qyzylorda oblysynda basty daqyldyñ egısı qysqarady",
    "ru": "Рис и вода: в Кызылординской области сокращают посевы главной культуры",
}
TOWN = "Qyzylorda"
# A form that stands nowhere in the article, and forms that do.
ASKED, MARKED = "рисами", {"рис", "риса", "рисовые", "рисовая", "рисовый"}
CYRILLIC = re.compile("[А-яЁёӘ-ӱІі]")
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def is_read_in(page: Page, lang: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def headline(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def follow(link: Locator) -> None:
    """Click a link that leads to another page."""
    before = link.page.url
    link.click()
    link.page.wait_for_url(lambda url: url != before)


def number_in(text: str) -> int:
    found = re.search(r"\d+", text)
    assert found, text
    return int(found[0])


def read_feed(link: Locator) -> Element:
    """Follow *link*; return what stands there, if that is a well-formed feed."""
    with link.page.expect_response("**/feed.atom?*") as answered:
        link.click()
    response = answered.value
    assert response.ok
    assert response.headers["content-type"].startswith("application/atom+xml")
    return fromstring(response.body())


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no script"])
def test_a_reader_visits_pages_from_the_front_page_to_a_feed(new_reader, with_script):
    page = new_reader(locale="kk", java_script_enabled=with_script)

    # The front page, in Kazakh.
    page.goto("/")
    is_read_in(page, "kk")
    expect(page).to_have_title("Жаңалықтар мұрағаты")
    expect(page.get_by_role("link", name=FORUM["kk"])).to_be_visible()

    # The same page in Latin letters.
    follow(page.get_by_role("navigation", name="Тіл").get_by_text("Qazaqşa"))
    is_read_in(page, "kk-Latn")
    expect(headline(page)).to_have_text("Jañalyqtar mūrağaty")
    assert not CYRILLIC.search(page.locator("main").inner_text())

    # The report on the forum.
    follow(page.get_by_role("link", name=FORUM["kk-Latn"]))
    is_read_in(page, "kk-Latn")
    expect(headline(page)).to_have_text(FORUM["kk-Latn"])
    assert not CYRILLIC.search(page.locator(".article__body").inner_text())

    # The place where it was held: how many articles, and which.
    places = page.locator(".record__row", has=page.get_by_text("Oryndar", exact=True))
    follow(places.get_by_role("link", name=TOWN, exact=True))
    is_read_in(page, "kk-Latn")
    expect(headline(page)).to_have_text(TOWN)
    teasers = page.locator(".teaser__headline")
    assert number_in(page.locator(".archive__count").inner_text()) == teasers.count()
    expect(teasers.filter(has_text=FORUM["kk-Latn"])).to_have_count(1)
    elsewhere = page.locator(".archive__elsewhere").inner_text()
    assert re.search(r"\d.*\d", elsewhere)  # in Russian and in English

    # Another article from there.
    follow(page.get_by_role("link", name=RICE["kk-Latn"]))
    is_read_in(page, "kk-Latn")
    expect(headline(page)).to_have_text(RICE["kk-Latn"])

    # Its Russian version.
    follow(page.get_by_role("navigation", name="Til").get_by_text("Русский"))
    is_read_in(page, "ru")
    expect(headline(page)).to_have_text(RICE["ru"])
    expect(page.locator(".article__body")).to_contain_text("главный рисовый край")
    article = page.url

    # A search from there, for another form of a word.
    assert ASKED not in page.locator("main").inner_text()
    page.locator("#header-search").fill(ASKED)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ru/search/?q=*")
    is_read_in(page, "ru")
    hit = page.locator(".hit", has=page.get_by_role("link", name=RICE["ru"]))
    expect(hit).to_have_count(1)
    marked = {text.lower() for text in hit.locator("mark").all_inner_texts()}
    assert marked
    assert marked <= MARKED
    assert number_in(page.locator(".search__count").inner_text()) >= 1

    # A feed of that search: announced to programs, and a link to readers.
    announced = page.locator("head link[type='application/atom+xml']")
    shown = page.get_by_role("link", name="Новые статьи")
    assert announced.get_attribute("href") == shown.get_attribute("href")
    feed = read_feed(shown)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(XML_LANG) == "ru"
    found = {
        entry.findtext(f"{ATOM}title"): entry.find(f"{ATOM}link").get("href")
        for entry in feed.iter(f"{ATOM}entry")
    }
    assert found[RICE["ru"]] == article

    # Back, and from the search to the article again.
    page.go_back()
    follow(hit.get_by_role("link", name=RICE["ru"]))
    assert page.url == article
