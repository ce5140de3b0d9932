"""The URLs for the balancer and the monitoring, before all other middleware."""

from collections.abc import Callable

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseNotFound,
    JsonResponse,
)
from prometheus_client import CONTENT_TYPE_LATEST

from newsroom.observability.access import Guard
from newsroom.observability.health import State, health
from newsroom.observability.scraping import metrics_text


def live(request: HttpRequest) -> HttpResponse:
    """Return 200 if this process answers. No other server is asked."""
    return JsonResponse({"status": State.OK})


def ready(request: HttpRequest) -> HttpResponse:
    """Return the states of all parts: 200 if readers can be served, 503 if not."""
    found = health()
    status = 503 if found.state == State.UNAVAILABLE else 200
    return JsonResponse(found.as_json(), status=status)


def metrics(request: HttpRequest) -> HttpResponse:
    """Return the metrics of all processes in the text format of Prometheus."""
    return HttpResponse(metrics_text(), content_type=CONTENT_TYPE_LATEST)


VIEWS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health/live": live,
    "/health/ready": ready,
    "/metrics": metrics,
}


class MonitoringMiddleware:
    """Middleware that serves :data:`VIEWS` to the clients that :class:`Guard` allows.

    Any other client gets a 404. It must be the first middleware: a balancer asks by IP
    address and without HTTPS, which middleware below refuses or redirects, and must get
    an answer while the database is unavailable.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._guard = Guard()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        view = VIEWS.get(request.path_info.removesuffix("/"))
        if view is None:
            return self.get_response(request)
        response: HttpResponse
        if not self._guard.allows(request):
            response = HttpResponseNotFound(content_type="text/plain")
        elif request.method not in ("GET", "HEAD"):
            response = HttpResponseNotAllowed(["GET", "HEAD"])
        else:
            response = view(request)
        response["Cache-Control"] = "no-store"
        return response
