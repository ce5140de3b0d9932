"""Admin pages where editors write corrections and withdraw versions."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLResolver, include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DeleteView, FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button
from wagtail.log_actions import log
from wagtail.models import Page

from newsroom.access.users import AnyUser, User, account_of
from newsroom.articles.models import ArticlePage
from newsroom.corrections.forms import CorrectionForm, WithdrawalForm
from newsroom.corrections.models import Correction, PublishedVersion
from newsroom.corrections.permissions import may_correct, may_withdraw
from newsroom.corrections.reading import version_url
from newsroom.corrections.withdrawing import give_back, withdraw


class ArticleAdminPage(WagtailAdminTemplateMixin):
    """A page about one article, for users who may publish it."""

    header_icon = "edit"
    _show_breadcrumbs = True
    article: ArticlePage
    user: User

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user = account_of(request)
        self.article = get_object_or_404(ArticlePage, pk=kwargs["page"])
        if not self.is_allowed():
            raise PermissionDenied

    def is_allowed(self) -> bool:
        return may_correct(self.user, self.article)

    def get_page_subtitle(self) -> str:
        return str(self.article.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.article.pk])
        here = {
            "url": "",
            "label": self.get_page_title(),
            "sublabel": self.get_page_subtitle(),
        }
        between = [{"url": self.get_success_url(), "label": _("Corrections")}]
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            *(between if self.get_success_url() != self.request.path else []),
            here,
        ]

    def get_success_url(self) -> str:
        return reverse("corrections:article", args=[self.article.pk])


class CorrectionsView(ArticleAdminPage, TemplateView):
    """The corrections of an article and its published versions."""

    page_title = gettext_lazy("Corrections and versions")
    template_name = "corrections/admin/article.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        article = self.article
        versions = list(article.published_versions.light().reverse())
        for version in versions:
            version.url = version_url(article, version.number)
        return super().get_context_data(**kwargs) | {
            "article": article,
            "corrections": article.corrections.select_related("version").order_by(
                "-date", "-pk"
            ),
            "versions": versions,
            "may_withdraw": may_withdraw(self.user, article),
        }


class CorrectionEditView(ArticleAdminPage, FormView):
    """A form to add or change a correction."""

    form_class = CorrectionForm
    template_name = "corrections/admin/form.html"

    @cached_property
    def correction(self) -> Correction:
        if pk := self.kwargs.get("correction"):
            return get_object_or_404(self.article.corrections, pk=pk)
        return Correction(article=self.article, created_by=self.user)

    def get_page_title(self) -> str:
        is_new = self.correction.pk is None
        return _("Add a correction") if is_new else _("Change the correction")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "instance": self.correction,
            "article": self.article,
        }

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        action = "change" if form.instance.pk else "add"
        with transaction.atomic():
            correction = form.save()
            _log(action, correction, self.user)
        if correction.is_waiting:
            text = _("Saved. Readers see it when the article is published again.")
        else:
            text = _("Saved. Readers see it now.")
        messages.success(self.request, text)
        return redirect(self.get_success_url())


class CorrectionDeleteView(ArticleAdminPage, DeleteView):
    page_title = gettext_lazy("Delete the correction")
    template_name = "corrections/admin/delete.html"

    def get_object(self, queryset: Any = None) -> Correction:
        return get_object_or_404(self.article.corrections, pk=self.kwargs["correction"])

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            _log("delete", self.object, self.user)
            return super().form_valid(form)


class WithdrawView(ArticleAdminPage, FormView):
    """A form to withdraw an earlier version for legal reasons."""

    form_class = WithdrawalForm
    template_name = "corrections/admin/form.html"

    def is_allowed(self) -> bool:
        return may_withdraw(self.user, self.article)

    @cached_property
    def version(self) -> PublishedVersion:
        """The version in the URL, unless it is the current one.

        Readers see the current version as the article itself, which must be corrected
        or unpublished instead.
        """
        versions = self.article.published_versions.light()
        newest = versions.last()
        earlier = versions.exclude(pk=newest.pk if newest else None)
        return get_object_or_404(earlier, number=self.kwargs["number"])

    def get_page_title(self) -> str:
        return _("Withdraw version %(number)d") % {"number": self.version.number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "explanation": _(
                "Nobody will be able to read this version, or what changed in it. Its "
                "address answers that it was withdrawn. The log says who did it."
            ),
        }

    def form_valid(self, form: WithdrawalForm) -> HttpResponse:
        withdraw(self.version, user=self.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("The version has been withdrawn."))
        return redirect(self.get_success_url())


class GiveBackView(WithdrawView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        give_back(self.version, user=self.user)
        messages.success(request, _("Readers can see the version again."))
        return redirect(self.get_success_url())


def _log(action: str, correction: Correction, user: User) -> None:
    log(
        instance=correction.article,
        action=f"newsroom.correction.{action}",
        user=user,
        data={"text": correction.text},
    )


def page_buttons(
    page: Page, user: AnyUser, next_url: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """Yield the button in an article's menu, in the page editor and in listings."""
    if isinstance(page, ArticlePage) and page.pk and may_correct(user, page):
        yield Button(
            _("Corrections and versions"),
            reverse("corrections:article", args=[page.pk]),
            icon_name="edit",
            priority=65,
        )


def admin_urls() -> URLResolver:
    patterns = [
        path("", CorrectionsView.as_view(), name="article"),
        path("add/", CorrectionEditView.as_view(), name="add"),
        path("<int:correction>/", CorrectionEditView.as_view(), name="edit"),
        path("<int:correction>/delete/", CorrectionDeleteView.as_view(), name="delete"),
        path("withdraw/<int:number>/", WithdrawView.as_view(), name="withdraw"),
        path("give-back/<int:number>/", GiveBackView.as_view(), name="give_back"),
    ]
    return path("corrections/<int:page>/", include((patterns, "corrections")))
