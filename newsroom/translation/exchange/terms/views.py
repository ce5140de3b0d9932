"""Export of the termbase as TBX, and import after a preview."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from newsroom.access.audit import IMPORT, record
from newsroom.access.users import AnyUser
from newsroom.translation.admin_pages import DeskPage
from newsroom.translation.exchange.files import FileError, refuse_large
from newsroom.translation.exchange.terms import tbx
from newsroom.translation.exchange.terms.concepts import (
    apply,
    changes_of,
    entries_of,
)
from newsroom.translation.exchange.terms.entries import TermEntry, TermText
from newsroom.translation.models import Concept
from newsroom.translation.permissions import may_import_terms
from newsroom.web.downloads import attachment

SALT = "newsroom.translation.exchange.terms"
# Maximum number of changes in the preview; all are applied.
SHOWN = 200
# Maximum file size in bytes: the entries are sent to the browser and back, compressed.
MAX_BYTES = 5_000_000


def _may(user: AnyUser, *actions: str) -> bool:
    return all(user.has_perm(f"newsroom_translation.{one}_concept") for one in actions)


def termbase_url() -> str:
    return reverse(Concept.snippet_viewset.get_url_name("list"))


def export(request: HttpRequest) -> HttpResponse:
    """Return the whole termbase as TBX."""
    if not _may(request.user, "view") and not _may(request.user, "change"):
        raise PermissionDenied
    concepts = Concept.objects.select_related("subject_field")
    concepts = concepts.prefetch_related("terms__locale").order_by("pk")
    try:
        data = tbx.write(entries_of(list(concepts)))
    except FileError as error:
        messages.error(request, str(error))
        return redirect(termbase_url())
    return attachment(data, "termbase.tbx", "application/x-tbx+xml")


class TermsForm(forms.Form):
    document = forms.FileField(
        label=gettext_lazy("TBX file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".tbx,.xml"}),
    )


class ImportTermsView(DeskPage, FormView):
    """The import page: nothing changes until the user accepts the preview."""

    page_title = gettext_lazy("Import terms")
    header_icon = "clipboard-list"
    template_name = "translation/exchange/terms.html"
    form_class = TermsForm

    def is_allowed(self, user: AnyUser) -> bool:
        return may_import_terms(user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "accepted" in request.POST:
            return self._apply(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: TermsForm) -> HttpResponse:
        try:
            entries = _read(form.cleaned_data["document"])
            changes = changes_of(entries)
        except FileError as error:
            form.add_error("document", error.said)
            return self.form_invalid(form)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                changes=changes[:SHOWN],
                unnamed=max(0, len(changes) - SHOWN),
                looked=True,
                accepted=_packed(entries) if changes else "",
            )
        )

    def _apply(self, request: HttpRequest) -> HttpResponse:
        try:
            count = apply(changes_of(_unpacked(request.POST["accepted"])))
        except signing.BadSignature:
            messages.error(request, _("This page is too old: choose the files again."))
            return redirect(request.path)
        except FileError as error:
            messages.error(request, str(error))
            return redirect(request.path)
        record(IMPORT, self.user, file="TBX", count=count)
        text = ngettext(
            "%(count)d concept has been added or changed.",
            "%(count)d concepts have been added or changed.",
            count,
        )
        messages.success(request, text % {"count": count})
        return redirect(termbase_url())


def _read(file: Any) -> list[TermEntry]:
    refuse_large(file.size, MAX_BYTES)
    return tbx.read(file.read())


def _packed(entries: Sequence[TermEntry]) -> str:
    return signing.dumps([asdict(one) for one in entries], salt=SALT, compress=True)


def _unpacked(packed: str) -> list[TermEntry]:
    """Return the signed entries; raise BadSignature if invalid or over a day old."""
    return [
        TermEntry(**one | {"terms": tuple(TermText(**term) for term in one["terms"])})
        for one in signing.loads(packed, salt=SALT, max_age=24 * 3600)
    ]


urlpatterns = [
    path("terms/export/", export, name="terms_export"),
    path("terms/import/", ImportTermsView.as_view(), name="terms_import"),
]
