"""The recipe of docs/adding-a-language.md, followed with a made-up language.

Its pages borrow the words of the interface from Kazakh; every text node must stand in
an element whose ``lang`` is the language that the text is in.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, NavigableString
from bs4.element import Comment, Doctype
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver
from django.utils.timezone import localtime
from wagtail.models import Page, get_page_models

from newsroom.archive.models import Permalink
from newsroom.articles.index_documents import rename_section
from newsroom.articles.models import SectionPage
from newsroom.localisation.languages import language
from search.models import FacetValue
from tests.localisation.made_up import (
    CODE,
    ROW,
    RTL_ROW,
    home_of,
    make_pages,
    site_with,
)

CYRILLIC = re.compile("[\u0400-\u052f]")
# Attributes whose text readers see or hear.
READ_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "aria-description")
MADE_UP = re.compile(r"\bzu[a-z]*", re.IGNORECASE)
# URL names that are answered with something else than a page.
NO_PAGES = {"search_suggestions", "search_results", "search_feed", "wagtail_serve"}


@pytest.fixture(params=[ROW, RTL_ROW], ids=["left to right", "right to left"])
def row(request):
    return request.param


@pytest.fixture
def pages(db, tmp_path, row) -> Iterator[dict[str, Page]]:
    with site_with(row, tmp_path):
        yield make_pages()


def _addresses(pages: dict[str, Page]) -> dict[str, str]:
    """Return a URL of each kind of page that the site serves, by model or URL name."""
    value = FacetValue.objects.get(facet="person")
    day = localtime(pages["ArticlePage"].published_at)
    article = pages["ArticlePage"].url
    number = Permalink.objects.get(translation_key=pages["ArticlePage"].translation_key)
    root = f"/{CODE}/archive/"
    return {
        **{name: page.url for name, page in pages.items()},
        "versions": f"{article}versions/",
        "earlier version": f"{article}versions/1/",
        "changes": f"{article}versions/1/changes/",
        "search": f"/{CODE}/search/",
        "hits": f"/{CODE}/search/?q=zulead&language=all",
        "hits of a filter": f"/{CODE}/search/?q=zulead&facet=person",
        "nothing found": f"/{CODE}/search/?q=zunothing",
        "overview": root,
        "year": f"{root}{day:%Y}/",
        "month": f"{root}{day:%Y/%m}/",
        "day": f"{root}{day:%Y/%m/%d}/",
        "names": f"{root}person/",
        "value": f"{root}person/{value.pk}/",
        "section": f"{root}section/{FacetValue.objects.get(facet='section').pk}/",
        "kind": f"{root}kind/{FacetValue.objects.get(facet='kind').pk}/",
        "permalink": f"/a/{number.number}/{CODE}/",
    }


def test_the_addresses_below_are_of_every_page_type_and_every_view(pages):
    known = _addresses(pages)
    models = {model.__name__ for model in get_page_models() if model is not Page}
    assert models <= known.keys()
    views = set()
    for pattern in get_resolver().url_patterns:
        if str(getattr(pattern.pattern, "language_prefix", "")).strip("/") == CODE:
            raise AssertionError
        if type(pattern.pattern).__name__ == "LocalePrefixPattern":
            for one in pattern.url_patterns:
                inner = getattr(one, "url_patterns", [one])
                views |= {each.name for each in inner}
    assert "overview" in views
    assert views - NO_PAGES <= known.keys()


def test_every_page_answers_with_a_lang_attribute_for_each_text(pages, row, client):
    faults = {}
    for name, address in _addresses(pages).items():
        response = client.get(address, follow=True)
        assert response.status_code == 200, name
        soup = BeautifulSoup(response.content, "html.parser")
        assert (soup.html["lang"], soup.html["dir"]) == (CODE, row.direction), name
        seen = list(_texts(soup))
        assert {"kk", CODE} <= {lang for _text, lang, _direction in seen}, name
        directions = {"kk": "ltr", CODE: row.direction}
        faults[name] = [
            (text, lang, direction)
            for text, lang, direction in seen
            if lang != _language_of(text, lang) or directions[lang] != direction
        ]
    assert faults == {name: [] for name in faults}


def _texts(soup: BeautifulSoup) -> Iterator[tuple[str, str, str]]:
    """Yield (text, language, direction) of each text in the body that has letters.

    These are the text nodes, and the attributes that are read.
    """
    for name in READ_ATTRIBUTES:
        for element in soup.body.find_all(attrs={name: re.compile(r"[^\W\d_]")}):
            around = [element, *element.parents]
            yield (
                element[name],
                next(e["lang"] for e in around if e.get("lang")),
                next(e["dir"] for e in around if e.get("dir")),
            )
    for node in soup.body.find_all(string=True):
        text = " ".join(str(node).split())
        if isinstance(node, Comment | Doctype) or not any(map(str.isalpha, text)):
            continue
        assert isinstance(node, NavigableString)
        if node.find_parent(["script", "style", "code"]):
            continue
        lang = next(e["lang"] for e in node.parents if e.get("lang"))
        if text == language(lang).own_name or node.parent.get("translate") == "no":
            continue
        direction = next(e["dir"] for e in node.parents if e.get("dir"))
        yield text, lang, direction


def _language_of(text: str, lang: str) -> str:
    """Return the language of *text*; *lang* itself if it has words of both, or none."""
    is_borrowed, is_own = bool(CYRILLIC.search(text)), bool(MADE_UP.search(text))
    if is_borrowed == is_own:
        return lang
    return "kk" if is_borrowed else CODE


def test_the_alternative_texts_of_pictures_are_in_the_language_of_their_page(
    pages, row, client
):
    """The browser asks the nearest element with ``lang`` which voice reads them."""
    alternatives = {
        pages["ArticlePage"].url: ["Zualt", "Zubodyalt"],
        pages["HomePage"].url: ["Zualt"],
    }
    for address, expected in alternatives.items():
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        pictures = [image for image in soup.select("img[alt]") if image["alt"]]
        assert [image["alt"] for image in pictures] == expected
        for image in pictures:
            marked = next(one for one in image.parents if one.get("lang"))
            assert (marked["lang"], marked["dir"]) == (CODE, row.direction)
            assert marked is not soup.html


def test_no_link_of_pages_in_the_language_is_broken(pages, client):
    """Follow every link of the site that a page in the language shows."""
    followed = set()
    for address in _addresses(pages).values():
        soup = BeautifulSoup(client.get(address, follow=True).content, "html.parser")
        for link in soup.select("a[href]"):
            url = urlsplit(link["href"])
            if url.netloc in ("", "localhost") and url.path.startswith(f"/{CODE}/"):
                followed.add(url._replace(scheme="", netloc="", fragment="").geturl())
    assert len(followed) > 10
    assert {path: client.get(path).status_code for path in followed} == (
        dict.fromkeys(followed, 200)
    )


def test_a_section_without_a_translation_is_named_in_its_own_language(pages, client):
    """The article is live, its section a draft with the title of the original."""
    article, section = pages["ArticlePage"], pages["SectionPage"]
    address = section.url
    section.unpublish()
    SectionPage.objects.filter(pk=section.pk).update(title="Қоғам")
    rename_section(section)
    soup = BeautifulSoup(client.get(article.url).content, "html.parser")
    kicker = soup.select_one(".article__kicker")
    assert kicker.span.get_text(strip=True) == "Қоғам"
    assert not kicker.select("a")
    assert next(e["lang"] for e in kicker.span.parents if e.get("lang")) == "kk"
    assert address not in {link.get("href") for link in soup.select("a")}
    response = client.get(address)
    assert response.status_code == 200
    assert "Қоғам" in response.content.decode()
    assert FacetValue.objects.get(facet="section").labels == {"kk": "Қоғам"}


def test_a_new_home_page_has_the_name_of_its_language(db, tmp_path):
    with site_with(ROW, tmp_path):
        call_command("setup_site", verbosity=0)
        assert home_of(CODE).title == ROW.own_name
        assert home_of("kk").title != language("kk").own_name


def test_the_language_is_named_in_itself_on_pages_of_other_languages(pages, client):
    article = pages["ArticlePage"].get_translation(
        pages["ArticlePage"].get_translations().first().locale
    )
    soup = BeautifulSoup(client.get(article.url).content, "html.parser")
    link = soup.select_one(f'.languages a[lang="{CODE}"]')
    assert link.get_text(strip=True) == ROW.own_name
    assert link["href"] == pages["ArticlePage"].url
    assert settings.LANGUAGES[-1][0] == CODE
