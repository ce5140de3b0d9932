"""The segment page: an article side by side with its translation."""

from collections.abc import Container, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail_localize.models import StringTranslation

from newsroom.access.accounts import display_name
from newsroom.access.permissions import may_publish
from newsroom.translation.admin_pages import TranslationPage
from newsroom.translation.desk.jobs import MACHINE
from newsroom.translation.editor.rows import SHOWN, rows_of
from newsroom.translation.exchange.formats import formats
from newsroom.translation.machine.drafting import machine_name
from newsroom.translation.machine.reading import accept_unread, unread_drafts
from newsroom.translation.manual_edits.guard import undecided
from newsroom.translation.models import SegmentComment, TranslationStatus
from newsroom.translation.permissions import may_decide
from newsroom.translation.review.actions import (
    ReviewRefusedError,
    approve,
    hand_in,
    send_back,
)
from newsroom.translation.segments import (
    SegmentText,
    locked_segments,
    save_segment,
    segments_of,
)
from newsroom.translation.status.review import (
    ReviewStatus,
    is_editable,
    review_status_of,
    sent_back_with,
)
from newsroom.translation.synchronisation.labels import fact_changes
from newsroom.web.primary_keys import pks_in
from newsroom.worker.running import start

FILTERS = [
    ("all", gettext_lazy("All segments")),
    ("untranslated", gettext_lazy("Not translated")),
    ("machine", gettext_lazy("Made by a machine")),
    ("unfinished", gettext_lazy("Unfinished")),
    ("warnings", gettext_lazy("With warnings")),
    ("comments", gettext_lazy("With comments")),
]


class SegmentsView(TranslationPage, TemplateView):
    """The page for translators, and for the editors who review their translations."""

    template_name = "translation/editor/segments.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.review_status = review_status_of(self.page)
        self.decides = may_decide(self.page, self.user)
        self.is_editable = is_editable(self.translation, self.page, self.user)

    def get_page_title(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context; *conflicts* holds unsaved texts by segment key.

        Another user has saved those segments: the unsaved texts stay in their fields,
        beside the saved ones.
        """
        conflicts: Mapping[str, str] = kwargs.pop("conflicts", {})
        rows = rows_of(self.translation)
        for row in rows:
            if row.segment.key in conflicts:
                row.text = conflicts[row.segment.key]
                row.saved_meanwhile = row.segment.translation
        shown = self.request.GET.get("show", "all")
        chosen = SHOWN.get(shown, SHOWN["all"])
        done = sum(row.segment.is_translated for row in rows)
        return super().get_context_data(**kwargs) | {
            "rows": [row for row in rows if chosen(row) or row.saved_meanwhile],
            "with_findings": [row for row in rows if row.has_warnings],
            "done": done,
            "total": len(rows),
            "filters": FILTERS,
            "shown": shown,
            "page": self.page,
            "translation": self.translation,
            "languages": {
                "source": self.translation.source.locale.language_code,
                "target": self.translation.target_locale.language_code,
            },
            "review_status": self.review_status,
            "sent_back": self._sent_back(),
            "is_editable": self.is_editable,
            "decides": self.decides,
            "may_approve": may_publish(self.user, self.page),
            "machine": machine_name(),
            "formats": formats().values(),
            "undecided": undecided(self.page),
            "facts": fact_changes(self.translation),
            "has_machine_made": any(row.segment.is_machine_made for row in rows),
        }

    def _sent_back(self) -> dict[str, Any] | None:
        """Return who sent the translation back, when, and with which comment."""
        if self.review_status != ReviewStatus.SENT_BACK or not (
            decision := sent_back_with(self.page)
        ):
            return None
        return {
            "by": display_name(decision.finished_by),
            "at": decision.finished_at,
            "comment": decision.comment,
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        action, _sep, key = request.POST.get("action", "save").partition(":")
        segments = {segment.key: segment for segment in segments_of(self.translation)}
        conflicts: dict[str, str] = {}
        if self.is_editable:
            conflicts = self._save(self._suggested(action, key))
            if not conflicts and action == "accept":
                self._accept({key})
            elif not conflicts and action == "accept-all":
                if (asked := self._accept_all()) is not None:
                    return asked
            elif not conflicts and action == "machine":
                return self._ask_machine()
        elif self._has_typed(segments):
            messages.error(request, self._not_editable())
        if action in ("comment", "resolve"):
            self._comment(segments, action, key)
        if conflicts:
            text = _("Someone else has saved a segment since: see both texts below.")
            messages.error(request, text)
            context = self.get_context_data(conflicts=conflicts)
            return self.render_to_response(context)
        if action in ("hand-in", "approve", "send-back"):
            self._review(action)
        anchor = key.partition(":")[0]
        shown = request.GET.get("show", "all")
        query = f"?{urlencode({'show': shown})}" if shown != "all" else ""
        return redirect(request.path + query + (f"#s{anchor}" if anchor else ""))

    def _has_typed(self, segments: Mapping[str, SegmentText]) -> bool:
        """Return whether the form has changed texts, in a translation not editable now.

        The translation was submitted or stopped after the page was shown.
        """
        posted = (self._posted(key) for key in segments)
        return any(text is not None and text != seen for text, seen in posted)

    def _not_editable(self) -> str:
        if not self.translation.enabled:
            return _(
                "This translation has been stopped: it is edited like any other page."
            )
        return _("It is in review: until it comes back, only its editors change it.")

    def _suggested(self, action: str, key: str) -> dict[str, str]:
        """Return the memory suggestion chosen with a button, by segment key."""
        key, _sep, number = key.partition(":")
        if action != "use" or not pks_in([number]):
            return {}
        rows = {row.segment.key: row for row in rows_of(self.translation)}
        found = rows[key].suggestions if key in rows else []
        return {key: found[int(number)].text} if int(number) < len(found) else {}

    def _save(self, suggested: Mapping[str, str]) -> dict[str, str]:
        """Save all changed texts; return those that conflict with a newer text."""
        saved, conflicts = 0, {}
        with locked_segments(self.translation) as segments:
            for key, segment in segments.items():
                text, seen = self._posted(key)
                text = suggested.get(key, text)
                if text is None or text == seen:
                    continue
                if segment.translation not in (seen, text):
                    conflicts[key] = text
                elif segment.translation != text:
                    self._store(segment, text)
                    saved += 1
        if saved:
            said = ngettext(
                "%(count)d segment has been saved.",
                "%(count)d segments have been saved.",
                saved,
            )
            messages.success(self.request, said % {"count": saved})
        return conflicts

    def _posted(self, key: str) -> tuple[str | None, str]:
        """Return the posted text, and the text that the form was shown with.

        Browsers submit CRLF line endings; they are converted to LF.
        """
        text = self.request.POST.get(f"text-{key}")
        seen = self.request.POST.get(f"seen-{key}", "")
        if text is None:
            return None, ""
        return text.replace("\r\n", "\n").strip(), seen.replace("\r\n", "\n").strip()

    def _store(self, segment: SegmentText, text: str) -> None:
        if strip_tags(text).strip():
            save_segment(
                self.translation,
                segment.context,
                segment.string,
                text,
                user=self.user,
            )
            return
        texts = StringTranslation.objects.filter(
            locale=self.translation.target_locale,
            context=segment.context,
            translation_of=segment.string,
        )
        for stored in texts:
            stored.delete()

    def _accept(self, keys: Container[str]) -> None:
        """Accept machine-made or unfinished segments with the posted or stored text."""
        with locked_segments(self.translation) as segments:
            for key, segment in segments.items():
                text, _seen = self._posted(key)
                if key in keys and (segment.is_machine_made or segment.is_unfinished):
                    self._store(segment, text or segment.translation)

    def _accept_all(self) -> HttpResponse | None:
        """Accept all unread drafts, or return the confirmation page.

        The confirmation is valid only for the present number of unread drafts. Returns
        None if there is nothing to confirm or after acceptance.
        """
        count = len(unread_drafts(self.translation))
        if not count:
            return None
        if self.request.POST.get("confirmed") != str(count):
            return render(
                self.request,
                "translation/editor/accept_all.html",
                {
                    "title": self.get_page_title(),
                    "label": _("Accept all drafts"),
                    "count": count,
                    "address": self.request.get_full_path(),
                },
            )
        accept_unread(self.translation, self.page, user=self.user)
        text = ngettext(
            "%(count)d unread segment has been accepted.",
            "%(count)d unread segments have been accepted.",
            count,
        )
        messages.success(self.request, text % {"count": count})
        return None

    def _ask_machine(self) -> HttpResponse:
        version = TranslationStatus.objects.get(translation=self.translation)
        item = (version.headline, {"version": version.pk})
        job = start(MACHINE, user=self.user, items=[item])
        return redirect("jobs:job", job.pk)

    def _comment(
        self, segments: Mapping[str, SegmentText], action: str, key: str
    ) -> None:
        if action == "resolve":
            comments = SegmentComment.objects.filter(translation=self.translation)
            comments.filter(pk__in=pks_in([key])).update(resolved_at=timezone.now())
            return
        text = self.request.POST.get(f"comment-{key}", "").strip()
        if key in segments and text:
            SegmentComment.objects.create(
                translation=self.translation,
                context_id=segments[key].context,
                string_id=segments[key].string,
                author=self.user,
                text=text,
            )

    def _review(self, action: str) -> None:
        comment = self.request.POST.get("review-comment", "").strip()
        try:
            if action == "hand-in":
                hand_in(self.translation, user=self.user)
                messages.success(self.request, _("It has been handed in."))
            elif action == "approve":
                approve(self.translation, user=self.user, comment=comment)
                messages.success(self.request, _("It has been approved."))
            else:
                send_back(self.translation, user=self.user, comment=comment)
                messages.success(self.request, _("It has been sent back."))
        except ReviewRefusedError as error:
            messages.error(self.request, str(error))


urlpatterns = [
    path("translation/<int:translation>/", SegmentsView.as_view(), name="segments"),
]
