"""Compressing what is text on its way to readers."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "application/xml", "image/svg+xml")
TEXT_SUFFIXES = ("+json", "+xml")


class TextCompressionMiddleware(GZipMiddleware):
    """Django's gzip, for text alone.

    Documents and pictures are compressed already: to do so again takes time, and takes
    from browsers how long they are. Django's own adds up to a hundred random bytes, so
    that the length of an answer tells nothing of what is secret in it (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0].strip().lower()
        if not kind.startswith(TEXT) and not kind.endswith(TEXT_SUFFIXES):
            return response
        return super().process_response(request, response)
