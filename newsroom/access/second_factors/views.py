"""The second step of sign-in, and the confirmation before a change of factors."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from newsroom.access.second_factors.addresses import next_url, with_next
from newsroom.access.second_factors.codes import recovery_codes_left
from newsroom.access.second_factors.factors import (
    authenticator_of,
    has_factor,
    passkeys_of,
)
from newsroom.access.second_factors.forms import CodeForm, ConfirmationForm
from newsroom.access.second_factors.pages import FactorPage
from newsroom.access.second_factors.sessions import (
    complete_sign_in,
    confirm,
    waiting_user,
)
from newsroom.access.users import User


def _has_codes(user: User) -> bool:
    return authenticator_of(user) is not None or recovery_codes_left(user) > 0


class SecondStepPage(FactorPage):
    """Ask a user whose password was right for the second factor."""

    template_name = "access/second_factors/second_step.html"

    def find_user(self) -> User | None:
        return waiting_user(self.request)

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect(next_url(request))
        user = self.find_user()
        if user is not None and not has_factor(user):
            return redirect(with_next("set_up", next_url(request)))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(CodeForm(request, self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request, self.user, request.POST)
        if not form.is_valid():
            return self._show(form)
        target = next_url(request)
        complete_sign_in(request, form.device, used=True)
        return redirect(target)

    def _show(self, form: CodeForm) -> HttpResponse:
        return self.show(
            form=form,
            has_passkeys=passkeys_of(self.user).exists(),
            has_codes=_has_codes(self.user),
        )


class ConfirmPage(FactorPage):
    """Ask a user who is signed in for the password or a factor, before a change."""

    template_name = "access/second_factors/confirm.html"

    def find_user(self) -> User | None:
        return super().find_user() if self.request.user.is_authenticated else None

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(self._form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form)
        confirm(request)
        return redirect(next_url(request, "wagtailadmin_account"))

    def _form(self, data: Any = None) -> ConfirmationForm:
        return ConfirmationForm(self.request, self.user, _has_codes(self.user), data)

    def _show(self, form: ConfirmationForm) -> HttpResponse:
        return self.show(form=form, has_passkeys=passkeys_of(self.user).exists())


@never_cache
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Sign out a session that is half signed in, to sign in as somebody else."""
    logout(request)
    return redirect("wagtailadmin_login")
