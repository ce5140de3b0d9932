"""Requests of the search page, and readers of its HTML."""

from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup


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
