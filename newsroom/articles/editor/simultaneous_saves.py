"""Serialisation of concurrent saves of one page.

Wagtail's editor posts a background save, and the form when a button is pressed. If the
server handles both concurrently, each reads the latest revision before the other has
written its own, and the older text can become the latest revision.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from newsroom.articles.editor.posted_rows import with_known_ids
from newsroom.articles.refusals import PublicationRefused


def before_edit_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Handle a POST of the page editor in a transaction that locks the row of *page*.

    The view has read the page before this hook is called, so the view is called again
    while the lock is held. If a publication is refused, the transaction is committed
    before PublicationRefused is raised, so that the saved draft is kept.
    """
    if request.method != "POST" or hasattr(request, "page_is_locked"):
        return None
    request.page_is_locked = True  # type: ignore[attr-defined]
    refused = None
    with transaction.atomic():
        Page.objects.select_for_update().filter(pk=page.pk).values_list("pk").first()
        request.POST = with_known_ids(  # type: ignore[assignment]
            request.POST,
            page.pk,
            request.user.pk,
            is_whole=hasattr(request, "creation"),
        )
        try:
            return EditView.as_view()(request, page.pk)
        except PublicationRefused as error:
            refused = error
    raise refused
