"""Admin views of the bin, and the confirmation of a deletion."""

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

from newsroom.access.users import account_of
from newsroom.admin.lists import PagedListView
from newsroom.bin.losses import losses_of
from newsroom.bin.models import KEPT
from newsroom.bin.permissions import places_for
from newsroom.bin.restoring import RestoreError, below, restore, tops

# Number of pages from which Wagtail requires the site's name before a deletion.
TYPE_TO_CONFIRM = 10


class BinView(PagedListView):
    page_title = gettext_lazy("Bin")
    header_icon = "bin"
    template_name = "bin/bin.html"
    _show_breadcrumbs = True

    def get_queryset(self) -> Any:
        """Return the pages that the user may restore, as a list.

        Few pages are deleted within 30 days.
        """
        deleted = tops().select_related("locale", "deleted_by", "content_type")
        return [one for one in deleted if places_for(one, self.request.user)]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"days": KEPT.days}


class PlaceForm(forms.Form):
    """A choice of the new parent of a page whose former parent no longer exists."""

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
    """Confirm and restore; answer 403 if the user may not restore the page."""
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
            page = restore(deleted, parent=place, user=account_of(request))
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
    """Show the losses of a deletion before Wagtail's view deletes.

    Registered for the hook ``before_delete_page``.
    """
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
