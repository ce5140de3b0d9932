"""Registration and use of passkeys: the JSON views that static/js/passkeys.js calls."""

import logging
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_otp_webauthn import exceptions, views
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential
from webauthn.helpers.structs import UserVerificationRequirement

from newsroom.access.accounts import admin_language_of
from newsroom.access.audit import (
    PASSKEY,
    SECOND_FACTOR_ADD,
)
from newsroom.access.second_factors.addresses import after_adding, next_url
from newsroom.access.second_factors.events import record
from newsroom.access.second_factors.factors import has_factor, passkeys_of
from newsroom.access.second_factors.failures import count_failure, is_locked_out
from newsroom.access.second_factors.sessions import (
    complete_sign_in,
    confirm,
    is_confirmed,
    use_confirmation,
    user_of_factors,
    waiting_user,
)
from newsroom.access.users import User

logger = logging.getLogger(__name__)

MAX_PASSKEYS = 20  # of one account; bounds what one sign-in sends to the browser
NAME_LENGTH = 64  # of the library's column
# Codes of failures in which no passkey was checked.
UNCHECKED = {"invalid_state", "malformed_request", "locked_out"}
# What a made-up request raises inside the library, which expects the browser's JSON.
MALFORMED = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class PasskeyHelper(WebAuthnHelper):
    """Require that the authenticator verifies its user, by PIN, finger or face."""

    def get_allowed_origins(self) -> list[str]:
        """Return the origins of the settings; on localhost that of any port, too."""
        origins: list[str] = super().get_allowed_origins()
        host = self.request.get_host()
        if self.get_relying_party_domain() == host.partition(":")[0] == "localhost":
            return [*origins, f"{self.request.scheme}://{host}"]
        return origins

    def get_generate_registration_options_kwargs(self, *, user: User) -> dict[str, Any]:
        options = super().get_generate_registration_options_kwargs(user=user)
        selection = options["authenticator_selection"]
        selection.user_verification = UserVerificationRequirement.REQUIRED
        return options

    def get_generate_authentication_options_kwargs(
        self, *, user: User | None = None, require_user_verification: bool
    ) -> dict[str, Any]:
        return super().get_generate_authentication_options_kwargs(
            user=user, require_user_verification=True
        )


class TooManyPasskeysError(exceptions.OTPWebAuthnApiError):
    status_code = 409
    default_code = "too_many_passkeys"
    default_detail = "The account has as many passkeys as are allowed."


class PasskeyExistsError(exceptions.OTPWebAuthnApiError):
    status_code = 409
    default_code = "passkey_exists"
    default_detail = "The passkey is registered already."


class LockedOutError(exceptions.OTPWebAuthnApiError):
    status_code = 429
    default_code = "locked_out"
    default_detail = "Sign-in is locked after too many failures."


class PasskeyAnswers:
    """Mixin of the library's views: answer every failure in the user's language."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = waiting_user(request) or request.user
        if not user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        with override(admin_language_of(user)):
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def handle_exception(self, exc: Exception) -> HttpResponseBase:
        if isinstance(exc, MALFORMED):
            logger.warning("Unreadable passkey request: %r", exc)
            exc = exceptions.MalformedRequest()
        elif isinstance(exc, IntegrityError):
            exc = PasskeyExistsError()
        if not isinstance(exc, exceptions.OTPWebAuthnApiError):
            raise exc
        self.note_failure(exc)
        # LocaleMiddleware would redirect a 404 to the same path with a language.
        status = 422 if exc.status_code == 404 else exc.status_code
        return JsonResponse(
            {"detail": _message(exc.code), "code": exc.code}, status=status
        )

    def note_failure(self, exc: exceptions.OTPWebAuthnApiError) -> None:
        """Record that a passkey was refused; registrations record nothing."""


def _message(code: str) -> str:
    messages = {
        "not_authenticated": _("Your sign-in has expired. Sign in again."),
        "user_not_verified": _("Your sign-in has expired. Sign in again."),
        "invalid_state": _("This request has expired. Try again."),
        "not_confirmed": _("Confirm that it is you, then try again."),
        "too_many_passkeys": _(
            "Your account has as many passkeys as are allowed. Remove one first."
        ),
        "passkey_exists": _("This device already has a passkey of your account."),
        "credential_not_found": _("This passkey does not belong to an account here."),
        "credential_user_mismatch": _("This passkey belongs to another account."),
        "credential_disabled": _("This passkey is not in use."),
        "user_disabled": _("This account is deactivated."),
    }
    return messages.get(code) or _("The passkey was not accepted. Try again.")


class NotConfirmedError(exceptions.OTPWebAuthnApiError):
    status_code = 403
    default_code = "not_confirmed"
    default_detail = "The user has not confirmed the change."


class _Registration(PasskeyAnswers):
    def get_user(self) -> User | None:
        return user_of_factors(self.request)

    def _check_user_verified(self, user: User) -> None:
        """Skip the check: a session that has not used its factor has no user here."""

    def check_can_register(self) -> None:
        if not is_confirmed(self.request):
            raise NotConfirmedError
        user = user_of_factors(self.request)
        if user is not None and passkeys_of(user).count() >= MAX_PASSKEYS:
            raise TooManyPasskeysError


class BeginRegistrationView(_Registration, views.BeginCredentialRegistrationView):
    """Return the options with which the browser makes a passkey."""


class CompleteRegistrationView(_Registration, views.CompleteCredentialRegistrationView):
    """Save the passkey that the browser has made, with the name in the query."""

    def post(self, *args: Any, **kwargs: Any) -> JsonResponse:
        user = self.get_user()
        if user is None:
            raise exceptions.NotAuthenticated
        state = self.get_state()
        is_first = not has_factor(user)
        with views.rewrite_exceptions(logger=logger), transaction.atomic():
            device = self.get_helper().register_complete(
                user=user, state=state, data=vars(self.request)["data"]
            )
            device.name = self._name(user)
            device.save(update_fields=["name"])
        use_confirmation(self.request)
        record(SECOND_FACTOR_ADD, user, PASSKEY, by=user)
        if is_first:
            complete_sign_in(self.request, device, used=False)
        return JsonResponse(
            {"redirect_url": after_adding(self.request, is_first=is_first)}
        )

    def _name(self, user: User) -> str:
        typed = " ".join(self.request.GET.get("name", "").split())[:NAME_LENGTH]
        if typed.isprintable() and typed:
            return typed
        return _("Passkey %(number)s") % {"number": passkeys_of(user).count()}


class _Use(PasskeyAnswers):
    def get_user(self) -> User | None:
        user = self.request.user
        return user if user.is_authenticated else waiting_user(self.request)

    def check_can_authenticate(self) -> None:
        """Refuse every passkey after a password while sign-in is locked.

        A passkey alone, which nobody can guess, still signs in.
        """
        user = self.get_user()
        if user is not None and is_locked_out(self.request, user):
            raise LockedOutError
        super().check_can_authenticate()  # type: ignore[misc]

    def note_failure(self, exc: exceptions.OTPWebAuthnApiError) -> None:
        user = self.get_user()
        if user is not None and exc.code not in UNCHECKED:
            count_failure(self.request, user, PASSKEY)


class BeginUseView(_Use, views.BeginCredentialAuthenticationView):
    """Return a challenge: for any passkey, or for those of a user who is known."""


class CompleteUseView(_Use, views.CompleteCredentialAuthenticationView):
    """Sign in by a passkey; if signed in already, confirm that it is the user."""

    def complete_auth(self, device: WebAuthnCredential) -> None:
        if self.request.user.is_authenticated:
            confirm(self.request)
        else:
            complete_sign_in(self.request, device, used=True)

    def get_success_data(self, device: WebAuthnCredential) -> dict[str, str]:
        return {"redirect_url": next_url(self.request)}
