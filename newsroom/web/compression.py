"""Compression of text responses."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "application/xml", "image/svg+xml")
TEXT_SUFFIXES = ("+json", "+xml")


class TextCompressionMiddleware(GZipMiddleware):
    """Django's gzip middleware, for text only.

    Documents and pictures are compressed already: a second compression takes time and
    removes ``Content-Length``. Django's middleware adds up to a hundred random bytes,
    so that the length of a response reveals nothing about secrets in it (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0].strip().lower()
        if not kind.startswith(TEXT) and not kind.endswith(TEXT_SUFFIXES):
            return response
        return super().process_response(request, response)
