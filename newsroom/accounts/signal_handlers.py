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
from newsroom.access.users import User
from newsroom.accounts.audit import permission_changes
from newsroom.accounts.models import UserSession
from newsroom.accounts.sessions import tracking


def connect() -> None:
    uid = "newsroom.accounts"
    user_logged_in.connect(note_sign_in, dispatch_uid=uid)
    user_logged_out.connect(note_sign_out, dispatch_uid=uid)
    user_logged_in.connect(tracking.note_sign_in, dispatch_uid=f"{uid}.sessions")
    permission_changes.connect()


def note_sign_in(request: Any, user: User, **kwargs: Any) -> None:
    record(audit.SIGN_IN, user, user=user, request=request)


def note_sign_out(request: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(audit.SIGN_OUT, user, user=user, request=request)
        key = request.session.session_key
        UserSession.objects.filter(user=user, session_key=key).delete()
