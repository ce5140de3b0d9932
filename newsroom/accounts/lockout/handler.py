"""Counting of failed sign-ins, and lock-outs: the handler of django-axes.

Failures are counted in three ways, each with a limit of its own, because each alone can
be turned against editors or evaded:

* by account and address: guessing at one account;
* by address: guessing at many accounts;
* by account: guessing from many addresses. That lock could shut an editor out from
  outside, so it does not apply to a browser in which the account has signed in before,
  which has a count of its own. The mailed link makes a browser such a browser.

While something is locked, failures there are neither counted nor do they prolong it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from newsroom.access import audit
from newsroom.access.audit import record
from newsroom.access.second_factors.factors import has_factor
from newsroom.access.users import User
from newsroom.accounts.lockout.clients import MAX_NAME, counted_name, device_of
from newsroom.accounts.lockout.mail import send_release_link
from newsroom.accounts.models import LockOut

Account = get_user_model()
# Begins names that are no accounts, such as that of a page with a password.
NO_ACCOUNT = "\N{NO ENTRY} "


@dataclass(frozen=True, slots=True)
class Count:
    """Failures that are counted together, and how many lock.

    ``attempts`` selects the counted rows.
    """

    kind: str
    key: str
    limit: int
    attempts: Q
    username: str = ""
    address: str | None = None


def counts_of(request: Any, name: str) -> list[Count]:
    """Return what an attempt of this client at the account *name* counts towards."""
    address = request.axes_ip_address
    if device := device_of(request, name):
        mine = Q(username=name, user_agent=f"device {device}")
        limit = settings.LOCKOUT_FAILURES
        return [_count("device", limit, mine, name, None, device)]
    unknown = Q(user_agent="")
    counts = [
        _count(
            "pair",
            settings.LOCKOUT_FAILURES,
            unknown & Q(username=name, ip_address=address),
            name,
            address,
        ),
        _count(
            "address",
            settings.LOCKOUT_FAILURES_PER_ADDRESS,
            unknown & Q(ip_address=address),
            "",
            address,
        ),
    ]
    if not name.startswith(counted_name(NO_ACCOUNT)):
        limit = settings.LOCKOUT_FAILURES_PER_ACCOUNT
        counts.append(_count("account", limit, unknown & Q(username=name), name, None))
    return counts


def _count(
    kind: str, limit: int, attempts: Q, name: str, address: str | None, extra: str = ""
) -> Count:
    parts = "\0".join((kind, name, address or "", extra))
    key = sha256(parts.encode()).hexdigest()
    return Count(kind, key, limit, attempts, name, address)


def cool_off() -> timedelta:
    return timedelta(minutes=settings.LOCKOUT_MINUTES)


def lock_on(request: Any, name: str) -> LockOut | None:
    """Return the lock that keeps this client from signing in as *name* the longest."""
    keys = [count.key for count in counts_of(request, name)]
    locks = LockOut.objects.filter(key__in=keys, until__gt=timezone.now())
    return locks.order_by("-until").first()


def release(name: str) -> int:
    """Delete the failures and locks of the account *name*; return how many locks."""
    AccessAttempt.objects.filter(username=name).delete()
    return LockOut.objects.filter(username=name).delete()[0]


def accept_client(request: Any, user: User) -> None:
    """Forget the failures of *user*, who has signed in, here; remember the browser.

    Failures of other accounts from this address still count: an attacker with an
    account could reset them otherwise. So do failures from other addresses.
    """
    AxesProxyHandler.update_request(request)
    name = counted_name(user.get_username())
    here = Q(ip_address=request.axes_ip_address, user_agent="")
    if device := device_of(request, name):
        here |= Q(user_agent=f"device {device}")
    AccessAttempt.objects.filter(here, username=name).delete()
    request.trusted_name = name


class LockoutHandler(AxesDatabaseHandler):
    """Handler of django-axes: tells whether a client is locked out, counts failures."""

    def is_locked(
        self, request: Any, credentials: dict[str, Any] | None = None
    ) -> bool:
        return lock_on(request, name_in(request, credentials)) is not None

    def user_login_failed(
        self,
        sender: Any,
        credentials: dict[str, Any],
        request: Any = None,
        **kwargs: Any,
    ) -> None:
        """Record and count a failure; lock what has reached its limit."""
        if request is None or request.axes_locked_out:
            return
        typed = str(credentials.get(Account.USERNAME_FIELD) or "")
        user = Account.objects.filter(**{Account.USERNAME_FIELD: typed}).first()
        factor = credentials.get("factor")
        data = {"factor": factor} if factor else {}
        record(audit.SIGN_IN_FAILED, user, typed=typed, request=request, **data)
        name = counted_name(typed)
        counts = counts_of(request, name)
        with transaction.atomic():
            _count_failure(request, name)
            now = timezone.now()
            full = [count for count in counts if _failures(count, now) >= count.limit]
            locked = [count for count in full if _lock(count, now + cool_off())]
        if not full:
            return
        request.axes_locked_out = True
        request.axes_credentials = credentials
        for count in locked:
            record(
                audit.LOCK_OUT,
                user if count.username else None,
                typed=typed if count.username else str(count.address),
                request=request,
                kind=count.kind,
                until=(now + cool_off()).isoformat(),
            )
        if any(count.username for count in locked):
            # For accounts that do not exist too: the answer takes as long.
            send_release_link.enqueue(typed[:MAX_NAME], name, bool(factor))

    def user_logged_in(
        self, sender: Any, request: Any, user: User, **kwargs: Any
    ) -> None:
        """Forget the failures of an account without a second factor.

        With a second factor, the password alone must neither reset the count nor make
        the browser a known one: anyone who knows it could guess codes without end.
        """
        if not has_factor(user):
            accept_client(request, user)

    def user_logged_out(self, *args: Any, **kwargs: Any) -> None:
        """Store nothing: the audit log has sign-outs."""

    def reset_attempts(
        self,
        *,
        ip_address: str | None = None,
        username: str | None = None,
        ip_or_username: bool = False,
    ) -> int:
        """Release by the commands of django-axes: an account, an address, or all."""
        locks = LockOut.objects.all()
        if username is not None:
            username = counted_name(username)
        chosen = Q()
        if ip_address and username and ip_or_username:
            chosen = Q(username=username) | Q(address=ip_address)
        else:
            chosen &= Q(address=ip_address) if ip_address else Q()
            chosen &= Q(username=username) if username else Q()
        for lock in locks.filter(chosen):
            label = lock.username or str(lock.address)
            record(audit.LOCK_OUT_RELEASE, typed=label, kind=lock.kind)
            lock.delete()
        return super().reset_attempts(
            ip_address=ip_address, username=username, ip_or_username=ip_or_username
        )


def name_in(request: Any, credentials: dict[str, Any] | None) -> str:
    """Return the user name of an attempt as it is counted."""
    given = (credentials or {}).get(Account.USERNAME_FIELD)
    return counted_name(given or request.POST.get(Account.USERNAME_FIELD))


def _count_failure(request: Any, name: str) -> None:
    device = device_of(request, name)
    attempt, created = AccessAttempt.objects.select_for_update().get_or_create(
        username=name,
        ip_address=request.axes_ip_address,
        user_agent=f"device {device}" if device else "",
        defaults={"failures_since_start": 1},
    )
    if created:
        return
    now = timezone.now()
    is_over = attempt.attempt_time <= now - cool_off()
    AccessAttempt.objects.filter(pk=attempt.pk).update(
        failures_since_start=1 if is_over else F("failures_since_start") + 1,
        attempt_time=now,
    )


def _failures(count: Count, now: datetime) -> int:
    """Return the failures since the cool-off time began."""
    recent: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(
        count.attempts, attempt_time__gt=now - cool_off()
    )
    return recent.aggregate(total=Sum("failures_since_start"))["total"] or 0


def _lock(count: Count, until: datetime) -> bool:
    """Lock until *until*; return False if it is locked already."""
    lock, created = LockOut.objects.select_for_update().get_or_create(
        key=count.key,
        defaults={
            "kind": count.kind,
            "username": count.username,
            "address": count.address,
            "until": until,
        },
    )
    if created:
        return True
    if lock.until > timezone.now():
        return False
    lock.until = until
    lock.save(update_fields=["until"])
    return True


def delete_old_attempts() -> None:
    """Delete failures and locks that no longer count, and whose links are over."""
    now = timezone.now()
    AccessAttempt.objects.filter(attempt_time__lt=now - cool_off()).delete()
    over = LockOut.objects.filter(until__lt=now)
    linked = Q(mailed_at__gt=now - timedelta(seconds=settings.LOCKOUT_LINK_SECONDS))
    over.exclude(linked).delete()
