"""Audit entries for sign-ins and sign-outs.

Failures are recorded where they are counted: :mod:`newsroom.accounts.lockout.handler`.
"""

from typing import Any

from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
)

from newsroom.access import audit
from newsroom.access.audit import record
from newsroom.access.current_request import current_request
from newsroom.access.second_factors.events import factor_event
from newsroom.access.users import User
from newsroom.accounts.audit import permission_changes
from newsroom.accounts.factor_mail import tell_owner
from newsroom.accounts.lockout.handler import accept_client
from newsroom.accounts.models import UserSession
from newsroom.accounts.sessions import tracking
from newsroom.accounts.sessions.ending import end_sessions


def connect() -> None:
    uid = "newsroom.accounts"
    user_logged_in.connect(note_sign_in, dispatch_uid=uid)
    factor_event.connect(end_after_reset, dispatch_uid=f"{uid}.reset")
    factor_event.connect(tell_owner, dispatch_uid=f"{uid}.mail")
    factor_event.connect(accept_after_use, dispatch_uid=f"{uid}.use")
    user_logged_out.connect(note_sign_out, dispatch_uid=uid)
    user_logged_in.connect(tracking.note_sign_in, dispatch_uid=f"{uid}.sessions")
    permission_changes.connect()


def end_after_reset(account: User, action: str, **kwargs: Any) -> None:
    """End all sessions of an account whose second factors have been reset.

    One of them may be that of someone who has stolen the password.
    """
    if action == audit.SECOND_FACTOR_RESET:
        end_sessions(account)


def accept_after_use(account: User, action: str, **kwargs: Any) -> None:
    """Forget the failures of an account whose second factor has been accepted."""
    request = current_request()
    if action == audit.SECOND_FACTOR_USE and request is not None:
        accept_client(request, account)


def note_sign_in(request: Any, user: User, **kwargs: Any) -> None:
    record(audit.SIGN_IN, user, user=user, request=request)


def note_sign_out(request: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(audit.SIGN_OUT, user, user=user, request=request)
        key = request.session.session_key
        UserSession.objects.filter(user=user, session_key=key).delete()
