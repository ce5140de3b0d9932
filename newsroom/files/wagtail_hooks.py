"""Documents are served to those who may read a page with them, or work with them."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks

from newsroom.files.models import FileUse
from newsroom.files.permissions import may_see_file
from newsroom.files.visibility import may_read


@hooks.register("before_serve_document")
def check_document(document: Any, request: HttpRequest) -> None:
    """Answer 404 to whoever may not see *document*. That it exists is no secret kept
    from anybody else than visitors; Wagtail's own check of its collection follows."""
    if may_read(request, FileUse.Kind.DOCUMENT, document.pk):
        return
    if not may_see_file(request.user, document):
        raise Http404
