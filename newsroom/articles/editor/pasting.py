"""Conversion of pasted HTML to blocks of the edited article."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.permissions import page_permission_policy

from newsroom.articles.models import ArticlePage
from newsroom.sanitising.paragraph_splitting import split_into_paragraphs
from newsroom.sanitising.reports import REPORTS
from newsroom.sanitising.splitting import Split, SplitError, split


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Return the blocks of the HTML in the request body (UTF-8) as JSON.

    ``blocks`` have the format that Wagtail's StreamBlock inserts. ``is_inline`` is true
    if they are a single paragraph, to be inserted at the caret. ``messages`` report
    what was omitted, in the user's language: ``text`` says what and how much, ``words``
    are samples. With ``?only=paragraphs`` all text is in one block. If the HTML is too
    long or too deeply nested, the response has status 400 and an ``error``.
    """
    if not page_permission_policy.user_has_any_permission(
        request.user, {"add", "change", "publish"}
    ):
        raise PermissionDenied
    if request.content_type == "multipart/form-data":  # read as a form already
        return JsonResponse({}, status=415)
    try:
        markup = request.body.decode("utf-8", errors="replace")
        is_flat = request.GET.get("only") == "paragraphs"
        found = split_into_paragraphs(markup) if is_flat else split(markup)
    except (SplitError, RequestDataTooBig):
        error = _("This is too long or too deeply nested to be pasted at once.")
        return JsonResponse({"error": error}, status=400)
    stream = ArticlePage._meta.get_field("body").stream_block
    return JsonResponse(
        {
            "blocks": stream.get_form_state(stream.to_python(found.blocks)),
            "is_inline": _is_inline(found),
            "messages": [
                {
                    "text": str(REPORTS[kind] % {"count": count}),
                    "words": found.reports.samples.get(kind, []),
                }
                for kind, count in found.reports.counts.items()
            ],
        }
    )


def _is_inline(found: Split) -> bool:
    types = [block["type"] for block in found.blocks]
    return types == ["paragraph"]


def paste_url() -> URLPattern:
    return path("articles/paste/", paste, name="paste_into_article")
