"""Views of Wagtail that raise an error for posted data that their own pages never send.

The views have checked permissions before. What is listed here is answered 400.
"""

from collections.abc import Callable

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest


def is_handmade(request: HttpRequest) -> bool:
    """Return whether the data of *request* cannot come from the view's own page."""
    match = request.resolver_match
    check = _CHECKS.get(match.view_name) if match else None
    return request.method == "POST" and check is not None and check(request)


def _lacks_link(request: HttpRequest) -> bool:
    return "external-link-chooser-url" not in request.POST


def _is_never_sent(request: HttpRequest) -> bool:
    """Return True: no page of this site posts to the view."""
    return True


def _is_forged(request: HttpRequest) -> bool:
    """Return whether the signed fields of an import are missing or changed."""
    for name in ("import_file_name", "input_format"):
        try:
            Signer().unsign(request.POST.get(name, ""))
        except BadSignature:
            return True
    return False


_CHECKS: dict[str, Callable[[HttpRequest], bool]] = {
    "wagtailadmin_choose_page_external_link": _lacks_link,
    # It completes documents that need fields beyond the title, and validates a file
    # that its form never has.
    "wagtaildocs:create_multiple_from_uploaded_document": _is_never_sent,
    "wagtailredirects:process_import": _is_forged,
    # The chooser makes no concepts, because they need terms.
    "wagtailsnippetchoosers_newsroom_translation_concept:create": _is_never_sent,
}
