"""Base classes of the pages of the translation desk."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail_localize.models import Translation

from newsroom.access.users import AnyUser, User, account_of
from newsroom.articles.models import ArticlePage
from newsroom.translation.permissions import may_see_desk


class DeskPage(WagtailAdminTemplateMixin):
    """A page of the desk, for users who may see the desk."""

    header_icon = "globe"
    _show_breadcrumbs = True
    user: User

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user = account_of(request)
        if not self.is_allowed(self.user):
            raise PermissionDenied

    def is_allowed(self, user: AnyUser) -> bool:
        return may_see_desk(user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("translation_desk:index"), "label": _("Translation desk")},
            *self.pages_between(),
            {
                "url": "",
                "label": self.get_page_title(),
                "sublabel": self.get_page_subtitle(),
            },
        ]

    def pages_between(self) -> list[dict[str, Any]]:
        """Return the breadcrumbs between the desk and this page."""
        return []


class TranslationPage(DeskPage):
    """A page about one translation, for users who may edit its target."""

    translation: Translation
    page: ArticlePage

    def is_allowed(self, user: AnyUser) -> bool:
        translations = Translation.objects.select_related(
            "source__locale", "target_locale"
        )
        self.translation = get_object_or_404(
            translations, pk=self.kwargs["translation"]
        )
        self.page = get_object_or_404(
            ArticlePage,
            translation_key=self.translation.source.object_id,
            locale=self.translation.target_locale_id,
        )
        return bool(self.page.permissions_for_user(user).can_edit())
