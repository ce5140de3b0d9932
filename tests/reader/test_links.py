"""No link on a page for readers is broken."""

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page

from newsroom.articles.models import ArticlePage, ArticleTopic, Topic
from search.site_languages import site_languages
from tests.factories import make_article, make_section

MAX_PAGES = 400


def addresses(response) -> set[str]:
    """Return the addresses that a page or feed names as links."""
    if response.status_code in (301, 302):
        return {response["Location"]}
    kind = response["Content-Type"]
    if "html" not in kind and "xml" not in kind:
        return set()
    soup = BeautifulSoup(response.content, "html.parser" if "html" in kind else "xml")
    return {
        tag["href"].partition("#")[0]
        for tag in soup.find_all(["a", "link"], href=True)
        # A language that has no such page is marked as one; its page says so.
        if "is-missing" not in tag.get("class", [])
    }


def own_path(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("", "http", "https") or parts.path.startswith("/static/"):
        return ""
    if parts.netloc not in ("", "localhost", "testserver"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def walk(client, *starts: str) -> dict[str, set[str]]:
    """Follow every link from *starts*; return which pages name each address."""
    named_by: dict[str, set[str]] = {start: set() for start in starts}
    waiting = list(starts)
    while waiting and len(named_by) < MAX_PAGES:
        url = waiting.pop()
        response = client.get(url)
        assert response.status_code in (200, 301, 302), (url, named_by[url])
        for address in sorted(addresses(response)):
            path = own_path(address)
            if not path:
                continue
            if path not in named_by:
                waiting.append(path)
            named_by.setdefault(path, set()).add(url)
    return named_by


@pytest.fixture
def archive(homes):
    """Return articles in two languages; one of their sections is unpublished."""
    hidden = make_section(homes["kk"], title="Жасырын")
    shown = make_section(homes["kk"], title="Қоғам")
    topic = Topic.objects.create(name="Көпір", locale=homes["kk"].locale)
    articles = []
    for section in (hidden, shown):
        article = ArticlePage(title=f"Көпір: {section.title}", lead="Көпір салынды.")
        article.topics = [ArticleTopic(topic=topic)]
        section.add_child(instance=article)
        article.save_revision().publish()
        articles.append(ArticlePage.objects.get(pk=article.pk))
    gone = make_article(shown, title="Өшірілген")
    draft = make_article(shown, title="Қайтарылған")
    links = "".join(
        f'<a linktype="page" id="{page.pk}">{page.title}</a> '
        for page in (hidden, gone, draft, articles[0])
    )
    linking = make_article(shown, title="Сілтемелер", body=[("paragraph", links)])
    articles.append(linking)
    gone.delete()
    draft.unpublish()
    translated = articles[0].copy_for_translation(homes["ru"].locale, copy_parents=True)
    translated.title = "Мост"
    translated.save_revision().publish()
    Page.objects.get(pk=hidden.pk).unpublish()
    return [*articles, ArticlePage.objects.get(pk=translated.pk)]


def test_no_link_is_broken_when_a_section_is_not_published(client, archive, homes):
    starts = [
        *(article.url for article in archive),
        *(f"{article.url}versions/" for article in archive),
        *(home.url for home in homes.values()),
        *(f"{home.url}archive/" for home in homes.values()),
        *(f"{home.url}search/?q=" + word for home in homes.values() for word in ["к"]),
        "/kk/search/?q=көпір",
        "/kk/search/feed.atom?q=көпір",
    ]
    named_by = walk(client, *starts)
    assert {article.url for article in archive} <= named_by.keys()
    sections = {f"/{code}/zhasyryn/" for code in site_languages()}
    assert not sections & named_by.keys()
    assert len(named_by) > len(starts)


def test_a_link_in_the_text_is_there_as_long_as_its_page_is(client, homes):
    section = make_section(homes["kk"])
    target = make_article(section, title="Нысана")
    link = f'<a linktype="page" id="{target.pk}">сонда</a>'
    article = make_article(section, title="Мәтін", body=[("paragraph", link)])

    def shown() -> str:
        soup = BeautifulSoup(client.get(article.url).content, "html.parser")
        (found,) = [tag for tag in soup.main.find_all("a") if tag.text == "сонда"]
        return found.get("href", "")

    assert shown() == target.url
    target.unpublish()
    assert shown() == ""
    ArticlePage.objects.get(pk=target.pk).get_latest_revision().publish()
    assert shown() == target.url
    target.delete()
    assert shown() == ""
