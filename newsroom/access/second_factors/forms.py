"""Forms of the second step and of confirmations."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.access.audit import RECOVERY_CODES, SECOND_FACTOR_USE
from newsroom.access.second_factors.codes import (
    APP_CODE,
    WrongCodeError,
    accepts,
    normalised,
    wrong_code,
)
from newsroom.access.second_factors.events import factor_of, record
from newsroom.access.second_factors.failures import accepted_device
from newsroom.access.users import User

CODE_LENGTH = 64  # a recovery code has 19 characters; spaces are tolerated


def code_field(**options: Any) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "spellcheck": "false"}
    return forms.CharField(
        max_length=CODE_LENGTH, widget=forms.TextInput(attrs=attributes), **options
    )


class CodeForm(forms.Form):
    """A code of the app, or a recovery code; ``device`` is what accepted it."""

    device: Device

    code = code_field(
        label=_("Code"),
        help_text=_(
            "Six digits from your authenticator app, or one of your recovery codes."
        ),
    )

    def __init__(
        self, request: HttpRequest, user: User, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        try:
            self.device = accepted_device(self.request, self.user, code)
        except WrongCodeError as error:
            raise ValidationError(str(error)) from error
        return code


class AppCodeForm(forms.Form):
    """The first code of the authenticator app *app*, which is not confirmed yet."""

    code = code_field(label=_("Code from the app"))

    def __init__(self, app: TOTPDevice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app = app

    def clean_code(self) -> str:
        code = normalised(self.cleaned_data["code"])
        try:
            if not APP_CODE.fullmatch(code) or not accepts(self.app, code):
                raise WrongCodeError(wrong_code())
        except WrongCodeError as error:
            raise ValidationError(str(error)) from error
        return code


class ConfirmationForm(forms.Form):
    """The password of a user who is signed in, or a code."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = code_field(
        label=_("Or a code"),
        required=False,
        help_text=CodeForm.base_fields["code"].help_text,
    )

    def __init__(
        self, request: HttpRequest, user: User, has_codes: bool, data: Any = None
    ) -> None:
        super().__init__(data)
        self.request, self.user = request, user
        if not user.has_usable_password():
            del self.fields["password"]
        if not has_codes:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if password := values.get("password"):
            self._check_password(password)
        elif code := values.get("code"):
            self._check_code(code)
        elif not self.errors:
            raise ValidationError(_("Enter your password or a code."))
        return values

    def _check_code(self, code: str) -> None:
        """Add an error unless *code* is right; record a recovery code, now used up."""
        try:
            device = accepted_device(self.request, self.user, code)
        except WrongCodeError as error:
            self.add_error("code", str(error))
            return
        if factor_of(device) == RECOVERY_CODES:
            record(SECOND_FACTOR_USE, self.user, RECOVERY_CODES, by=self.user)

    def _check_password(self, password: str) -> None:
        """Add an error unless *password* is right.

        It is checked like a sign-in, so that wrong passwords are counted alike.
        """
        username = self.user.get_username()
        user = authenticate(self.request, username=username, password=password)
        if user is None or user.pk != self.user.pk:
            self.add_error("password", _("This password is wrong."))
