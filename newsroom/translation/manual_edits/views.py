"""The page of manual edits: each beside the original and the stored translation."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail_localize.models import Translation

from newsroom.articles.word_diff import TAG, DiffPiece, word_diff
from newsroom.translation.admin_pages import TranslationPage
from newsroom.translation.checks import Finding, check_segment
from newsroom.translation.field_labels import label_of
from newsroom.translation.manual_edits.contents import BODY, normal
from newsroom.translation.manual_edits.decisions import (
    EditPlacement,
    accept,
    choices,
    contradicting,
    drop,
)
from newsroom.translation.models import ManualEdit
from newsroom.translation.status.review import is_editable

Kind = ManualEdit.Kind
DECIDED_SHOWN = 100  # more than the segments of an article

# The effect of publication on edits that belong to no segment.
CONSEQUENCES = {
    Kind.TEXT: gettext_lazy(
        "The original has been changed here since: there is no segment left for this "
        "text. It leaves the page when the translation is published."
    ),
    Kind.LINK: gettext_lazy(
        "Links lead where those of the original lead: the translation has the "
        "original's when it is published."
    ),
    Kind.ADDED: gettext_lazy(
        "This is not in the original: it leaves the page when the translation is "
        "published."
    ),
    Kind.REMOVED: gettext_lazy(
        "This is in the original: it comes back when the translation is published."
    ),
    Kind.CHANGED: gettext_lazy(
        "This follows the original: the page has the original's when the translation "
        "is published."
    ),
    Kind.MOVED: gettext_lazy(
        "The order is that of the original: it is restored when the translation is "
        "published."
    ),
    Kind.GONE: gettext_lazy(
        "The original no longer has this text: it leaves the page when the translation "
        "is published."
    ),
}


@dataclass(frozen=True, slots=True)
class EditRow:
    """A manual edit in the list.

    ``seen`` is the stored translation, for the detection of conflicting saves.
    ``pieces`` are the differences between the edited text and the stored translation
    or, if there is none, the text before the edit.
    """

    choice: EditPlacement
    label: str
    pieces: list[DiffPiece]
    seen: str
    only_marks: bool
    findings: list[Finding]
    consequence: str | Promise

    @property
    def can_be_accepted(self) -> bool:
        return self.choice.segment is not None


def rows_of(translation: Translation) -> list[EditRow]:
    return [_row(choice, translation) for choice in choices(translation)]


def _row(choice: EditPlacement, translation: Translation) -> EditRow:
    edit, segment = choice.edit, choice.segment
    stored = segment.translation if segment else ""
    old = normal(stored) or edit.before
    findings = []
    if segment:
        findings = check_segment(
            segment.source,
            edit.text,
            source_language=translation.source.locale.language_code,
            target_language=translation.target_locale.language_code,
            path=segment.path,
        )
    return EditRow(
        choice=choice,
        label=_label(edit),
        pieces=word_diff(old, edit.text),
        seen=stored,
        only_marks=old != edit.text and TAG.sub("", old) == TAG.sub("", edit.text),
        findings=findings,
        consequence=CONSEQUENCES[Kind(edit.kind)],
    )


def _label(edit: ManualEdit) -> str:
    if edit.field_path == BODY:
        return _("Order of the blocks")
    return " · ".join(map(str, label_of(edit.field_path))) or edit.field_path


class ManualEditsView(TranslationPage, TemplateView):
    """The page where editors of a translation accept or drop manual edits."""

    template_name = "translation/handmade.html"
    page_title = gettext_lazy("Edits made by hand")

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = rows_of(self.translation)
        decided = ManualEdit.objects.filter(
            translation=self.translation, decided_at__isnull=False
        ).select_related("decided_by")
        return super().get_context_data(**kwargs) | {
            "texts": [row for row in rows if row.can_be_accepted],
            "others": [row for row in rows if not row.can_be_accepted],
            "revisions": self._revisions(rows),
            "decided": [
                (edit, _label(edit))
                for edit in decided.order_by("-decided_at", "-pk")[:DECIDED_SHOWN]
            ],
            "page": self.page,
            "translation": self.translation,
            "source_language": self.translation.source.locale.language_code,
            "target_language": self.translation.target_locale.language_code,
            "is_editable": is_editable(self.translation, self.page, self.user),
        }

    def _revisions(self, rows: list[EditRow]) -> list[tuple[int, int | None]]:
        """Return (edited revision, its base revision) for each edited revision."""
        edits = [row.choice.edit for row in rows]
        found = {e.revision_id: e.base_id for e in edits if e.revision_id}
        return list(found.items())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not is_editable(self.translation, self.page, self.user):
            messages.error(request, self._refusal())
            return redirect(request.path)
        action, _sep, key = request.POST.get("action", "").partition(":")
        rows = [
            row
            for row in rows_of(self.translation)
            if not key or str(row.choice.edit.pk) == key
        ]
        if action == "accept":
            self._accept([row for row in rows if row.can_be_accepted])
        elif action == "drop":
            # Either all edits of texts, or all others: nothing that the user has not
            # seen.
            wanted = request.POST.get("kind", "text") == "text"
            self._drop([r for r in rows if key or r.can_be_accepted == wanted])
        return redirect(request.path)

    def _refusal(self) -> str:
        if not self.translation.enabled:
            return _(
                "This translation has been stopped: it is edited like any other page."
            )
        return _("It is in review: until it comes back, only its editors change it.")

    def _accept(self, rows: list[EditRow]) -> None:
        fresh = [row for row in rows if self._has_seen(row)]
        if len(fresh) < len(rows):
            text = _("Someone else has saved a segment since: check it again.")
            messages.error(self.request, text)
        if contradictions := contradicting(row.choice for row in fresh):
            fresh = [r for r in fresh if r.choice.edit.pk not in contradictions]
            text = _(
                "A repeated text was edited in different ways: accept one of them."
            )
            messages.error(self.request, text)
        broken = accept(self.translation, [row.choice for row in fresh], user=self.user)
        if fresh:
            said = ngettext(
                "%(count)d edit has been accepted.",
                "%(count)d edits have been accepted.",
                len(fresh),
            )
            messages.success(self.request, said % {"count": len(fresh)})
        for edit in broken:
            text = _(
                "%(label)s: the marks or links of the original are broken. It is "
                "saved, but readers do not see it before it is corrected on the page "
                "of segments."
            )
            messages.warning(self.request, text % {"label": _label(edit)})

    def _has_seen(self, row: EditRow) -> bool:
        posted = self.request.POST.get(f"seen-{row.choice.edit.pk}", "")
        return posted.replace("\r\n", "\n").strip() == row.seen.strip()

    def _drop(self, rows: list[EditRow]) -> None:
        count = drop([row.choice for row in rows], user=self.user)
        if count:
            said = ngettext(
                "%(count)d edit has been dropped. It stays in the page's history.",
                "%(count)d edits have been dropped. They stay in the page's history.",
                count,
            )
            messages.success(self.request, said % {"count": count})


urlpatterns = [
    path("handmade/<int:translation>/", ManualEditsView.as_view(), name="manual_edits"),
]
