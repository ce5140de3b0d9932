"""Responses that a browser saves as files."""

from django.http import HttpResponse


def attachment(data: bytes | str, name: str, content_type: str) -> HttpResponse:
    """Return a response that makes the browser save *data* as *name* (ASCII only)."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
