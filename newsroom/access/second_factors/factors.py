"""The second factors of an account.

A passkey and an authenticator app are *factors*. Recovery codes replace a lost factor;
an account without a factor has none.
"""

from django.db import transaction
from django.db.models import QuerySet
from django_otp import devices_for_user
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from newsroom.access.users import AnyUser, User


def passkeys_of(user: AnyUser) -> QuerySet[WebAuthnCredential]:
    """Return the passkeys of *user*, oldest first."""
    return WebAuthnCredential.objects.filter(user=user.pk, confirmed=True).order_by(
        "created_at", "pk"
    )


def authenticator_of(user: AnyUser) -> TOTPDevice | None:
    """Return the authenticator app of *user* that has been confirmed by a code."""
    return TOTPDevice.objects.filter(user=user.pk, confirmed=True).first()


def has_factor(user: AnyUser) -> bool:
    """Return whether *user* has a passkey or an authenticator app, with one query."""
    apps = TOTPDevice.objects.filter(user=user.pk, confirmed=True)
    return passkeys_of(user).order_by().values("pk").union(apps.values("pk")).exists()


def count_factors(user: AnyUser) -> int:
    return passkeys_of(user).count() + (authenticator_of(user) is not None)


def remaining_device(user: User) -> Device | None:
    """Return a factor of *user* by which a session can stay verified, if any."""
    return passkeys_of(user).first() or authenticator_of(user)


def remove_recovery_codes_without_factor(user: User) -> None:
    """Delete the recovery codes of *user* if no factor is left that they replace."""
    if not has_factor(user):
        StaticDevice.objects.filter(user=user).delete()


@transaction.atomic
def remove_all(user: User) -> dict[str, int]:
    """Delete all factors and recovery codes of *user*.

    Returns the numbers of what was deleted: keys ``passkeys``, ``apps`` and ``codes``.
    Devices that another plugin of django-otp has stored are deleted, too.
    """
    devices = list(devices_for_user(user, confirmed=None))
    counts = {
        "passkeys": sum(isinstance(one, WebAuthnCredential) for one in devices),
        "apps": sum(isinstance(one, TOTPDevice) and one.confirmed for one in devices),
        "codes": sum(
            one.token_set.count() for one in devices if isinstance(one, StaticDevice)
        ),
    }
    for device in devices:
        device.delete()
    return counts
