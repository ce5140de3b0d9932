"""Answers that a browser saves as files."""

from django.http import HttpResponse


def attachment(data: bytes | str, name: str, content_type: str) -> HttpResponse:
    """Answer *data* as a file to save. *name* is in ASCII."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
