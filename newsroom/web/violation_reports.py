"""Reports of browsers about violations of the content security policy.

Anybody can send them, so that they are cut, cleaned and counted: at most LIMIT a minute
are logged by each process, and none is stored or sent by mail.
"""

import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

logger = logging.getLogger("newsroom.security.csp")

# Bytes; browsers send about one kilobyte for each violation.
MAX_SIZE = 16 * 1024
# Violations in one request: browsers collect those of a page.
MAX_AT_ONCE = 20
LIMIT, SECONDS = 60, 60
COUNTER = "csp_reports"
MAX_LENGTH = 300
TYPES = {"application/csp-report", "application/reports+json", "application/json"}

# The name that is logged → names in the two formats of browsers.
FIELDS = {
    "document": ("documentURL", "document-uri"),
    "directive": ("effectiveDirective", "effective-directive", "violated-directive"),
    "blocked": ("blockedURL", "blocked-uri"),
    "source": ("sourceFile", "source-file"),
    "line": ("lineNumber", "line-number"),
    "column": ("columnNumber", "column-number"),
    "disposition": ("disposition",),
}
URLS = {"document", "blocked", "source"}


@csrf_exempt
@require_POST
def csp_reports(request: HttpRequest) -> HttpResponse:
    """Log the violations in the request.

    Returns 204; 415, 413 or 400 if the request is no report, 429 over the limit.
    """
    if request.content_type not in TYPES:
        return HttpResponse(status=415)
    body = request.read(MAX_SIZE + 1)
    if len(body) > MAX_SIZE:
        return HttpResponse(status=413)
    try:
        violations = list(_violations(json.loads(body)))
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    if not violations:
        return HttpResponse(status=400)
    for violation in violations[:MAX_AT_ONCE]:
        if not _is_within_limit():
            return HttpResponse(status=429)
        logger.warning(
            "csp_violation %s",
            json.dumps(violation, ensure_ascii=True),
            extra={"csp_violation": violation},
        )
    return HttpResponse(status=204)


def _violations(sent: Any) -> Iterator[dict[str, str]]:
    """Yield the known fields of each violation in either format."""
    for one in sent if isinstance(sent, list) else [sent]:
        if not isinstance(one, dict):
            continue
        if "type" in one and one["type"] != "csp-violation":
            continue
        body = one.get("csp-report", one.get("body"))
        if isinstance(body, dict) and (fields := _fields(body)):
            yield fields


def _fields(body: dict[str, Any]) -> dict[str, str]:
    found = {}
    for name, keys in FIELDS.items():
        value = next((body[key] for key in keys if key in body), None)
        if isinstance(value, (str, int)):
            found[name] = _plain(_without_query(value) if name in URLS else value)
    return found


def _plain(value: str | int) -> str:
    """Return *value* without control characters, cut to MAX_LENGTH."""
    return "".join(c for c in str(value)[:MAX_LENGTH] if c.isprintable())


def _without_query(value: str | int) -> str:
    """Return a URL without user, query and fragment, which can hold private data."""
    try:
        parts = urlsplit(str(value)[: MAX_LENGTH * 2])
    except ValueError:
        return ""
    if parts.scheme == "data":
        return "data:"
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def _is_within_limit() -> bool:
    if cache.add(COUNTER, 1, SECONDS):
        return True
    try:
        return bool(cache.incr(COUNTER) <= LIMIT)
    except ValueError:  # it has just expired
        return bool(cache.add(COUNTER, 1, SECONDS))
