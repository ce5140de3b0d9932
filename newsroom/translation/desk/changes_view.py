"""The changes in the original since it was translated, by segment."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail_localize.models import String, StringTranslation, Translation

from newsroom.access.permissions import may_publish
from newsroom.articles.word_diff import DiffPiece, word_diff
from newsroom.translation.admin_pages import TranslationPage
from newsroom.translation.changes import SegmentChange, shown_changes
from newsroom.translation.segments import locked_segments, save_segment
from newsroom.translation.status.review import is_editable
from newsroom.translation.synchronisation.labels import fact_changes
from newsroom.translation.synchronisation.source_snapshots import (
    effective,
    present_segments,
)


@dataclass(frozen=True, slots=True)
class ChangedSegment:
    """A change with its texts, which are empty if there are none.

    ``translation`` is the stored translation of the new text. ``typed`` is a submitted
    text that was not saved because of a conflict with it.
    """

    context: int
    string: int | None
    pieces: list[DiffPiece]
    old_translation: str
    translation: str
    typed: str = ""

    @property
    def key(self) -> str:
        return f"{self.context}-{self.string}"

    @property
    def is_removed(self) -> bool:
        return self.string is None


def changed_segments(translation: Translation) -> list[ChangedSegment]:
    """Return the changes since the publication of *translation*."""
    changes, _moved = _compared(translation)
    return _with_texts(translation, changes)


def _compared(translation: Translation) -> tuple[list[SegmentChange], int]:
    snapshot = effective(translation.snapshots.all())
    if snapshot is None:
        return [], 0
    return shown_changes(snapshot.segments, present_segments(translation.source_id))


def _with_texts(
    translation: Translation, changes: list[SegmentChange]
) -> list[ChangedSegment]:
    pks = {pk for c in changes for pk in (c.old, c.new) if pk}
    sources = dict(String.objects.filter(pk__in=pks).values_list("pk", "data"))
    stored = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        context__in={
            context
            for change in changes
            for context in (change.context, change.old_context or change.context)
        },
    )
    texts = {
        (context, string): text
        for context, string, text in stored.values_list(
            "context_id", "translation_of_id", "data"
        )
    }
    return [
        ChangedSegment(
            context=change.context,
            string=change.new,
            pieces=word_diff(
                sources.get(change.old or 0, ""), sources.get(change.new or 0, "")
            ),
            old_translation=texts.get(
                (change.old_context or change.context, change.old or 0), ""
            ),
            translation=texts.get((change.context, change.new or 0), ""),
        )
        for change in changes
    ]


class ChangesView(TranslationPage, TemplateView):
    """The page where each change is shown beside its old translation.

    The old translation can be edited into the new one, or accepted as it is.
    """

    template_name = "translation/changes.html"
    page_title = gettext_lazy("What changed")

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context; *typed* holds unsaved texts by segment key.

        Those texts were not saved because another user had saved a text.
        """
        typed: dict[str, str] = kwargs.pop("typed", {})
        changes, moved = _compared(self.translation)
        return super().get_context_data(**kwargs) | {
            "changes": [
                replace(change, typed=typed.get(change.key, ""))
                for change in _with_texts(self.translation, changes)
            ],
            "moved": moved,
            "facts": fact_changes(self.translation),
            "page": self.page,
            "translation": self.translation,
            "may_approve": may_publish(self.user, self.page),
            "source_language": self.translation.source.locale.language_code,
            "target_language": self.translation.target_locale.language_code,
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not is_editable(self.translation, self.page, self.user):
            messages.error(
                request,
                _("It is in review: until it comes back, only its editors change it."),
            )
            return redirect(request.path)
        change = self._posted_change(request.POST)
        if change is None or change.string is None:
            messages.error(
                request, _("The original has been changed again in the meantime.")
            )
            return redirect(request.path)
        is_accepted = "accept" in request.POST
        text = change.old_translation if is_accepted else request.POST.get("text", "")
        text = text.replace("\r\n", "\n").strip()
        if not strip_tags(text).strip():
            messages.error(request, _("The translation is empty."))
        elif self._save(change, text):
            messages.success(request, _("The segment's translation has been saved."))
        else:
            said = _("Someone else has saved a segment since: see both texts below.")
            messages.error(request, said)
            context = self.get_context_data(typed={change.key: text})
            return self.render_to_response(context)
        return redirect(request.path)

    def _save(self, change: ChangedSegment, text: str) -> bool:
        """Save *text*; return False if another user has saved a different text.

        The text that the form was shown with is posted as ``seen``.
        """
        posted = self.request.POST.get("seen")
        with locked_segments(self.translation) as segments:
            segment = segments.get(change.key)
            if segment is None:
                return False
            stored = segment.translation.strip()
            seen = stored if posted is None else posted.replace("\r\n", "\n").strip()
            if stored not in (seen, text):
                return False
            if segment.translation != text or segment.is_machine_made:
                save_segment(
                    self.translation,
                    segment.context,
                    segment.string,
                    text,
                    user=self.user,
                )
        return True

    def _posted_change(self, posted: Any) -> ChangedSegment | None:
        """Return the present state of the posted change; None if it is obsolete."""
        for change in changed_segments(self.translation):
            if not change.is_removed and change.key == posted.get("segment"):
                return change
        return None
