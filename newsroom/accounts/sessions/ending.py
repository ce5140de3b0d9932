"""Living sessions of a user, and their end."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
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
    return _alive(UserSession.objects.filter(user=user).select_related("user"))


def end_session(row: UserSession) -> None:
    """Sign the user out of this session at once."""
    _store(row.session_key).delete(row.session_key)
    row.delete()
    record(audit.SESSION_END, row.user, browser=browser_name(row.agent))


def end_sessions(user: User, *, except_key: str | None = None) -> int:
    """End all sessions of *user* but the one with *except_key*; return how many."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=except_key)
    found = list(rows.select_related("user"))
    alive = _alive(found)
    for row in alive:
        end_session(row)
    dead = [row.pk for row in found if row not in alive]
    UserSession.objects.filter(pk__in=dead).delete()
    return len(alive)


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
        alive = {row.pk for row in _alive(rows)}
        ended = [row.pk for row in rows if row.pk not in alive]
        UserSession.objects.filter(pk__in=ended).delete()


def _batch(after: int) -> list[UserSession]:
    rows: Iterable[UserSession] = (
        UserSession.objects.filter(pk__gt=after)
        .select_related("user")
        .order_by("pk")[:BATCH]
    )
    return list(rows)


def _alive(rows: Iterable[UserSession]) -> list[UserSession]:
    """Return those of *rows* whose session is alive, with one query for all of them."""
    rows = list(rows)
    store = _store()
    stored = store.model.objects.filter(
        session_key__in=[row.session_key for row in rows],
        expire_date__gt=timezone.now(),
    )
    data = {one.session_key: store.decode(one.session_data) for one in stored}
    return [row for row in rows if _is_signed_in(row, data.get(row.session_key, {}))]


def _is_signed_in(row: UserSession, data: dict[str, Any]) -> bool:
    """Return whether the session of *data* is signed in with the current password."""
    owner: User = row.user
    if str(data.get(SESSION_KEY)) != str(owner.pk) or not owner.is_active:
        return False
    found = str(data.get(HASH_SESSION_KEY, ""))
    valid = [owner.get_session_auth_hash(), *owner.get_session_auth_fallback_hash()]
    return any(constant_time_compare(found, one) for one in valid)


def _store(key: str | None = None) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(key)
