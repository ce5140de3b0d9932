"""The views of the search: the page, its JSON, the feed and suggestions."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.engines.timing import one_search
from search.kept_rows import keeping_rows
from search.signals import searched
from search.web.api import found_as_json, suggestions_as_json
from search.web.feed import SearchFeed, feed_of
from search.web.page import ResultsPage, browsed, found_page, whole_facet
from search.web.params import SearchRequest, read

# Readers type the same first letters; a minute later an article may be published.
SUGGESTIONS_AGE_SECONDS = 60
# Feed readers poll many times an hour, as often as caching permits.
FEED_AGE_SECONDS = 300

View = Callable[..., HttpResponseBase]


def takes_any_text(view: View) -> View:
    """Mark *view* as accepting any text in its parameters.

    Such a view ignores invalid parameters; other views refuse characters that cannot be
    stored.
    """
    view.takes_any_text = True  # type: ignore[attr-defined]
    return view


def is_one_search(view: View) -> View:
    """Make all that *view* searches one search, until it has rendered its response.

    The rows that it has read are kept as long, and its requests are timed as one.
    """

    @wraps(view)
    def searching(*arguments: object, **named: object) -> HttpResponseBase:
        with keeping_rows(), one_search():
            return view(*arguments, **named)

    return searching


@takes_any_text
@require_safe
@is_one_search
def search(request: HttpRequest) -> HttpResponse:
    """Show the results for a query, filters or both, or all values of a facet.

    The parameters are those of :mod:`search.web.params`.
    """
    asked = _asked(request)
    if asked.facet and (asked.text or asked.is_filtered):
        context = {
            "asked": asked,
            "filter": whole_facet(asked),
            "back_url": asked.address(facet="", page=1),
            "by_name_url": asked.address(by_count=False, page=1),
            "by_count_url": asked.address(by_count=True, page=1),
        }
        return render(request, "search/facet_page.html", context)
    found = found_page(asked)
    _tell(found)
    context = {
        "asked": found.asked,
        "found": found,
        "results": found.results,
        "page_of_results": found.page,
        "browsed": () if found.is_asked else list(browsed(asked)),
        "share_url": request.build_absolute_uri(found.share_url),
    }
    return render(request, "search/search_page.html", context)


@takes_any_text
@require_safe
@is_one_search
def results(request: HttpRequest) -> JsonResponse:
    """Return the contents of the search page as JSON."""
    found = found_page(_asked(request))
    response = JsonResponse(
        found_as_json(found, request.build_absolute_uri),
        json_dumps_params={"ensure_ascii": False},
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@takes_any_text
@require_safe
def feed(
    request: HttpRequest, site_name: Callable[[HttpRequest], str]
) -> HttpResponseBase:
    """Return the newest results of a search as an Atom feed.

    *site_name* returns the name of the site. Raises Http404 without words or filters.
    The signal :data:`searched` is not sent, because programs poll feeds all day.
    """
    asked = _asked(request)
    written = feed_of(asked, request.build_absolute_uri, site_name(request))
    if written is None:
        raise Http404("A feed needs words or filters to search for.")
    etag = quote_etag(sha256(written.content).hexdigest()[:32])
    changed = int(written.changed_at.timestamp())
    response = HttpResponse(written.content, content_type=SearchFeed.mime_type)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=FEED_AGE_SECONDS)
    answer = get_conditional_response(request, etag, changed, response)
    return answer or response


@takes_any_text
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Return suggestions for the text typed so far, ``?q=``, as JSON."""
    response = JsonResponse(
        suggestions_as_json(_asked(request)),
        json_dumps_params={"ensure_ascii": False},
    )
    patch_cache_control(response, max_age=SUGGESTIONS_AGE_SECONDS)
    response["X-Robots-Tag"] = "noindex"
    return response


def _asked(request: HttpRequest) -> SearchRequest:
    """Parse the parameters of *request*.

    The query string in ``request.GET`` is cut to the parsed length, because links that
    keep the parameters would repeat a text of any length.
    """
    asked = read(request.GET, get_language() or "")
    if request.GET.get("q", "") != asked.text:
        parameters = request.GET.copy()
        parameters["q"] = asked.text
        request.GET = parameters  # type: ignore[assignment]
    edition = getattr(request, "script_edition", None)
    return replace(asked, script=edition.script) if edition else asked


def _tell(found: ResultsPage) -> None:
    """Send the signal :data:`searched` for a new query.

    Filtering the results of a query is not a new query.
    """
    if not found.results.query or found.asked.is_filtered:
        return
    searched.send_robust(
        sender=search,
        text=found.asked.text.strip(),
        read_as=str(found.results.query),
        locales=found.asked.locales,
        language=found.asked.language,
        total=found.results.total,
        is_first_page=found.asked.page == 1,
        engine=found.results.engine,
    )
