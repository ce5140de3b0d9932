"""The page that closes the account of a member who leaves."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from newsroom.access.accounts import display_name
from newsroom.access.users import User, account_of
from newsroom.accounts.closing.closing import (
    ClosingRefusedError,
    close_account,
    has_history,
    work_of,
)
from newsroom.accounts.permissions import may_close

# Titles listed of each kind of work; the others are counted.
LISTED = 20
Account = get_user_model()


class ColleagueField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{display_name(obj)} ({obj.get_username()})"


class CloseForm(forms.Form):
    colleague = ColleagueField(
        Account.objects.none(),
        label=gettext_lazy("Colleague who takes over"),
        required=False,
    )

    def __init__(self, *args: Any, leaving: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        works = Q(is_superuser=True)
        for held in ("groups__permissions", "user_permissions"):
            works |= Q(**{f"{held}__codename": "access_admin"})
        colleagues = Account.objects.filter(works, is_active=True)
        self.fields["colleague"].queryset = (  # type: ignore[attr-defined]
            colleagues.exclude(pk=leaving.pk).distinct().order_by("username")
        )


class CloseAccountView(WagtailAdminTemplateMixin, FormView):
    page_title = gettext_lazy("Close account")
    header_icon = "user"
    template_name = "accounts/close.html"
    form_class = CloseForm
    _show_breadcrumbs = True

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.account: User = get_object_or_404(Account, pk=kwargs["pk"])
        if not may_close(request.user, self.account):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return display_name(self.account)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailusers_users:index"), "label": _("Users")},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"leaving": self.account}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        works = work_of(self.account)
        return super().get_context_data(**kwargs) | {
            "account": self.account,
            "works": [
                {
                    "label": work.kind.label,
                    "count": len(work.items),
                    "titles": work.titles[:LISTED],
                    "more": max(0, len(work.items) - LISTED),
                }
                for work in works
            ],
        }

    def form_valid(self, form: CloseForm) -> HttpResponse:
        try:
            close_account(
                self.account,
                colleague=form.cleaned_data["colleague"],
                by=account_of(self.request),
            )
        except ClosingRefusedError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        text = _("The account of %(name)s is closed.")
        messages.success(self.request, text % {"name": display_name(self.account)})
        return redirect("wagtailusers_users:index")


def close_instead_of_deleting(request: HttpRequest, user: User) -> HttpResponse | None:
    """Redirect from the deletion of an account with a history to its closing."""
    if not has_history(user):
        return None
    messages.error(request, _("This account has a history: close it instead."))
    if may_close(request.user, user):
        return redirect("accounts:close", user.pk)
    return redirect("wagtailusers_users:index")


def refuse_bulk_deletion(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Refuse to delete accounts with a history in bulk; nothing is deleted then."""
    if action_type != "delete" or action.model is not Account:
        return None
    kept = [display_name(user) for user in objects if has_history(user)]
    if not kept:
        return None
    text = _("These accounts have a history, close them one by one: %(names)s")
    messages.error(request, text % {"names": ", ".join(kept)})
    return redirect("wagtailusers_users:index")
