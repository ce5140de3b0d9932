"""Counting of failures where a password is asked for without signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import PasswordChangeForm

from newsroom.access.current_request import current_request
from newsroom.accounts.lockout.handler import NO_ACCOUNT
from newsroom.accounts.lockout.views import locked_out


class CountedPasswordChangeForm(PasswordChangeForm):
    """The form of the account page: a wrong old password is a failed sign-in."""

    def clean_old_password(self) -> str:
        request: Any = current_request()
        credentials = {get_user_model().USERNAME_FIELD: self.user.get_username()}
        if request and not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out, request.axes_credentials = True, credentials
            raise ValidationError(_("Too many wrong passwords: try again later."))
        try:
            return super().clean_old_password()
        except ValidationError:
            fail(request, credentials)
            raise


def counted(view: Callable[..., HttpResponse], key: str) -> Callable[..., HttpResponse]:
    """Return *view*, a form for the password of a page or collection, with a limit.

    *key* is the URL parameter that identifies whose password it is. The view redirects
    after the right password.
    """

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"{NO_ACCOUNT}{view.__module__.split('.')[1]} {kwargs[key]}"
        credentials = {get_user_model().USERNAME_FIELD: name}
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if not AxesProxyHandler.is_allowed(request, credentials):
            return locked_out(request, None, credentials)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            fail(request, credentials)
        return response

    return limited


def fail(request: Any, credentials: dict[str, Any]) -> None:
    """Count a failure, once per request: Wagtail validates a form several times."""
    if request is not None and not getattr(request, "failure_is_counted", False):
        request.failure_is_counted = True
        user_login_failed.send(
            sender=__name__, credentials=credentials, request=request
        )


def count_password_changes() -> None:
    """Make Wagtail's account page use the counting form."""
    from wagtail.admin.views.account import ChangePasswordPanel

    ChangePasswordPanel.form_class = CountedPasswordChangeForm
