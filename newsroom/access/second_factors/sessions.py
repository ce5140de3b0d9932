"""Sessions that are half signed in, and confirmations by their user.

After the password of an account with a second factor, the session is *half signed in*:
``request.user`` is anonymous everywhere, until a second factor has been used.
"""

import time

from django.contrib.auth import SESSION_KEY, login
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django_otp import login as mark_as_verified
from django_otp.models import Device

from newsroom.access.audit import (
    SECOND_FACTOR_USE,
)
from newsroom.access.second_factors.events import factor_of, record
from newsroom.access.second_factors.factors import has_factor
from newsroom.access.second_factors.permissions import must_have_factor
from newsroom.access.users import AnyUser, User

# Long enough to install an authenticator app; then the password is asked again.
HALF_SIGNED_IN_SECONDS = 30 * 60
# Each change of factors uses up one confirmation, so this is the time of one change.
CONFIRMED_SECONDS = 5 * 60
PASSWORD_AT = "second_factor_password_at"  # noqa: S105
CONFIRMED_AT = "second_factor_confirmed_at"
WAITING = "second_factor_waiting"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def note_password(request: HttpRequest) -> None:
    request.session[PASSWORD_AT] = time.time()


def signed_in_user(request: HttpRequest, user: AnyUser) -> AnyUser:
    """Return *user*, or an anonymous user if a second factor is still to be used.

    *user* is the user of the session, after django-otp's middleware.
    """
    setattr(request, WAITING, None)
    if not user.is_authenticated or getattr(user, "otp_device", None) is not None:
        return user
    if not has_factor(user) and not must_have_factor(user):
        return user
    if _is_within(request, PASSWORD_AT, HALF_SIGNED_IN_SECONDS):
        setattr(request, WAITING, user)
    anonymous = AnonymousUser()
    vars(anonymous).update(otp_device=None, is_verified=lambda: False)
    return anonymous


def waiting_user(request: HttpRequest) -> User | None:
    """Return the user of a session that is half signed in, else None."""
    if request.user.is_authenticated or SESSION_KEY not in request.session:
        return None
    return getattr(request, WAITING, None)


def user_of_factors(request: HttpRequest) -> User | None:
    """Return the user whose factors this session may see and, confirmed, change.

    That is the user who is signed in, or half signed in without any factor. None if
    the session must sign in first, or use the factor that exists.
    """
    if request.user.is_authenticated:
        return request.user
    user = waiting_user(request)
    return None if user is None or has_factor(user) else user


def complete_sign_in(request: HttpRequest, device: Device, *, used: bool) -> None:
    """Sign in the user of *device*, whom it has verified.

    *used* is False if the device has only just been added.
    """
    user = device.user
    waiting = waiting_user(request)
    if waiting is not None and waiting.pk == user.pk:
        request.session.cycle_key()
        rotate_token(request)
        request.user = waiting
    elif not request.user.is_authenticated:
        login(request, user, backend=BACKEND)
        request.session.set_expiry(0)  # until the browser is closed
    mark_as_verified(request, device)
    setattr(request, WAITING, None)
    if used:
        record(SECOND_FACTOR_USE, user, factor_of(device), by=user)


def confirm(request: HttpRequest) -> None:
    """Note that the user has just entered a password or used a factor again."""
    request.session[CONFIRMED_AT] = time.time()


def is_confirmed(request: HttpRequest) -> bool:
    """Return whether the session may make one change of factors.

    A user who must set up the first factor has just entered the password.
    """
    if waiting_user(request) is not None:
        return True
    return _is_within(request, CONFIRMED_AT, CONFIRMED_SECONDS)


def use_confirmation(request: HttpRequest) -> bool:
    """Return whether a change is confirmed, and ask again before the next one."""
    confirmed = is_confirmed(request)
    request.session.pop(CONFIRMED_AT, None)
    return confirmed


def _is_within(request: HttpRequest, key: str, seconds: float) -> bool:
    since = request.session.get(key)
    return isinstance(since, float) and 0 <= time.time() - since <= seconds
