"""Living sessions of a user, and their end."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from newsroom.access import audit
from newsroom.access.audit import record
from newsroom.access.current_request import current_request
from newsroom.access.users import User
from newsroom.accounts.models import UserSession
from newsroom.accounts.sessions.browsers import browser_name

# Rows that the worker examines in one query.
BATCH = 500


def living_sessions(user: User) -> list[UserSession]:
    """Return the sessions in which *user* is signed in, last used first."""
    return [row for row in UserSession.objects.filter(user=user) if _is_alive(row)]


def end_session(row: UserSession) -> None:
    """Sign the user out of this session at once."""
    _store(row.session_key).delete(row.session_key)
    row.delete()
    record(audit.SESSION_END, row.user, browser=browser_name(row.agent))


def end_sessions(user: User, *, except_key: str | None = None) -> int:
    """End all sessions of *user* but the one with *except_key*; return how many."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=except_key)
    ended = 0
    for row in rows.select_related("user"):
        if _is_alive(row):
            end_session(row)
            ended += 1
        else:
            row.delete()
    return ended


def end_after_new_password(user: User) -> None:
    """End the sessions of *user* but the one in which the password was changed."""
    request: Any = current_request()
    is_own = request is not None and getattr(request, "_cached_user", None) == user
    end_sessions(user, except_key=request.session.session_key if is_own else None)


def forget_ended_sessions() -> None:
    """Delete the rows of sessions that have ended or expired, and expired sessions."""
    _store().clear_expired()
    last = 0
    while rows := _batch(last):
        last = rows[-1].pk
        ended = [row.pk for row in rows if not _is_alive(row)]
        UserSession.objects.filter(pk__in=ended).delete()


def _batch(after: int) -> list[UserSession]:
    rows: Iterable[UserSession] = (
        UserSession.objects.filter(pk__gt=after)
        .select_related("user")
        .order_by("pk")[:BATCH]
    )
    return list(rows)


def _is_alive(row: UserSession) -> bool:
    """Return whether the session is stored and signed in with the current password."""
    data = _store(row.session_key).load()
    owner: User = row.user
    if str(data.get(SESSION_KEY)) != str(owner.pk) or not owner.is_active:
        return False
    found = str(data.get(HASH_SESSION_KEY, ""))
    valid = [owner.get_session_auth_hash(), *owner.get_session_auth_fallback_hash()]
    return any(constant_time_compare(found, one) for one in valid)


def _store(key: str | None = None) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(key)
