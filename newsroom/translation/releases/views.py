"""Admin pages where editors plan and publish releases."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import UpdateView
from wagtail.admin import messages
from wagtail.log_actions import log

from newsroom.access.permissions import may_publish
from newsroom.access.users import AnyUser, User, account_of
from newsroom.admin.lists import PagedListView
from newsroom.articles.models import ArticlePage
from newsroom.translation.admin_pages import DeskPage
from newsroom.translation.models import Release, ReleaseLanguage, TranslationStatus
from newsroom.translation.notifications import notify_release
from newsroom.translation.permissions import (
    may_assign,
    may_change_release,
    may_plan_release,
    visible_to,
)
from newsroom.translation.releases.due import fail_again
from newsroom.translation.releases.forms import ReleaseForm
from newsroom.translation.releases.publishing import (
    NotReadyError,
    publish,
    versions,
)
from newsroom.translation.releases.selection import languages_of


class _ReleasePage(DeskPage):
    """A page for users who may publish something; each release has its own checks."""

    header_icon = "date"

    def is_allowed(self, user: AnyUser) -> bool:
        return may_assign(user)


def visible_releases(user: AnyUser) -> QuerySet[Release]:
    """Return the releases of articles that *user* sees on the desk."""
    shown = TranslationStatus.objects.originals().filter(visible_to(user))
    return Release.objects.filter(
        translation_key__in=shown.values("translation_key")
    ).select_related("created_by")


class ReleaseListView(_ReleasePage, PagedListView):
    page_title = gettext_lazy("Releases")
    template_name = "translation/releases/release_list.html"

    def get_queryset(self) -> QuerySet[Release]:
        return visible_releases(self.user).prefetch_related("languages__locale")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        keys = [release.translation_key for release in context["object_list"]]
        rows = TranslationStatus.objects.filter(translation_key__in=keys)
        named = rows.values("translation_key").annotate(name=Min("headline"))
        names = {row["translation_key"]: row["name"] for row in named}
        for release in context["object_list"]:
            release.headline = names.get(release.translation_key, "")
        return context


class ReleaseView(_ReleasePage, UpdateView):
    """One release: its versions and their readiness, the plan, and publication."""

    form_class = ReleaseForm
    template_name = "translation/releases/release.html"

    def get_queryset(self) -> QuerySet[Release]:
        return visible_releases(self.user)

    @cached_property
    def headline(self) -> str:
        key = self.object.translation_key
        row = TranslationStatus.objects.originals().filter(translation_key=key).first()
        return row.headline if row else ""

    def get_page_title(self) -> str:
        return self.headline

    def pages_between(self) -> list[dict[str, Any]]:
        return [{"url": reverse("translation_desk:releases"), "label": _("Releases")}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        languages = languages_of(self.object)
        found = versions(self.object) if self.object.is_open else []
        return super().get_context_data(**kwargs) | {
            "versions": [(one, languages.get(one.locale.pk)) for one in found],
            "languages": languages.values(),
            "may_change": may_change_release(self.user, self.object),
        }

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        # Lock the row: the worker or another user may be changing the release.
        self.object = Release.objects.select_for_update().get(pk=self.object.pk)
        if not may_change_release(request.user, self.object):
            raise PermissionDenied
        if not self.object.is_open:
            messages.error(request, _("This release is over."))
            return redirect(request.path)
        if "cancel" in request.POST:
            self.object.state = Release.State.CANCELLED
            self.object.save(update_fields=["state"])
            log_release("cancel", self.object, self.user)
            return redirect("translation_desk:releases")
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def get_object(self, queryset: Any = None) -> Release:
        known: Release | None = getattr(self, "object", None)
        return known or super().get_object(queryset)

    def form_valid(self, form: ReleaseForm) -> HttpResponse:
        had_failed = self.object.state == Release.State.FAILED
        with transaction.atomic():
            release = form.save()
            log_release("plan", release, self.user)
        if "publish" in self.request.POST:
            self._publish(release, had_failed=had_failed)
        else:
            messages.success(self.request, _("The release has been saved."))
        return redirect(self.request.path)

    def _publish(self, release: Release, *, had_failed: bool) -> None:
        try:
            published = publish(release, user=self.user)
        except NotReadyError as error:
            messages.error(self.request, _("Nothing was published. ") + str(error))
            if had_failed:  # the user has read the reason
                fail_again(release, str(error))
            return
        if published:
            messages.success(
                self.request,
                ngettext(
                    "%(count)d version has been published.",
                    "%(count)d versions have been published together.",
                    len(published),
                )
                % {"count": len(published)},
            )
        for language in languages_of(release).values():
            if language.outcome != ReleaseLanguage.Outcome.PUBLISHED:
                messages.warning(self.request, _described(language))
        if release.state != Release.State.PUBLISHED:
            notify_release(release, by=self.user)


def _described(language: ReleaseLanguage) -> str:
    name = language.locale.get_display_name()
    outcome = language.get_outcome_display()
    return " ".join([f"{name}: {outcome}.", *language.reasons_shown])


def new_release(request: HttpRequest, page: int) -> HttpResponse:
    """Create a release of all versions of an article, or redirect to the open one."""
    article = get_object_or_404(ArticlePage, pk=page)
    user = account_of(request)
    if not may_plan_release(user, article):
        raise PermissionDenied
    key = article.translation_key
    known = Release.objects.filter(translation_key=key, state=Release.State.PLANNED)
    release = known.first()
    if release is None and request.method != "POST":
        context = {
            "title": article.get_admin_display_title(),
            "question": _(
                "The language versions of this article will be published in one "
                "moment. You choose which, and when, on the next page."
            ),
            "label": _("Release together"),
        }
        return render(request, "translation/confirm.html", context)
    if release is None:
        made = ArticlePage.objects.filter(translation_key=key)
        own = [page.locale for page in made if may_publish(user, page)]
        with transaction.atomic():
            release = Release.objects.create(translation_key=key, created_by=user)
            release.locales.set(own, through_defaults={"chosen_by": user})
            log_release("plan", release, user)
    return redirect("translation_desk:release", release.pk)


def log_release(action: str, release: Release, user: User) -> None:
    """Log a planned or cancelled release in the history of each version."""
    codes = [one.locale.language_code for one in languages_of(release).values()]
    moment = release.publish_at.isoformat() if release.publish_at else None
    for page in ArticlePage.objects.filter(translation_key=release.translation_key):
        log(
            instance=page,
            action=f"newsroom.release.{action}",
            user=user,
            data={"release": release.pk, "languages": codes, "publish_at": moment},
        )


urlpatterns = [
    path("releases/", ReleaseListView.as_view(), name="releases"),
    path("releases/<int:pk>/", ReleaseView.as_view(), name="release"),
    path("releases/new/<int:page>/", new_release, name="new_release"),
]
