"""The archive by name: lists of people, places and others, and a page for each."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.archive.addresses import (
    list_url,
    overview_url,
    url_of,
)
from newsroom.archive.listing import articles_of, page_at_hand
from newsroom.archive.navigation import NavigationLink, counted, languages
from newsroom.archive.shelves import name_link
from newsroom.archive.subjects import subject_of
from newsroom.articles.models.listing import ARTICLES_PER_PAGE
from search.facets import registry
from search.index import facet_names
from search.models import FacetName, FacetValue
from search.results.landing import Filed, filed_under

# Four columns of 25 on a wide screen.
NAMES_PER_PAGE = 100
# Names that occur together most often; further ones are coincidence.
COMPANIONS = 8
# Longest page number that is accepted.
MAX_DIGITS = 6


@require_safe
def names(request: HttpRequest, facet: str) -> HttpResponse:
    """List all values of *facet* alphabetically; ``?letter=`` selects one letter."""
    language = get_language() or ""
    letters = facet_names.letters(facet, language)
    letter = request.GET.get("letter", "")
    letter = letter if letter in letters else ""
    found = facet_names.listed(facet, language, letter=letter)
    page = Paginator(found, NAMES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": str(registry.get(facet).many),
        "names": page,
        "links": [name_link(row) for row in page],
        "letters": letters if len(letters) > 1 else [],
        "letter": letter,
        "list_url": list_url(facet),
        "trail": [NavigationLink(_("Archive"), overview_url())],
    }
    return render(request, "archive/names.html", context)


@require_safe
def value(request: HttpRequest, facet: str, pk: int, slug: str = "") -> HttpResponse:
    """Show the articles of a person, a place or another value.

    The primary key identifies the value; a redirect corrects other parts of the URL.
    """
    language = get_language() or ""
    row = get_object_or_404(
        FacetValue.objects.defer("names"),
        pk=pk,
        facet__in=registry.named(),
    )
    if request.path != url_of(row):
        return _corrected(request, row)
    filed = filed_under(
        row,
        language,
        page=_page_number(request),
        per_page=ARTICLES_PER_PAGE,
        companions=COMPANIONS,
    )
    found = languages(filed.languages, language, lambda code: url_of(row, code))
    context: dict[str, Any] = {
        "title": row.label(language),
        "title_language": row.label_language(language),
        "facet": row.facet,
        "facet_name": str(registry.get(row.facet).one),
        "count": filed.total,
        "addresses": found.addresses,
        "elsewhere": found.elsewhere,
    }
    if not filed.total:
        if not found.elsewhere:
            raise Http404
        return render(request, "archive/nothing.html", context)
    previous, following = _neighbours(row, language)
    context |= {
        "filed": filed,
        "subject": subject_of(row, language),
        "articles": page_at_hand(articles_of(filed.entries), filed.page, filed.total),
        "years": _years(row, filed),
        "search_query": urlencode({row.facet: row.key}),
        "together": _together(filed, language),
        "trail": [
            NavigationLink(_("Archive"), overview_url()),
            NavigationLink(str(registry.get(row.facet).many), list_url(row.facet)),
        ],
        "previous": previous and name_link(previous),
        "next": following and name_link(following),
    }
    return render(request, "archive/value.html", context)


def _corrected(request: HttpRequest, row: FacetValue) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    address = url_of(row)
    response = redirect(f"{address}?{query}" if query else address, permanent=True)
    # If a name changes back, cached permanent redirects would form a loop.
    response["Cache-Control"] = "no-cache"
    return response


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS
    return int(text) if is_number else 1


def _neighbours(
    row: FacetValue, language: str
) -> tuple[FacetName | None, FacetName | None]:
    """Return the previous and next name in the list; None if *row* is not in it yet."""
    listed = FacetName.objects.filter(value=row, locale=language).first()
    return facet_names.neighbours(listed) if listed else (None, None)


def _years(row: FacetValue, filed: Filed) -> list[NavigationLink]:
    """Return the number of articles per year, with links to a search for them."""
    search_url = reverse("search")
    return counted(
        [
            NavigationLink(
                str(year),
                f"{search_url}?{urlencode({row.facet: row.key, 'year': str(year)})}",
                count,
            )
            for year, count in filed.years.items()
        ]
    )


def _together(
    filed: Filed, language: str
) -> list[tuple[str, str, list[NavigationLink]]]:
    """Return (name, heading, most frequent companions) for each facet."""
    return [
        (
            facet,
            str(registry.get(facet).many),
            [
                NavigationLink(
                    one.value.label(language),
                    url_of(one.value),
                    one.count,
                    language=one.value.label_language(language),
                )
                for one in companions
            ],
        )
        for facet, companions in filed.together.items()
        if companions
    ]
