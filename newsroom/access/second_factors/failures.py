"""Refused second factors: they count as failed sign-ins, like wrong passwords.

Failures are counted by django-axes (:mod:`newsroom.accounts.lockout.handler`), which
also writes the audit entry and locks sign-in.
"""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_otp.models import Device

from newsroom.access import audit
from newsroom.access.second_factors.codes import WrongCodeError, check_code
from newsroom.access.second_factors.events import announce
from newsroom.access.users import User


def accepted_device(request: HttpRequest, user: User, typed: str) -> Device:
    """Return the device of *user* that accepts the code *typed*; count a wrong code.

    Raises WrongCodeError, for any code while sign-in is locked.
    """
    if is_locked_out(request, user):
        raise WrongCodeError(_("Too many failed sign-ins: try again later."))
    try:
        return check_code(user, typed)
    except WrongCodeError as error:
        if error.factor:
            count_failure(request, user, error.factor)
        raise


def is_locked_out(request: Any, user: User) -> bool:
    """Return whether this client may not sign in as *user* now.

    The middleware of django-axes then replaces the answer by that of a lock-out.
    """
    credentials = _credentials(user)
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out, request.axes_credentials = True, credentials
    return True


def count_failure(request: HttpRequest, user: User, factor: str) -> None:
    """Count that *factor*, one of the audit log's FACTORS, was refused to *user*."""
    announce(audit.SECOND_FACTOR_FAILED, user, factor, by=user)
    user_login_failed.send(
        sender=__name__,
        credentials=_credentials(user) | {"factor": factor},
        request=request,
    )


def _credentials(user: User) -> dict[str, str]:
    return {get_user_model().USERNAME_FIELD: user.get_username()}
