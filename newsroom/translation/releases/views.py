"""The pages on which editors plan releases and publish them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import UpdateView
from wagtail.admin import messages
from wagtail.models import Page

from newsroom.articles.models import ArticlePage
from newsroom.operations.admin_lists import PagedListView
from newsroom.translation.desk.access import may_assign, visible_to
from newsroom.translation.desk.pages import DeskPage
from newsroom.translation.models import Release, VersionState
from newsroom.translation.releases.forms import ReleaseForm
from newsroom.translation.releases.publishing import (
    NotReadyError,
    publish,
    versions,
)


class _ReleasePage(DeskPage):
    """For those who may publish something; what they publish is checked again."""

    header_icon = "date"

    def is_allowed(self, user: Any) -> bool:
        return may_assign(user)


def visible_releases(user: Any) -> QuerySet[Release]:
    shown = VersionState.objects.originals().filter(visible_to(user))
    return Release.objects.filter(
        translation_key__in=shown.values("translation_key")
    ).select_related("created_by")


class ReleaseListView(_ReleasePage, PagedListView):
    page_title = gettext_lazy("Releases")
    template_name = "translation/releases/release_list.html"

    def get_queryset(self) -> QuerySet[Release]:
        return visible_releases(self.user).prefetch_related("locales")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        keys = [release.translation_key for release in context["object_list"]]
        rows = VersionState.objects.filter(translation_key__in=keys)
        named = rows.values("translation_key").annotate(name=Min("headline"))
        names = {row["translation_key"]: row["name"] for row in named}
        for release in context["object_list"]:
            release.headline = names.get(release.translation_key, "")
        return context


class ReleaseView(_ReleasePage, UpdateView):
    """One release: what is ready, when it is published, and publishing it."""

    form_class = ReleaseForm
    template_name = "translation/releases/release.html"

    def get_queryset(self) -> QuerySet[Release]:
        return visible_releases(self.user)

    @cached_property
    def headline(self) -> str:
        key = self.object.translation_key
        row = VersionState.objects.originals().filter(translation_key=key).first()
        return row.headline if row else ""

    def get_page_title(self) -> str:
        return self.headline

    def pages_between(self) -> list[dict[str, Any]]:
        return [{"url": reverse("translation_desk:releases"), "label": _("Releases")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = versions(self.object) if self.object.is_open else []
        return super().get_context_data(**kwargs) | {
            "versions": found,
            "all_ready": all(version.is_ready for version in found),
            "may_change": may_change(self.user, self.object),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if not may_change(request.user, self.object):
            raise PermissionDenied
        if not self.object.is_open:
            messages.error(request, _("This release is over."))
            return redirect(request.path)
        if "cancel" in request.POST:
            self.object.state = Release.State.CANCELLED
            self.object.save(update_fields=["state"])
            return redirect("translation_desk:releases")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ReleaseForm) -> HttpResponse:
        release = form.save(commit=False)
        release.state, release.reason = Release.State.PLANNED, ""
        release.save()
        form.save_m2m()
        if "publish" in self.request.POST:
            self._publish(release)
        else:
            messages.success(self.request, _("The release has been saved."))
        return redirect(self.request.path)

    def _publish(self, release: Release) -> None:
        try:
            published = publish(release, user=self.user)
        except NotReadyError as error:
            messages.error(self.request, _("Nothing was published. ") + str(error))
            return
        messages.success(
            self.request,
            ngettext(
                "%(count)d version has been published.",
                "%(count)d versions have been published together.",
                len(published),
            )
            % {"count": len(published)},
        )


def new_release(request: HttpRequest, page: int) -> HttpResponse:
    """Plan the release of all versions of the article that *page* is one of, or go to
    the one that is planned already."""
    article = get_object_or_404(ArticlePage, pk=page)
    user: Any = request.user
    if not may_plan(user, article):
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
        release = Release.objects.create(translation_key=key, created_by=user)
        made = ArticlePage.objects.filter(translation_key=key)
        own = [page for page in made if page.permissions_for_user(user).can_publish()]
        release.locales.set([page.locale_id for page in own])
    return redirect("translation_desk:release", release.pk)


def may_change(user: Any, release: Release) -> bool:
    """Whether *user* may publish every version that *release* holds, or may hold."""
    pages = ArticlePage.objects.filter(translation_key=release.translation_key)
    chosen = pages.filter(locale__in=release.locales.all())
    return all(page.permissions_for_user(user).can_publish() for page in chosen)


def may_plan(user: Any, page: Page) -> bool:
    """Whether *user* may publish *page*; each version is asked for again."""
    return may_assign(user) and page.permissions_for_user(user).can_publish()


urlpatterns = [
    path("releases/", ReleaseListView.as_view(), name="releases"),
    path("releases/<int:pk>/", ReleaseView.as_view(), name="release"),
    path("releases/new/<int:page>/", new_release, name="new_release"),
]
