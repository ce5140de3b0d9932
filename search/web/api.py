"""JSON for programs: the contents of the search page, and suggestions while typing.

Objects of the same kind always have the same fields; missing values are null or empty.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import query
from search.facets import registry
from search.index.completions import NAME, TITLE, Suggestion, suggestions
from search.results.excerpts import as_html
from search.results.result import Result
from search.web.dates import OfferedDate
from search.web.filters import Filter
from search.web.page import ResultsPage
from search.web.params import SearchRequest

Absolute = Callable[[str], str]


def found_as_json(found: ResultsPage, absolute: Absolute) -> dict[str, Any]:
    """Return a page of results as JSON data.

    *absolute* turns a path of the site into an absolute URL.
    """
    results, page = found.results, found.page
    did_you_mean = found.did_you_mean
    return {
        "query": found.asked.text,
        "read_as": query.describe(results.query),
        "remarks": found.remarks,
        "did_you_mean": did_you_mean.text if did_you_mean else None,
        "dates": [
            {"date": _iso(one), "count": one.count, "search": absolute(one.url)}
            for one in found.dates
        ],
        "languages": list(found.asked.locales),
        "total": results.total,
        "is_total_estimated": results.is_estimated,
        "is_loose": results.is_loose,
        "total_with_all_words": results.complete,
        "engine": results.engine,
        "is_reduced": results.is_reduced,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "previous": _page_address(found, absolute, -1) if page.has_previous() else None,
        "next": _page_address(found, absolute, +1) if page.has_next() else None,
        "results": [_result(result, absolute) for result in page],
        "facets": {one.facet: _facet(one, absolute) for one in found.filters},
    }


def _iso(one: OfferedDate) -> str:
    day = f"-{one.day:02}" if one.day else ""
    return f"{one.year:04}-{one.month:02}{day}"


def _page_address(found: ResultsPage, absolute: Absolute, step: int) -> str:
    number = found.page.number + step
    return absolute(found.asked.address("search_results", page=number))


def _result(result: Result, absolute: Absolute) -> dict[str, Any]:
    entry = result.entry
    return {
        "title": entry.title,
        "url": absolute(entry.url),
        "language": entry.locale,
        "written_in": entry.written_in,
        "published_at": entry.published_at.isoformat(),
        "title_html": as_html(result.title),
        "excerpt_html": as_html(result.excerpt),
        "through": list(result.through),
        "names": list(result.names),
        "versions": [
            {
                "language": version.locale,
                "url": absolute(version.url),
                "title": version.title,
            }
            for version in result.versions
        ],
    }


def _facet(one: Filter, absolute: Absolute) -> dict[str, Any]:
    return {
        "name": one.heading,
        "distinct": one.distinct,
        "is_estimated": one.is_estimated,
        "values": [
            {
                "key": choice.key,
                "label": choice.label,
                "count": choice.count,
                "is_selected": choice.is_selected,
            }
            for choice in one.choices
        ],
    }


def suggestions_as_json(asked: SearchRequest) -> dict[str, Any]:
    """Return suggestions for ``asked.text``, and an announcement for screen readers."""
    asked = replace(asked, page=1, facet="")
    found = suggestions(asked.text, locales=asked.locales)
    names = {one.text.casefold() for one in found if one.kind == NAME}
    # If a word and a name have the same text, the name is more useful.
    lines = [
        _line(one, asked)
        for one in found
        if one.kind == NAME or one.text.casefold() not in names
    ]
    count = len(lines)
    announcement = ngettext("%(count)d suggestion", "%(count)d suggestions", count) % {
        "count": count
    }
    return {"suggestions": lines, "announcement": announcement if lines else ""}


def _line(one: Suggestion, asked: SearchRequest) -> Mapping[str, str]:
    """Return one suggestion; a name leads to the articles with that facet value."""
    if one.kind == TITLE:
        url, label = one.target, _("Article")
    elif one.kind == NAME:
        facet, _colon, key = one.target.partition(":")
        url = asked.in_years().address(text="", filters={facet: (key,)})
        known = registry.find(facet)
        label = str(known.one) if known else ""
    else:
        url, label = asked.address(text=one.text), ""
    return {
        "kind": one.kind,
        "text": one.text,
        "url": url,
        "label": label,
        "language": one.locale,
    }
