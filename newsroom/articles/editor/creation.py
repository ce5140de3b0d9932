"""Creation of exactly one page for each create form, however often the form is posted.

Wagtail saves a new page in the background and changes the form's URL from "create" to
"edit" when the response arrives. Two requests can therefore reach "create" again: a
form that is submitted before the response, and a background save that is retried
because its response was lost. Each rendered form has a token: its first valid POST
creates the page, and every later POST is handled by the page's edit view.
"""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from newsroom.articles.forms import CREATION_FIELD
from newsroom.articles.models.creation import PageCreation

# Age after which the token of a create form is deleted; the form then counts as new.
KEPT = timedelta(days=30)
# Fields that no editor typed: the CSRF token differs in every rendered form.
UNTYPED = {"csrfmiddlewaretoken"}


def before_create_page(
    request: HttpRequest, parent_page: Page, page_class: type[Page]
) -> HttpResponse | None:
    """Create the page, or pass the request to the edit view if the page exists already.

    The page and the record of its form's token are created in one transaction.
    Concurrent POSTs of the same form wait for the lock on the token's row. Return None,
    so that Wagtail proceeds, if the request is no POST, has no token, or has the token
    of another user.
    """
    token = _token_of(request)
    if request.method != "POST" or token is None or hasattr(request, "creation"):
        return None
    with transaction.atomic():
        rows = PageCreation.objects.select_for_update()
        row, _is_new = rows.get_or_create(token=token, defaults={"user": request.user})
        if row.user_id != request.user.pk:
            return None
        request.creation = row  # type: ignore[attr-defined]
        if row.page_id:
            return _post_again(request, row)
        names = (page_class._meta.app_label, page_class._meta.model_name)
        response = CreateView.as_view()(request, *names, parent_page.pk)
        _remember(request, row)
        return response


def after_create_page(request: HttpRequest, page: Page) -> None:
    """Record the page that the form has created."""
    if row := getattr(request, "creation", None):
        row.page = page


def remove_old_creations() -> None:
    """Delete the tokens of forms that are older than `KEPT`."""
    PageCreation.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _post_again(request: HttpRequest, row: PageCreation) -> HttpResponse:
    is_autosave = _is_autosave(request)
    edit_url = reverse("wagtailadmin_pages:edit", args=[row.page_id])
    if is_autosave and not row.by_autosave:
        # The background save was sent before the submission that was handled first, so
        # its text is older.
        message = _("This text has been saved already.")
        error = {"error_code": "invalid_revision", "error_message": message}
        return JsonResponse({"success": False, **error}, status=400)
    if not is_autosave and row.digest == _digest(request):
        return redirect(edit_url)  # the button was pressed twice
    response = EditView.as_view()(request, row.page_id)
    _remember(request, row)
    if is_autosave and response.status_code == 200:
        hydrate_url = set_query_params(edit_url, {"_w_hydrate_create_view": "1"})
        answer = json.loads(response.content)
        answer |= {"url": edit_url, "hydrate_url": hydrate_url}
        return JsonResponse(answer)
    return response


def _remember(request: HttpRequest, row: PageCreation) -> None:
    row.digest = _digest(request)
    row.by_autosave = _is_autosave(request)
    row.save()


def _token_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get(CREATION_FIELD, ""))
    except ValueError:
        return None


def _is_autosave(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def _digest(request: HttpRequest) -> str:
    typed: dict[str, Any] = {
        name: values for name, values in request.POST.lists() if name not in UNTYPED
    }
    return sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()
