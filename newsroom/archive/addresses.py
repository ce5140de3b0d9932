"""The URLs of the archive's pages, in any language."""

from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, override

from newsroom.articles.slugs import latin_slug
from search.models import FacetValue


def overview_url(language: str = "") -> str:
    """Return the URL of the archive's start page in *language* (default: active)."""
    return _url("overview", language)


def year_url(year: int, language: str = "") -> str:
    return _url("year", language, year=year)


def month_url(year: int, month: int, language: str = "") -> str:
    return _url("month", language, year=year, month=month)


def day_url(day: date, language: str = "") -> str:
    return _url("day", language, year=day.year, month=day.month, day=day.day)


def list_url(facet: str, language: str = "") -> str:
    """Return the URL of the list of all values of *facet*."""
    return _url("names", language, facet=facet)


def value_url(facet: str, pk: int, name: str, language: str = "") -> str:
    """Return the URL of the articles with a value, given by its primary key *pk*.

    The primary key alone identifies the value; *name* makes the URL readable.
    """
    slug = latin_slug(name)
    if not slug:
        return _url("value", language, facet=facet, pk=pk)
    return _url("value", language, facet=facet, pk=pk, slug=slug)


def url_of(value: FacetValue, language: str = "") -> str:
    """Return the URL of *value*, with its name in *language* (default: active)."""
    name = value.label(language or get_language() or "")
    return value_url(value.facet, value.pk, name, language)


def _url(name: str, language: str, **arguments: object) -> str:
    with override(language or get_language()):
        return reverse(f"archive:{name}", kwargs=arguments)
