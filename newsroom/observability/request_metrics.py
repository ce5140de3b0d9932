"""The metrics of requests, with bounded labels."""

from typing import Any

from django.http import HttpRequest
from django_prometheus.middleware import PrometheusAfterMiddleware


class RequestMetricsMiddleware(PrometheusAfterMiddleware):
    """django-prometheus's inner middleware, without labels that clients choose.

    The base class uses the method of the request as it was sent in one of its metrics,
    so that a client could create any number of time series.
    """

    def label_metric(
        self, metric: Any, request: HttpRequest, response: Any = None, **labels: str
    ) -> Any:
        if "method" in labels:
            labels["method"] = self._method(request)
        return super().label_metric(metric, request, response, **labels)

    def process_request(self, request: HttpRequest) -> None:
        # The base class takes any length for a number.
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            request.META["CONTENT_LENGTH"] = "0"
            request.__dict__.pop("headers", None)
        super().process_request(request)
