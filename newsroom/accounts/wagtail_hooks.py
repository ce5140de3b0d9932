"""Registration of the pages about accounts in the admin, and of audit entries."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from newsroom.access import audit
from newsroom.access.audit import record, register_log_actions
from newsroom.access.delegation import assignable_groups, unmanageable
from newsroom.access.permissions import may_audit
from newsroom.access.users import User
from newsroom.accounts.admin_urls import urlpatterns
from newsroom.accounts.closing.views import (
    close_instead_of_deleting,
    refuse_bulk_deletion,
)
from newsroom.accounts.permissions import may_close, may_manage

AFTER_SITE_HISTORY = 1010

hooks.register("register_log_actions", register_log_actions)
hooks.register("before_delete_user", close_instead_of_deleting)
hooks.register("before_bulk_action", refuse_bulk_deletion)


@hooks.register("register_admin_urls")
def register_account_urls() -> list[URLResolver]:
    return [path("accounts/", include((urlpatterns, "accounts")))]


class AuditMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_audit(request.user)


@hooks.register("register_reports_menu_item")
def register_audit_menu_item() -> MenuItem:
    return AuditMenuItem(
        _("Audit"),
        reverse("accounts:audit"),
        name="audit",
        icon_name="key",
        order=AFTER_SITE_HISTORY,
    )


@hooks.register("before_bulk_action")
def delegate_accounts(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Refuse a bulk action on accounts that exceeds the user's own permissions."""
    if action.model is not get_user_model():
        return
    if unmanageable(request.user, objects):
        raise PermissionDenied
    role = action.cleaned_form.cleaned_data.get("role")
    if role is not None and role.pk not in assignable_groups(request.user):
        raise PermissionDenied


@hooks.register("after_bulk_action")
def record_bulk_activation(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Record accounts that Wagtail activates or deactivates without signals."""
    if action_type != "set_active_state" or action.model is not get_user_model():
        return
    new = action.cleaned_form.cleaned_data["mark_as_active"]
    for user in objects:
        if user.is_active != new and user.pk != request.user.pk:
            record(audit.ACTIVE_CHANGE, user, old=user.is_active, new=new)


@hooks.register("register_account_menu_item")
def register_sessions_menu_item(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("accounts:sessions"),
        "label": _("Sessions"),
        "help_text": _("See where you are signed in, and sign out there."),
    }


@hooks.register("register_user_listing_buttons")
def register_user_buttons(user: User, request_user: User) -> list[Button]:
    if not may_manage(request_user, user):
        return []
    sessions = reverse("accounts:user_sessions", args=[user.pk])
    buttons = [Button(_("Sessions"), sessions, icon_name="desktop", priority=40)]
    if may_close(request_user, user) and user.is_active:
        close = reverse("accounts:close", args=[user.pk])
        buttons.append(Button(_("Close account"), close, icon_name="user", priority=50))
    return buttons
