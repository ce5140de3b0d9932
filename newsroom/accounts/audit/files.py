"""Audit entries for files that the admin sends and takes."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from newsroom.access import audit
from newsroom.access.audit import MAX_AGENT, printable, record

# Views of packages that import a file; the newsroom's own imports record themselves.
IMPORTING = {"wagtailredirects:process_import", "wagtail_localize:upload_pofile"}
FILE_NAME = re.compile(r"filename\*?=(?:utf-8'')?\"?([^\";]+)", re.IGNORECASE)


class FileAuditMiddleware:
    """Record every file that a view of the admin sends for saving.

    This covers exports of translations, terms, memories, lists and reports, including
    those of views added later.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return response
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return response
        disposition = response.headers.get("Content-Disposition", "")
        if response.status_code == 200 and disposition.startswith("attachment"):
            found = FILE_NAME.search(disposition)
            name = found[1] if found else ""
            record(
                audit.EXPORT,
                user,
                user=user,
                request=request,
                file=printable(name, MAX_AGENT),
                path=printable(request.get_full_path(), 2 * MAX_AGENT),
            )
        match = request.resolver_match
        if (
            request.method == "POST"
            and response.status_code == 302
            # There Wagtail sends users without permission.
            and response["Location"] != reverse("wagtailadmin_home")
            and user.has_perm("wagtailadmin.access_admin")
            and match
            and match.view_name in IMPORTING
        ):
            record(audit.IMPORT, user, user=user, request=request, file=match.view_name)
        return response
