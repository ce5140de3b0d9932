"""Addresses below an article's own, such as those of its earlier versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLPattern, URLResolver
from django.urls.resolvers import RegexPattern
from wagtail.models import Page
from wagtail.url_routing import RouteResult

# What lies below the address of every article; an app adds its own when it is ready.
# A view is given the request, the article as readers see it, and what its pattern
# captures.
below_article: list[URLPattern] = []


class AddressesBelow(Page):
    """A page without children that answers at the addresses of :data:`below_article`.

    They are found by way of the page, so that whoever may not read it, or if nobody
    may, cannot read what lies below it either.
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
