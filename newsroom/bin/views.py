"""The bin in the admin: what can be restored, and the confirmation of a deletion."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page, ReferenceIndex

from newsroom.admin.lists import PagedListView
from newsroom.bin.losses import losses_of
from newsroom.bin.models import KEPT
from newsroom.bin.permissions import places_for
from newsroom.bin.restoring import RestoreError, below, restore, tops

# From how many pages on Wagtail asks for the site's name before it deletes.
TYPE_TO_CONFIRM = 10


class BinView(PagedListView):
    page_title = gettext_lazy("Bin")
    header_icon = "bin"
    template_name = "bin/bin.html"
    _show_breadcrumbs = True

    def get_queryset(self) -> Any:
        """Return what the user may restore; few pages are deleted within thirty
        days."""
        deleted = tops().select_related("locale", "deleted_by", "content_type")
        return [one for one in deleted if places_for(one, self.request.user)]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"days": KEPT.days}


class PlaceForm(forms.Form):
    """Where a page is restored to whose own place is gone."""

    def __init__(self, *args: Any, places: list[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(page.pk): page for page in places}
        self.fields["place"] = forms.ChoiceField(
            label=_("Restore below"),
            choices=[
                (pk, page.get_admin_display_title()) for pk, page in self.places.items()
            ],
        )


def restore_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm and restore; 403 for whoever may not, whatever the page is."""
    deleted = get_object_or_404(tops(), pk=pk)
    places = places_for(deleted, request.user)
    if not places:
        raise PermissionDenied
    form = PlaceForm(
        request.POST or None, places=places, initial={"place": places[0].pk}
    )
    if request.method == "POST" and form.is_valid():
        place = form.places[form.cleaned_data["place"]]
        try:
            page = restore(deleted, parent=place, user=request.user)
        except RestoreError as error:
            messages.error(request, str(error))
            return redirect("bin:index")
        messages.success(
            request,
            _("“%(title)s” was restored as a draft.")
            % {"title": page.get_admin_display_title()},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"deleted": deleted, "form": form, "below": below(deleted).count() - 1}
    return TemplateResponse(request, "bin/restore.html", context)


def confirm_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Name what a deletion takes (``before_delete_page``); Wagtail's view deletes."""
    if request.method != "GET":
        return None
    usage = ReferenceIndex.get_references_to(page).group_by_source_object()
    losses = losses_of([page])
    context = {
        "page": page,
        "losses": losses,
        "days": KEPT.days,
        "next": get_valid_next_url_from_request(request),
        "model_opts": page._meta,
        "usage_url": reverse("wagtailadmin_pages:usage", args=[page.pk])
        + "?describe_on_delete=1",
        "usage_count": usage.count(),
        "is_protected": usage.is_protected,
        "asks_for_name": losses.pages_below + 1 >= TYPE_TO_CONFIRM,
    }
    return TemplateResponse(request, "bin/confirm_delete.html", context)


urlpatterns = [
    path("", BinView.as_view(), name="index"),
    path("<int:pk>/", restore_view, name="restore"),
]
