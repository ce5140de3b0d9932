"""Mails to members whose second factors have changed, or who used a recovery code."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.access import audit
from newsroom.access.accounts import display_name
from newsroom.access.current_request import current_request
from newsroom.access.users import User
from newsroom.accounts.lockout.clients import exact_address
from newsroom.admin.notifications import send_notification

# Only these events are told by mail: an app or passkey is used at each sign-in.
_TEXTS = {
    (audit.SECOND_FACTOR_ADD, audit.PASSKEY): gettext_lazy(
        "A passkey was added to your account."
    ),
    (audit.SECOND_FACTOR_ADD, audit.APP): gettext_lazy(
        "An authenticator app was added to your account. The earlier one, if there was"
        " one, no longer works."
    ),
    (audit.SECOND_FACTOR_ADD, audit.RECOVERY_CODES): gettext_lazy(
        "New recovery codes were made for your account. Earlier ones no longer work."
    ),
    (audit.SECOND_FACTOR_REMOVE, audit.PASSKEY): gettext_lazy(
        "A passkey was removed from your account."
    ),
    (audit.SECOND_FACTOR_REMOVE, audit.APP): gettext_lazy(
        "The authenticator app was removed from your account."
    ),
    (audit.SECOND_FACTOR_USE, audit.RECOVERY_CODES): gettext_lazy(
        "A recovery code of your account was used. It does not work again."
    ),
}


def tell_owner(
    account: User, by: User | None, action: str, factor: str | None, **kwargs: Any
) -> None:
    """Send a mail about a factor event (receiver of ``factor_event``)."""
    is_reset = action == audit.SECOND_FACTOR_RESET
    change = _TEXTS.get((action, factor or ""))
    if change is None and not is_reset:
        return
    request = current_request()
    send_notification(
        account,
        lambda: _("Second factors of your account"),
        "accounts/factor_mail.txt",
        {
            "change": change,
            "is_reset": is_reset,
            "administrator": display_name(by) if is_reset else "",
            "username": account.get_username(),
            "moment": timezone.now(),
            "address": exact_address(request) if request is not None else None,
        },
    )
