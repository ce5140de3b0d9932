"""Changes of second factors: a signal, and an entry in the audit log.

Other apps connect to :data:`factor_event`. It is sent with ``account`` (whose factor it
is), ``by`` (the user who did it, None for a command), ``action`` (one of those of
:mod:`newsroom.access.audit`) and ``factor`` (one of its FACTORS, None for all).
"""

from django.contrib.auth import get_user_model
from django.dispatch import Signal
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.access import audit
from newsroom.access.users import User

factor_event = Signal()


def record(action: str, account: User, factor: str | None, *, by: User | None) -> None:
    """Send :data:`factor_event`, and write an entry to the audit log."""
    account = announce(action, account, factor, by=by)
    if factor is None:
        audit.record(action, account, user=by)
    else:
        audit.record(action, account, user=by, factor=factor)


def announce(
    action: str, account: User, factor: str | None, *, by: User | None
) -> User:
    """Send :data:`factor_event`; return the stored account."""
    # Wagtail's log ignores the lazy object of a request: the account is read again.
    account = get_user_model()._default_manager.get(pk=account.pk)
    factor_event.send(sender=None, account=account, by=by, action=action, factor=factor)
    return account


def factor_of(device: Device) -> str:
    """Return which of the audit log's FACTORS *device* is."""
    if isinstance(device, TOTPDevice):
        return audit.APP
    return audit.RECOVERY_CODES if isinstance(device, StaticDevice) else audit.PASSKEY
