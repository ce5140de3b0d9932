"""Audit entries for sign-ins and sign-outs."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)

from newsroom.access import audit
from newsroom.access.audit import record
from newsroom.access.users import User
from newsroom.accounts.audit import permission_changes

Account = get_user_model()


def connect() -> None:
    uid = "newsroom.accounts"
    user_logged_in.connect(note_sign_in, dispatch_uid=uid)
    user_logged_out.connect(note_sign_out, dispatch_uid=uid)
    user_login_failed.connect(note_failed_sign_in, dispatch_uid=uid)
    permission_changes.connect()


def note_sign_in(request: Any, user: User, **kwargs: Any) -> None:
    record(audit.SIGN_IN, user, user=user, request=request)


def note_sign_out(request: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(audit.SIGN_OUT, user, user=user, request=request)


def note_failed_sign_in(credentials: Any, request: Any = None, **kwargs: Any) -> None:
    """Record a failure with the account of that name, or with the name as typed."""
    typed = str(credentials.get(Account.USERNAME_FIELD) or "")
    user = Account.objects.filter(**{Account.USERNAME_FIELD: typed}).first()
    record(audit.SIGN_IN_FAILED, user, typed=typed, request=request)
