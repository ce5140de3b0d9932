"""Lists of sessions with buttons that end them: of oneself, and of another user."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from newsroom.access.accounts import display_name
from newsroom.access.users import User, account_of
from newsroom.accounts.models import UserSession
from newsroom.accounts.permissions import may_manage
from newsroom.accounts.sessions.browsers import browser_name
from newsroom.accounts.sessions.ending import (
    end_session,
    end_sessions,
    living_sessions,
)


class SessionsView(WagtailAdminTemplateMixin, TemplateView):
    """The sessions of the user who asks. POST ends one (``end``) or all others."""

    template_name = "accounts/sessions.html"
    page_title = gettext_lazy("Sessions")
    header_icon = "desktop"
    _show_breadcrumbs = True

    owner: User

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.owner = self.get_owner()
        return super().dispatch(request, *args, **kwargs)

    def get_owner(self) -> User:
        return account_of(self.request)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailadmin_account"), "label": _("Account")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        current = self.request.session.session_key
        sessions = [
            {
                "row": row,
                "browser": browser_name(row.agent),
                "is_this": row.session_key == current,
            }
            for row in living_sessions(self.owner)
        ]
        return super().get_context_data(**kwargs) | {
            "owner": self.owner,
            "is_own": self.owner == self.request.user,
            "sessions": sessions,
            "has_others": any(not one["is_this"] for one in sessions),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        current = request.session.session_key
        if "all" in request.POST:
            count = end_sessions(self.owner, except_key=current)
        else:
            rows = UserSession.objects.filter(user=self.owner)
            row = rows.filter(pk=_number(request.POST.get("end", ""))).first()
            count = 0
            if row is not None and row.session_key != current:
                end_session(row)
                count = 1
        text = ngettext(
            "%(count)d session has been ended.",
            "%(count)d sessions have been ended.",
            count,
        )
        messages.success(request, text % {"count": count})
        return redirect(request.path)


class UserSessionsView(SessionsView):
    """The sessions of another user, for those who may change users."""

    def get_owner(self) -> User:
        owner: User = get_object_or_404(get_user_model(), pk=self.kwargs["pk"])
        if not may_manage(self.request.user, owner):
            raise PermissionDenied
        return owner

    def get_page_subtitle(self) -> str:
        return display_name(self.owner)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailusers_users:index"), "label": _("Users")},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]


def _number(text: str) -> int:
    """Return *text* as the key of a row; 0, which no row has, if it cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
