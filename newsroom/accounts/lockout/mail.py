"""The mail that lets the owner of a locked account sign in again."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from newsroom.access.users import User
from newsroom.accounts.models import LockOut
from newsroom.admin.notifications import send_notification

SALT = "newsroom.accounts.release"
# People wait for it.
PRIORITY = 90


@task(backend="background", priority=PRIORITY)
def send_release_link(username: str, name: str, had_password: bool = False) -> bool:
    """Send a link to the owner of *username*, whose locks are stored as *name*.

    *had_password* says that a second factor was refused after the right password.

    No account, no mail; and no second mail while a link is neither used nor expired: an
    attacker cannot fill the owner's mailbox. Returns whether a mail was sent.
    """
    field = get_user_model().USERNAME_FIELD
    user = get_user_model().objects.filter(**{field: username}, is_active=True).first()
    if user is None or not user.email:
        return False
    now = timezone.now()
    with transaction.atomic():
        locks = list(LockOut.objects.select_for_update().filter(username=name))
        waiting = now - timedelta(seconds=settings.LOCKOUT_LINK_SECONDS)
        if any(lock.mailed_at and lock.mailed_at > waiting for lock in locks):
            return False
        locked = [lock for lock in locks if lock.until > now]
        if not locked:
            return False
        lock = max(locked, key=lambda one: one.until)
        lock.nonce, lock.mailed_at = secrets.token_hex(16), now
        lock.save(update_fields=["nonce", "mailed_at"])
        _send(user, lock, had_password)
    return True


def _send(user: User, lock: LockOut, had_password: bool) -> None:
    token = signing.dumps([user.pk, lock.username, lock.nonce], salt=SALT)
    path = reverse("release_sign_in", args=[token])
    send_notification(
        user,
        lambda: _("Sign-in to your account is locked"),
        "accounts/release_mail.txt",
        {
            "url": settings.WAGTAILADMIN_BASE_URL + path,
            "had_password": had_password,
            "username": user.get_username(),
            "until": lock.until,
            "address": lock.address,
            "minutes": settings.LOCKOUT_LINK_SECONDS // 60,
        },
    )


def lock_behind(token: str) -> tuple[User, LockOut] | None:
    """Return the account and the lock of a mailed link; None if it is invalid or used.

    A link is used when the lock that it was mailed for has been deleted.
    """
    try:
        pk, name, nonce = signing.loads(
            token, salt=SALT, max_age=settings.LOCKOUT_LINK_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True).first()
    lock = LockOut.objects.filter(username=name, nonce=nonce).exclude(nonce="").first()
    return (user, lock) if user and lock else None
