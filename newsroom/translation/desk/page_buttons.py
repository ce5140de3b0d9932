"""Buttons in the page editor for articles with language versions."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page

from newsroom.access.users import AnyUser
from newsroom.articles.models import ArticlePage
from newsroom.translation.permissions import may_edit, may_plan_release
from newsroom.translation.sources import refresh_source_from_draft, source_of


def page_header_buttons(
    page: Page, user: AnyUser, next_url: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """Yield the buttons in the header menu of an article's admin page."""
    if not isinstance(page, ArticlePage) or not page.pk:
        return
    if may_plan_release(user, page):
        yield Button(
            _("Release together"),
            reverse("translation_desk:new_release", args=[page.pk]),
            icon_name="date",
            priority=70,
        )
    if page.has_unpublished_changes and may_edit(user, page) and source_of(page):
        yield Button(
            _("Give this draft to translators"),
            reverse("translation_desk:give_draft", args=[page.pk]),
            icon_name="globe",
            priority=71,
        )


def give_draft(request: HttpRequest, page: int) -> HttpResponse:
    """Update the translation source from the latest draft, before its publication."""
    article = get_object_or_404(ArticlePage, pk=page)
    if not may_edit(request.user, article):
        raise PermissionDenied
    if request.method != "POST":
        context = {
            "title": article.get_admin_display_title(),
            "question": _(
                "Translators will work from the latest draft of this article. What "
                "is published does not change."
            ),
            "label": _("Give this draft to translators"),
        }
        return render(request, "translation/confirm.html", context)
    if refresh_source_from_draft(article):
        messages.success(request, _("Translators now have the latest draft."))
    else:
        messages.warning(request, _("Nobody translates this article yet."))
    return redirect("wagtailadmin_pages:edit", article.pk)


urlpatterns = [path("draft/<int:page>/", give_draft, name="give_draft")]
