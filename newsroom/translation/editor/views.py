"""The segment page: an article side by side with its translation."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from newsroom.articles.models import ArticlePage
from newsroom.jobs.running import start
from newsroom.translation.desk.jobs import MACHINE
from newsroom.translation.editor.rows import SHOWN, Row, rows_of
from newsroom.translation.exchange.formats import formats
from newsroom.translation.machine.drafting import machine_name
from newsroom.translation.models import SegmentComment, VersionState
from newsroom.translation.review.actions import (
    RefusedError,
    approve,
    hand_in,
    may_approve,
    may_decide,
    send_back,
)
from newsroom.translation.review.standing import Standing, standing_of
from newsroom.translation.segments import SegmentText, save_segment
from newsroom.translation.states import counted_once

FILTERS = [
    ("all", gettext_lazy("All segments")),
    ("untranslated", gettext_lazy("Not translated")),
    ("machine", gettext_lazy("Made by a machine")),
    ("warnings", gettext_lazy("With warnings")),
    ("comments", gettext_lazy("With comments")),
]


class SegmentsView(WagtailAdminTemplateMixin, TemplateView):
    """For translators, and for the editors who read what they hand in."""

    template_name = "translation/editor/segments.html"
    header_icon = "globe"
    _show_breadcrumbs = True

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        translations = Translation.objects.select_related(
            "source__locale", "target_locale"
        )
        self.translation = get_object_or_404(translations, pk=kwargs["translation"])
        self.page = get_object_or_404(
            ArticlePage,
            translation_key=self.translation.source.object_id,
            locale=self.translation.target_locale_id,
        )
        self.user: Any = request.user
        if not self.page.permissions_for_user(self.user).can_edit():
            raise PermissionDenied
        self.standing = standing_of(self.page)
        self.decides = may_decide(self.page, self.user)
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_editable(self) -> bool:
        """What is in review is changed by those who decide on it alone; what has been
        stopped, in the page's own editor."""
        in_review = self.standing == Standing.IN_REVIEW
        return self.translation.enabled and (not in_review or self.decides)

    def get_page_title(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("translation_desk:index"), "label": _("Translation desk")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = kwargs.pop("rows", None) or rows_of(self.translation)
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
            "source_language": self.translation.source.locale.language_code,
            "target_language": self.translation.target_locale.language_code,
            "standing": self.standing,
            "is_editable": self.is_editable,
            "decides": self.decides,
            "may_approve": may_approve(self.page, self.user),
            "machine": machine_name(),
            "formats": formats().values(),
            "has_machine_made": any(row.segment.is_machine_made for row in rows),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        action, _sep, key = request.POST.get("action", "save").partition(":")
        rows = {row.segment.key: row for row in rows_of(self.translation)}
        conflicts = False
        if self.is_editable:
            conflicts = self._save(rows, use=key if action == "use" else "")
            if action == "accept" and key in rows and not conflicts:
                self._accept([rows[key].segment])
            elif action == "accept-all" and not conflicts:
                self._accept([row.segment for row in rows.values()])
        if action == "machine" and self.is_editable and not conflicts:
            return self._ask_machine()
        if action in ("comment", "resolve"):
            self._comment(rows, action, key)
        if conflicts:
            text = _("Someone else saved a segment meanwhile: see both texts below.")
            messages.error(request, text)
            return self.render_to_response(
                self.get_context_data(rows=list(rows.values()))
            )
        if action in ("hand-in", "approve", "send-back"):
            self._review(action)
        anchor = key.partition(":")[0]
        shown = request.GET.get("show", "all")
        query = f"?{urlencode({'show': shown})}" if shown != "all" else ""
        return redirect(request.path + query + (f"#s{anchor}" if anchor else ""))

    def _save(self, rows: dict[str, Row], *, use: str) -> bool:
        """Save every text that was changed; return whether one could not be, because
        another was saved meanwhile. What was written stays in its field."""
        saved = conflicts = 0
        used, _sep, number = use.partition(":")
        with transaction.atomic(), counted_once():
            for key, row in rows.items():
                text, seen = self._posted(key)
                if key == used and number.isdecimal():
                    text = _nth(row, int(number)) or text
                if text is None or text == seen:
                    continue
                if row.segment.translation not in (seen, text):
                    row.text, row.saved_meanwhile = text, row.segment.translation
                    conflicts += 1
                elif row.segment.translation != text:
                    self._store(row.segment, text)
                    saved += 1
        if saved:
            text = ngettext(
                "%(count)d segment has been saved.",
                "%(count)d segments have been saved.",
                saved,
            )
            messages.success(self.request, text % {"count": saved})
        return bool(conflicts)

    def _posted(self, key: str) -> tuple[str | None, str]:
        """What was written, and what stood there before; browsers send lines apart
        with two signs."""
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

    def _accept(self, segments: list[SegmentText]) -> None:
        """Take what a machine has made for one's own."""
        with transaction.atomic(), counted_once():
            for segment in segments:
                text, _seen = self._posted(segment.key)
                if segment.is_machine_made:
                    self._store(segment, text or segment.translation)

    def _ask_machine(self) -> HttpResponse:
        version = VersionState.objects.get(translation=self.translation)
        item = (version.headline, {"version": version.pk})
        job = start(MACHINE, user=self.user, items=[item])
        return redirect("jobs:job", job.pk)

    def _comment(self, rows: dict[str, Row], action: str, key: str) -> None:
        if action == "resolve":
            comments = SegmentComment.objects.filter(translation=self.translation)
            if key.isdecimal():
                comments.filter(pk=key).update(resolved_at=timezone.now())
            return
        text = self.request.POST.get(f"comment-{key}", "").strip()
        if key in rows and text:
            SegmentComment.objects.create(
                translation=self.translation,
                context_id=rows[key].segment.context,
                string_id=rows[key].segment.string,
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
        except RefusedError as error:
            messages.error(self.request, str(error))


def _nth(row: Row, number: int) -> str | None:
    found = row.suggestions[number : number + 1]
    return found[0].text if found else None


def segments_of_page(request: HttpRequest, page: int) -> HttpResponse:
    """Lead from a page to the segments of its translation."""
    target = get_object_or_404(Page, pk=page)
    translation = get_object_or_404(
        Translation,
        source__object_id=target.translation_key,
        target_locale=target.locale_id,
    )
    return redirect("translation_desk:segments", translation.pk)


urlpatterns = [
    path("translation/<int:translation>/", SegmentsView.as_view(), name="segments"),
    path("translation/of/<int:page>/", segments_of_page, name="segments_of_page"),
]
