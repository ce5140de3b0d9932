"""Export of translations as files, and import after a preview."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail_localize.models import Translation

from newsroom.access.audit import IMPORT, record
from newsroom.articles.slugs import latin_slug
from newsroom.translation.admin_pages import DeskPage
from newsroom.translation.desk.bulk_views import ChosenArticlesView, SubmitForm
from newsroom.translation.exchange.accepting import accept, wanted_of
from newsroom.translation.exchange.files import (
    MAX_BYTES,
    FileError,
    document_of,
    refuse_large,
)
from newsroom.translation.exchange.formats import Format, formats, read
from newsroom.translation.exchange.importing import Plan, plan
from newsroom.translation.permissions import may_edit
from newsroom.translation.sources import target_of
from newsroom.web.downloads import attachment

# Limits for a request: a file takes about 20 ms.
MAX_EXPORTED = 200
MAX_IMPORTED = 50
# Bytes of all files together: they are parsed in the request, in a second at most.
MAX_IMPORTED_BYTES = 5_000_000
SALT = "newsroom.translation.exchange"


def export(request: HttpRequest, translation: int, name: str) -> HttpResponse:
    """Return one translation as a file."""
    found = get_object_or_404(
        Translation.objects.select_related("source__locale", "target_locale"),
        pk=translation,
    )
    page = target_of(found)
    if page is None or not may_edit(request.user, page):
        raise PermissionDenied
    chosen = formats().get(name)
    if chosen is None:
        messages.error(request, _("This format is not available on this site."))
        return redirect("translation_desk:segments", found.pk)
    try:
        data = chosen.write(document_of(found))
    except FileError as error:
        messages.error(request, str(error))
        return redirect("translation_desk:segments", found.pk)
    return attachment(data, file_name_of(found, chosen), "application/octet-stream")


def file_name_of(translation: Translation, chosen: Format) -> str:
    page = translation.source.object_repr
    slug = slugify(latin_slug(page)) or "article"
    code = translation.target_locale.language_code
    return f"{slug[:60]}-{translation.pk}-{code}.{chosen.suffix}"


class ExportForm(SubmitForm):
    format = forms.ChoiceField(label=gettext_lazy("Format"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.name, one.label) for one in formats().values()]
        self.fields["format"].choices = named  # type: ignore[attr-defined]


class ExportView(ChosenArticlesView):
    """A form that exports the translations of selected articles as a ZIP archive."""

    page_title = gettext_lazy("Export")
    form_class = ExportForm

    def form_valid(self, form: ExportForm) -> HttpResponse:
        chosen = formats()[form.cleaned_data["format"]]
        rows = (
            self.versions(form)
            .exclude(translation=None)
            .select_related(
                "target", "translation__source__locale", "translation__target_locale"
            )
        )
        rows = [row for row in rows[:MAX_EXPORTED] if may_edit(self.user, row.target)]
        if not rows:
            messages.warning(self.request, _("There is nothing to export."))
            return super().form_valid(form)
        packed, count = io.BytesIO(), 0
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for row in rows:
                try:
                    data = chosen.write(document_of(row.translation))
                except FileError as error:  # only this article is left out
                    messages.error(self.request, f"{row.target}: {error}")
                    continue
                archive.writestr(file_name_of(row.translation, chosen), data)
                count += 1
        if not count:
            return super().form_valid(form)
        return attachment(packed.getvalue(), "translations.zip", "application/zip")


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    widget = SeveralFilesInput(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list) else [data]
        if len(files) > MAX_IMPORTED:
            raise forms.ValidationError(
                _("Choose at most %(limit)d files.") % {"limit": MAX_IMPORTED}
            )
        if sum(file.size for file in files if file) > MAX_IMPORTED_BYTES:
            raise forms.ValidationError(
                _("Choose files of at most %(size)d MB together.")
                % {"size": MAX_IMPORTED_BYTES // 1_000_000}
            )
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class ImportForm(forms.Form):
    documents = SeveralFilesField(label=gettext_lazy("Files"))
    take_matching = forms.BooleanField(
        label=gettext_lazy("Of files older than the original, take what still matches"),
        required=False,
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """A previewed file: its changes, or the reason why it is refused."""

    name: str
    plan: Plan | None = None
    error: str = ""
    line: int = 0


class ImportView(DeskPage, FormView):
    """The import page: nothing changes until the user accepts the preview."""

    page_title = gettext_lazy("Import translations")
    header_icon = "upload"
    template_name = "translation/exchange/import.html"
    form_class = ImportForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "accepted" in request.POST:
            return self._accept(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ImportForm) -> HttpResponse:
        looked = [
            self._look(file, take_matching=form.cleaned_data["take_matching"])
            for file in form.cleaned_data["documents"]
        ]
        wanted = {
            str(one.plan.translation.pk): wanted_of(one.plan)
            for one in looked
            if one.plan and one.plan.changed
        }
        return self.render_to_response(
            self.get_context_data(
                form=form,
                looked=looked,
                accepted=signing.dumps(wanted, salt=SALT, compress=True)
                if wanted
                else "",
            )
        )

    def _look(self, file: UploadedFile, *, take_matching: bool) -> Looked:
        name = file.name or ""
        try:
            refuse_large(file.size or 0, MAX_BYTES)
            document = read(name, file.read())
            found = plan(document, user=self.user, take_matching=take_matching)
        except FileError as error:
            return Looked(name, error=str(error), line=error.line)
        return Looked(name, plan=found)

    def _accept(self, request: HttpRequest) -> HttpResponse:
        try:
            wanted = signing.loads(
                request.POST["accepted"], salt=SALT, max_age=24 * 3600
            )
        except signing.BadSignature:
            messages.error(request, _("This page is too old: choose the files again."))
            return redirect(request.path)
        if "choosing" in request.POST:
            wanted = _chosen(wanted, request.POST.getlist("take"))
        translations = Translation.objects.filter(pk__in=wanted).order_by("pk")
        results = [
            accept(translation, wanted[str(translation.pk)], user=self.user)
            for translation in translations.select_related("source", "target_locale")
        ]
        for one in results:
            if one.count:
                source = one.translation.source.object_repr
                code = one.translation.target_locale.language_code
                record(IMPORT, self.user, file=f"{source} ({code})", count=one.count)
        self._say(sum(one.count for one in results))
        left = [one for one in results if one.refusal or one.conflicts]
        if not left:
            return redirect("translation_desk:index")
        again = {str(one.translation.pk): one.wanted for one in left if one.wanted}
        # A refused translation can be tried again while this page is open.
        again |= {
            str(one.translation.pk): wanted[str(one.translation.pk)]
            for one in left
            if one.refusal
        }
        return self.render_to_response(
            self.get_context_data(
                form=ImportForm(),
                left=left,
                has_choice=any(one.wanted for one in left),
                accepted=signing.dumps(again, salt=SALT, compress=True)
                if again
                else "",
            )
        )

    def _say(self, count: int) -> None:
        if not count:  # newer texts are kept, or the file has the same texts
            messages.warning(self.request, _("Nothing was changed."))
            return
        text = ngettext(
            "%(count)d segment has been changed.",
            "%(count)d segments have been changed.",
            count,
        )
        messages.success(self.request, text % {"count": count})


def _chosen(wanted: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """Return the part of *wanted* that was selected.

    A name is the primary key of a translation and the key of a segment, or "*" for all
    its segments.
    """
    return {
        translation: {
            key: one
            for key, one in texts.items()
            if {f"{translation}:{key}", f"{translation}:*"} & set(names)
        }
        for translation, texts in wanted.items()
    }


urlpatterns = [
    path("export/", ExportView.as_view(), name="export_chosen"),
    path("export/<int:translation>/<slug:name>/", export, name="export"),
    path("import/", ImportView.as_view(), name="import"),
]
