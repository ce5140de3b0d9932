"""Sessions of users, and when they were last used."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newsroom.access.audit import printable
from newsroom.access.users import User
from newsroom.accounts.lockout.clients import exact_address
from newsroom.accounts.models import UserSession

# A session's last use is written at most once in this time, by each server process.
LAG = timedelta(minutes=5)
# Key in the session's data: its row survives a new session key.
ROW = "user_session"
MAX_AGENT = 255


class SessionTrackingMiddleware:
    """Note the use of a session by a signed-in user.

    A request whose view has not asked for the user, such as a reader's, is not looked
    at: it causes no query, and no cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "_cached_user", None)
        if user is None or isinstance(user, AnonymousUser):
            return response
        key = request.session.session_key
        if key and _is_due(key):
            note_use(request, user)
        return response


def note_sign_in(request: Any, user: User, **kwargs: Any) -> None:
    """Create the row of a new session."""
    if key := request.session.session_key:
        _is_due(key)
        _create(request, user)


def note_use(request: HttpRequest, user: User) -> None:
    now = timezone.now()
    row = UserSession.objects.filter(pk=request.session.get(ROW, 0), user=user)
    key = request.session.session_key
    address = exact_address(request)
    if not row.update(session_key=key, last_used_at=now, address=address):
        _create(request, user)  # begun before sessions were listed


def _create(request: HttpRequest, user: User) -> None:
    now = timezone.now()
    row, _is_new = UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "started_at": now,
            "last_used_at": now,
            "address": exact_address(request),
            "agent": printable(request.META.get("HTTP_USER_AGENT", ""), MAX_AGENT),
        },
    )
    request.session[ROW] = row.pk


def _is_due(key: str) -> bool:
    return cache.add(f"session-used:{key}", 1, LAG.total_seconds())
