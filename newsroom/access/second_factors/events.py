"""What happens to second factors: a signal, and an entry in Wagtail's log.

Other apps connect to :data:`factor_event`. It is sent with ``account`` (whose factor it
is), ``by`` (the user who did it, None for a command), ``action`` (one of ACTIONS) and
``factor`` (one of FACTORS).
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.access.users import User

ADDED, REMOVED, USED, FAILED, RESET = "added", "removed", "used", "failed", "reset"
PASSKEY, APP, CODES, ALL = "passkey", "app", "recovery_codes", "all"

FACTORS: dict[str, Promise] = {
    PASSKEY: _("passkey"),
    APP: _("authenticator app"),
    CODES: _("recovery codes"),
    ALL: _("all second factors"),
}
# action: label, and message with the name of the factor
ACTIONS: dict[str, tuple[Promise, Promise]] = {
    ADDED: (_("Add a second factor"), _("Second factor added: %(factor)s")),
    REMOVED: (_("Remove a second factor"), _("Second factor removed: %(factor)s")),
    USED: (_("Sign in with a second factor"), _("Signed in with: %(factor)s")),
    FAILED: (_("Wrong second factor"), _("Second factor refused: %(factor)s")),
    RESET: (_("Reset second factors"), _("Second factors reset: %(factor)s")),
}

factor_event = Signal()


def log_name(action: str) -> str:
    """Return the name of *action* in Wagtail's log."""
    return f"newsroom.second_factor.{action}"


def record(action: str, account: User, factor: str, *, by: User | None) -> None:
    """Send :data:`factor_event`.

    The account is read again: Wagtail's log ignores the lazy object of a request.
    """
    account = get_user_model()._default_manager.get(pk=account.pk)
    factor_event.send(sender=None, account=account, by=by, action=action, factor=factor)


def factor_of(device: Device) -> str:
    """Return which of FACTORS *device* is."""
    if isinstance(device, TOTPDevice):
        return APP
    return CODES if isinstance(device, StaticDevice) else PASSKEY


def register_log_actions(actions: Any) -> None:
    """Register the actions in Wagtail's log, each with its message."""
    for action, (label, message) in ACTIONS.items():
        actions.register_action(log_name(action), label, _message(message))


def _message(message: Promise) -> Any:
    def format_message(log_entry: Any) -> str:
        factor = log_entry.data.get("factor", "")
        return str(message) % {"factor": FACTORS.get(factor, factor)}

    return format_message
