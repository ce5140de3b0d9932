"""Permission check for documents."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks

from newsroom.files.models import FileUse
from newsroom.files.permissions import may_read, may_see_file


@hooks.register("before_serve_document")
def check_document(document: Any, request: HttpRequest) -> None:
    """Raise Http404 if the user may not see *document*.

    Wagtail's own check of the document's collection follows.
    """
    if may_read(request, FileUse.Kind.DOCUMENT, document.pk):
        return
    if not may_see_file(request.user, document):
        raise Http404
