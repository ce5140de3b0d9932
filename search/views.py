"""The search page."""

from typing import Any, cast

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from search.query import MAX_LENGTH
from search.results import RESULTS_PER_PAGE, Result, search_archive

ALL_LANGUAGES = "all"


class FoundPages:
    """What a paginator needs of a search: how many hits, and any slice of them."""

    def __init__(self, text: str, locales: list[str]) -> None:
        self.text, self.locales = text, locales
        self.first = search_archive(text, locales=locales)

    def __len__(self) -> int:
        return self.first.total

    def __getitem__(self, part: slice) -> list[Result]:
        if part.start == 0:
            return self.first.results
        return search_archive(
            self.text, locales=self.locales, offset=part.start, limit=RESULTS_PER_PAGE
        ).results


def search(request: HttpRequest) -> HttpResponse:
    """Show what ``?q=`` finds in the page's language, or in ``?language=all``."""
    everywhere = request.GET.get("language") == ALL_LANGUAGES
    codes = [code for code, _name in settings.LANGUAGES]
    locales = codes if everywhere else [get_language() or codes[0]]
    text = request.GET.get("q", "")
    if len(text) > MAX_LENGTH:  # else every link on the page would carry all of it
        text = text[: MAX_LENGTH + 1]
        query = request.GET.copy()
        query["q"] = text
        request.GET = query  # type: ignore[assignment]
    found = FoundPages(text, locales)
    context = {
        "query": found.first.query,
        "found": found.first,
        "results": Paginator(cast(Any, found), RESULTS_PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "everywhere": everywhere,
    }
    return render(request, "search/search_page.html", context)
