"""Export and import of the translation memory as TMX."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from newsroom.access.audit import IMPORT, record
from newsroom.access.users import AnyUser
from newsroom.translation.admin_pages import DeskPage
from newsroom.translation.exchange.files import FileError, refuse_large
from newsroom.translation.exchange.memory import tmx
from newsroom.translation.exchange.memory.jobs import (
    make_findable,
    remember,
    said,
    take_later,
)
from newsroom.translation.exchange.memory.units import (
    AT_ONCE,
    MAX_BYTES,
    MAX_UNITS,
    newest_pairs,
    take,
)
from newsroom.translation.memory.concordance import found_for
from newsroom.translation.models import ImportedUnit
from newsroom.translation.permissions import may_assign
from newsroom.web.downloads import attachment

# Largest file, in bytes, that is read in the request; the worker reads larger ones.
MAX_IN_REQUEST = 500_000


class MemoryForm(forms.Form):
    document = forms.FileField(
        label=gettext_lazy("TMX file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".tmx"}),
    )


class MemoryView(DeskPage, FormView):
    """The page where editors import translation memories for all translators."""

    page_title = gettext_lazy("Translation memory")
    template_name = "translation/exchange/memory.html"
    form_class = MemoryForm
    success_url = reverse_lazy("translation_desk:memory")

    def is_allowed(self, user: AnyUser) -> bool:
        return may_assign(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts, _imported = found_for(self.user, "")
        return super().get_context_data(**kwargs) | {
            "own": texts.count(),
            "imported": ImportedUnit.objects.count(),
            "max_units": MAX_UNITS,
        }

    def form_valid(self, form: MemoryForm) -> HttpResponse:
        file = form.cleaned_data["document"]
        try:
            refuse_large(file.size, MAX_BYTES)
            if file.size > MAX_IN_REQUEST:
                job = take_later(file.read(), name=file.name, user=self.user)
                record(IMPORT, self.user, file=file.name)
                return redirect("jobs:job", job.pk)
            taken = take(tmx.read(file.read()), user=self.user, file_name=file.name)
        except FileError as error:
            form.add_error("document", error.said)
            return self.form_invalid(form)
        record(IMPORT, self.user, file=file.name, count=len(taken.new))
        messages.success(self.request, said(taken))
        if len(taken.new) <= AT_ONCE:
            remember(self.user, {}, {"units": taken.new})
            return super().form_valid(form)
        return redirect(
            "jobs:job", make_findable(taken, user=self.user, at_once=AT_ONCE).pk
        )


def export(request: HttpRequest) -> HttpResponse:
    """Return the concordance's results for ``q`` as TMX, newest units first.

    Without ``q``, return the whole memory.
    """
    if not may_assign(request.user):
        raise PermissionDenied
    found = found_for(request.user, request.GET.get("q", "").strip())
    try:
        data = tmx.write(newest_pairs(*found))
    except FileError as error:
        messages.error(request, str(error))
        return redirect("translation_desk:memory")
    return attachment(data, "memory.tmx", "application/x-tmx+xml")


urlpatterns = [
    path("memory/", MemoryView.as_view(), name="memory"),
    path("memory/export/", export, name="memory_export"),
]
