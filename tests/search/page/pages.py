"""Requests of the search page, readers of its HTML, and articles to find."""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup
from django.utils.timezone import make_aware

from newsroom.articles.models import ArticlePlace, Place, SectionPage
from search.index.term_statistics import apply_deltas
from tests.factories import locale_of, make_article


def get(client, code="kk", **parameters):
    response = client.get(f"/{code}/search/", parameters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def titles(soup) -> list[str]:
    return [link.get_text().strip() for link in soup.select(".hit__title a")]


def choices(soup, facet: str) -> list[tuple[str, str]]:
    """Return the offered values of a facet with their counts, in the order shown."""
    return [
        (text(row.select_one(".choice__label")), text(row.select_one(".choice__count")))
        for row in soup.select(f"#filter-{facet} + ul .choice")
    ]


def text(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def link(soup, label: str):
    """Return the only link with *label* in its text."""
    (found,) = [a for a in soup.select("a") if label in text(a)]
    return found


def asked(anchor) -> dict[str, list[str]]:
    return parse_qs(urlsplit(anchor["href"]).query)


def store_places(section: SectionPage) -> dict[str, str]:
    """Store three articles on floods in Oral and Atyrau; return the keys of the places.

    One article is about the first place and two about the other, of two years.
    """
    keys = {}
    for name, years in (("Орал", [2024]), ("Атырау", [2024, 2025])):
        place = Place.objects.create(name=name, locale=locale_of("kk"))
        keys[name] = str(place.translation_key)
        for year in years:
            article = make_article(
                section,
                title=f"Тасқын: {name}, {year}",
                lead="Өзен арнасынан асты.",
                published_at=make_aware(datetime(year, 4, 1, 12)),
            )
            article.places = [ArticlePlace(place=place)]
            article.save_revision().publish()
    apply_deltas()
    return keys
