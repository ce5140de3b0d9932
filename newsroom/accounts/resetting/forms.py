"""The form that asks for a new password, and says nothing of which accounts exist."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import PasswordResetForm

from newsroom.access.audit import client_of
from newsroom.access.current_request import current_request
from newsroom.accounts.lockout.clients import client_network
from newsroom.accounts.models import ResetRequest
from newsroom.accounts.resetting.mail import send_reset_links

SALT = "newsroom.accounts.reset"
WINDOW = timedelta(hours=1)


class QueuedResetForm(PasswordResetForm):
    """Count the request and queue the mail; the worker looks for accounts.

    The answer takes the same queries for any e-mail address. Requests beyond the limit
    for an e-mail address are dropped in silence; those beyond the limit for a client's
    address are refused in words.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        request = current_request()
        address = client_network(request) if request else None
        recent = ResetRequest.objects.filter(requested_at__gt=timezone.now() - WINDOW)
        limit = settings.PASSWORD_RESETS_PER_ADDRESS
        if recent.filter(address=address).count() >= limit:
            raise forms.ValidationError(
                _("Too many requests from your address: try again in an hour.")
            )
        return cleaned

    def save(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        """Queue the mail, whether or not somebody has this address."""
        email = self.cleaned_data["email"]
        email_hash = salted_hmac(SALT, email.casefold()).hexdigest()
        now = timezone.now()
        asked = Q(email_hash=email_hash, requested_at__gt=now - WINDOW)
        count = ResetRequest.objects.filter(asked).count()
        ResetRequest.objects.create(
            email_hash=email_hash, address=client_network(request), requested_at=now
        )
        if count < settings.PASSWORD_RESETS_PER_ACCOUNT:
            send_reset_links.enqueue(email, client_of(request))


def delete_old_requests() -> None:
    """Delete requests that no longer count."""
    old = timezone.now() - WINDOW
    ResetRequest.objects.filter(requested_at__lt=old).delete()
