"""Rate limit of each kind of request."""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from newsroom.web.limits.buckets import Policy
from newsroom.web.limits.quotas import MAX_WINDOW, quota_of

SEARCH, SUGGESTIONS, FEEDS = "search", "suggestions", "feeds"
API, EXPORTS = "api", "exports"
SCOPES = (SEARCH, SUGGESTIONS, FEEDS, API, EXPORTS)

# Names of URLs. Pages of articles, sections and the archive are never limited.
_BY_NAME = {
    "search": SEARCH,
    "search_suggestions": SUGGESTIONS,
    "search_results": API,
    "search_feed": FEEDS,
    "cite_bibtex": EXPORTS,
    "cite_ris": EXPORTS,
}
# For URLs that are added later.
_FEEDS = (".atom", ".rss")
_API = "/api/"
# The parameter by which Wagtail's lists are exported, and names of views that export.
_EXPORT_PARAMETER, _EXPORT_NAMES = "export", ("export", "download")
_ADMIN = "wagtailadmin"


def scope_of(request: HttpRequest) -> str | None:
    """Return the scope by which *request* is limited, None if it is not.

    The request must be resolved.
    """
    match = request.resolver_match
    if match is None:
        return None
    if scope := _BY_NAME.get(match.view_name):
        return scope
    path = request.path_info
    if path.endswith(_FEEDS):
        return FEEDS
    if path.startswith(_API):
        return API
    if path.startswith("/admin/") and _exports(request, match.url_name or ""):
        return EXPORTS
    return None


def _exports(request: HttpRequest, url_name: str) -> bool:
    named = any(part in url_name for part in _EXPORT_NAMES)
    return named or bool(request.GET.get(_EXPORT_PARAMETER))


def policies() -> dict[str, Policy]:
    """Return the policies by scope, from ``RATE_LIMITS``.

    A scope whose limit is 0 has none. Raises ImproperlyConfigured.
    """
    limits: Mapping[str, str] = settings.RATE_LIMITS
    found = {scope: _policy(scope, text) for scope, text in limits.items()}
    return {scope: policy for scope, policy in found.items() if policy}


def _policy(scope: str, text: str) -> Policy | None:
    try:
        requests, seconds = quota_of(text)
        SCOPES.index(scope)
    except ValueError:
        raise ImproperlyConfigured(
            f"RATE_LIMIT_{scope.upper()}={text}: write requests/seconds, such as"
            f" 300/60 (at most {MAX_WINDOW} seconds), or 0 for no limit."
        ) from None
    return Policy(scope, requests, seconds) if requests else None
