"""URLs below an article's own URL, such as those of its earlier versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLPattern, URLResolver
from django.urls.resolvers import RegexPattern
from wagtail.models import Page
from wagtail.url_routing import RouteResult

# URL patterns below the URL of every article; apps append theirs in ``ready``. A view
# receives the request, the article as readers see it, and the captured values.
below_article: list[URLPattern] = []


class SubURLs(Page):
    """A page without children that serves the URL patterns of :data:`below_article`.

    Sub-URLs are routed through the page, so its view restrictions and live state apply
    to them.
    """

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not (self.live and path_components):
            return super().route(request, path_components)
        resolver = URLResolver(RegexPattern(r"^"), below_article)
        try:
            match = resolver.resolve("/".join(path_components) + "/")
        except Resolver404:
            return super().route(request, path_components)
        return RouteResult(self, args=(match.func,), kwargs=match.kwargs)

    def serve(
        self, request: HttpRequest, view: Any = None, **kwargs: Any
    ) -> HttpResponse:
        if view is None:
            return super().serve(request, **kwargs)
        return view(request, self, **kwargs)
