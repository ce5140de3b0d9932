"""Codes that are typed: of an authenticator app, and recovery codes."""

import hashlib
import math
import re
import secrets
from base64 import b32encode

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from newsroom.access.audit import APP, RECOVERY_CODES
from newsroom.access.second_factors.factors import authenticator_of
from newsroom.access.users import User

CODES_OF_AN_ACCOUNT = 10
# 80 bits: a fast hash is enough to keep them secret in a copy of the database.
RECOVERY_CODE_BYTES = 10
GROUP = 4  # letters between two hyphens of a shown recovery code
APP_CODE = re.compile(r"[0-9]{6}")


class WrongCodeError(Exception):
    """The code is not accepted; the message tells the user why.

    ``factor`` is the factor that has refused it, empty if none has checked the code.
    """

    def __init__(self, message: str, factor: str = "") -> None:
        super().__init__(message)
        self.factor = factor


def check_code(user: User, typed: str) -> Device:
    """Return the device of *user* that accepts the code *typed*.

    Six digits are a code of the authenticator app, anything else a recovery code. Each
    code works once. Raises WrongCodeError, also while the device waits after wrong
    codes.
    """
    code = normalised(typed)
    if APP_CODE.fullmatch(code):
        factor, token = APP, code
        device: Device | None = authenticator_of(user)
    else:
        factor, token = RECOVERY_CODES, _stored(code)
        device = StaticDevice.objects.filter(user=user, confirmed=True).first()
    if device is not None and accepts(device, token):
        return device
    raise WrongCodeError(wrong_code(), factor)


def accepts(device: Device, token: str) -> bool:
    """Return whether *token* is right and new.

    Raises WrongCodeError while *device* waits after wrong codes: 1 second after the
    first, twice as long after each further one.
    """
    allowed, reason = device.verify_is_allowed()
    if not allowed:
        raise WrongCodeError(_wait_message(reason or {}))
    return verify_token(device.user, device.persistent_id, token) is not None


def normalised(typed: str) -> str:
    """Return the code *typed* without the spaces and hyphens of its display."""
    return re.sub(r"[\s-]+", "", typed).lower()


def wrong_code() -> str:
    return _("This code is wrong, has been used, or has expired. Enter a new one.")


def _wait_message(reason: dict) -> str:
    until = reason.get("locked_until", timezone.now())
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    if seconds < 120:
        return ngettext(
            "Too many wrong codes. Try again in %(count)s second.",
            "Too many wrong codes. Try again in %(count)s seconds.",
            seconds,
        ) % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext(
        "Too many wrong codes. Try again in %(count)s minute.",
        "Too many wrong codes. Try again in %(count)s minutes.",
        minutes,
    ) % {"count": minutes}


@transaction.atomic
def make_recovery_codes(user: User) -> list[str]:
    """Replace the recovery codes of *user*; return the new ones, as they are shown.

    Only a hash of each is stored.
    """
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Recovery codes")
    codes = [
        b32encode(secrets.token_bytes(RECOVERY_CODE_BYTES)).decode().lower()
        for _number in range(CODES_OF_AN_ACCOUNT)
    ]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=_stored(code)) for code in codes
    )
    return ["-".join(re.findall(f".{{{GROUP}}}", code)) for code in codes]


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes of *user* have not been used."""
    return StaticToken.objects.filter(device__user=user).count()


def _stored(code: str) -> str:
    """Return what the database holds of a recovery code: 80 bits of its hash."""
    digest = hashlib.sha256(code.encode("utf-8", "replace")).digest()
    return b32encode(digest[:RECOVERY_CODE_BYTES]).decode().lower()
