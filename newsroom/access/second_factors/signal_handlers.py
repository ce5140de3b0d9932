"""Receivers: the time of a password sign-in, and log entries of second factors."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.log_actions import log

from newsroom.access.second_factors.events import factor_event, log_name
from newsroom.access.second_factors.sessions import note_password
from newsroom.access.users import User


@receiver(user_logged_in, dispatch_uid="second_factors.password")
def note_sign_in(request: HttpRequest | None, **kwargs: Any) -> None:
    if request is not None and hasattr(request, "session"):
        note_password(request)


@receiver(factor_event, dispatch_uid="second_factors.log")
def log_factor_event(
    account: User, by: User | None, action: str, factor: str, **kwargs: Any
) -> None:
    log(account, log_name(action), user=by, data={"factor": factor})
