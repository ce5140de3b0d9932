"""Pages on which a user adds and removes own factors."""

from io import BytesIO

import segno
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_otp import login as mark_as_verified
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.access.audit import (
    APP,
    RECOVERY_CODES,
    SECOND_FACTOR_ADD,
    SECOND_FACTOR_REMOVE,
)
from newsroom.access.second_factors.addresses import after_adding, next_url, with_next
from newsroom.access.second_factors.codes import (
    make_recovery_codes,
    recovery_codes_left,
)
from newsroom.access.second_factors.events import factor_of, record
from newsroom.access.second_factors.factors import (
    authenticator_of,
    has_factor,
    passkeys_of,
    remaining_device,
    remove_recovery_codes_without_factor,
)
from newsroom.access.second_factors.forms import AppCodeForm
from newsroom.access.second_factors.pages import FactorPage
from newsroom.access.second_factors.passkeys import NAME_LENGTH
from newsroom.access.second_factors.permissions import (
    may_remove_factor,
    must_have_factor,
)
from newsroom.access.second_factors.sessions import complete_sign_in, use_confirmation
from newsroom.access.users import User

QR_SCALE = 4  # pixels of one module: 180 to 230 pixels in all


class SetUpPage(FactorPage):
    """Let the user choose a passkey or an authenticator app."""

    template_name = "access/second_factors/set_up.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(
            must_have_factor=must_have_factor(self.user),
            has_factor=has_factor(self.user),
        )


class AddPasskeyPage(FactorPage):
    """Ask for the name of a new passkey; the browser does the rest."""

    template_name = "access/second_factors/add_passkey.html"
    confirmed = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(name_length=NAME_LENGTH)


class SetUpAppPage(FactorPage):
    """Show the key of a new authenticator app, and confirm it by a code.

    A confirmed app replaces the one that the user had.
    """

    template_name = "access/second_factors/set_up_app.html"
    confirmed = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(AppCodeForm(_new_app(self.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        app = _new_app(self.user)
        form = AppCodeForm(app, request.POST)
        if not form.is_valid():
            return self._show(form)
        is_first = not has_factor(self.user)
        use_confirmation(request)
        with transaction.atomic():
            TOTPDevice.objects.filter(user=self.user).exclude(pk=app.pk).delete()
            TOTPDevice.objects.filter(pk=app.pk).update(confirmed=True)
        app.refresh_from_db()
        record(SECOND_FACTOR_ADD, self.user, APP, by=self.user)
        if is_first:
            complete_sign_in(request, app, used=False)
        else:
            _stay_verified(request, self.user)
            messages.success(request, _("The authenticator app is set up."))
        return redirect(after_adding(request, is_first=is_first))

    def _show(self, form: AppCodeForm) -> HttpResponse:
        key = form.app.config_url.partition("secret=")[2].partition("&")[0]
        return self.show(
            form=form,
            key=" ".join(key[start : start + 4] for start in range(0, len(key), 4)),
            replaces=authenticator_of(self.user) is not None,
        )


class AppQrCode(FactorPage):
    """The key of the new authenticator app as a QR code in SVG."""

    confirmed = True

    def get(self, request: HttpRequest) -> HttpResponse:
        image = BytesIO()
        segno.make(_new_app(self.user).config_url).save(
            image, kind="svg", scale=QR_SCALE, light="#fff"
        )
        return HttpResponse(image.getvalue(), content_type="image/svg+xml")


class RecoveryCodesPage(FactorPage):
    """Make recovery codes and show them, once."""

    template_name = "access/second_factors/recovery_codes.html"
    confirmed = True

    def get(self, request: HttpRequest) -> HttpResponse:
        if not has_factor(self.user):
            return redirect(with_next("set_up", next_url(request)))
        return self.show(left=recovery_codes_left(self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        if not has_factor(self.user):
            return redirect(with_next("set_up", next_url(request)))
        use_confirmation(request)
        codes = make_recovery_codes(self.user)
        record(SECOND_FACTOR_ADD, self.user, RECOVERY_CODES, by=self.user)
        _stay_verified(request, self.user)
        return self.show(codes=codes)


class RemovePage(FactorPage):
    """Remove one factor of the user, unless it is the last one that is required."""

    template_name = "access/second_factors/remove.html"
    confirmed = True

    def find_device(self, pk: int | None) -> Device:
        """Return the factor to remove. Raises Http404."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        device = self.find_device(pk)
        return self.show(
            device=device,
            is_app=factor_of(device) == APP,
            may_remove=may_remove_factor(self.user),
        )

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        device = self.find_device(pk)
        with transaction.atomic():
            # Two requests at once must not remove the last two factors.
            get_user_model().objects.select_for_update().get(pk=self.user.pk)
            if not may_remove_factor(self.user):
                return self.get(request, pk)
            device.delete()
            remove_recovery_codes_without_factor(self.user)
        use_confirmation(request)
        record(SECOND_FACTOR_REMOVE, self.user, factor_of(device), by=self.user)
        _stay_verified(request, self.user)
        messages.success(request, _("The second factor is removed."))
        return redirect(next_url(request, "wagtailadmin_account"))


class RemovePasskeyPage(RemovePage):
    def find_device(self, pk: int | None) -> Device:
        device = passkeys_of(self.user).filter(pk=pk).first()
        if device is None:
            raise Http404
        return device


class RemoveAppPage(RemovePage):
    def find_device(self, pk: int | None) -> Device:
        device = authenticator_of(self.user)
        if device is None:
            raise Http404
        return device


def _new_app(user: User) -> TOTPDevice:
    """Return the app that *user* is setting up; the key stays until it is confirmed."""
    app = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return app or TOTPDevice.objects.create(
        user=user, name="Authenticator app", confirmed=False
    )


def _stay_verified(request: HttpRequest, user: User) -> None:
    """Keep this session signed in if the factor it was verified by has been removed."""
    device = remaining_device(user)
    if device is not None:
        mark_as_verified(request, device)
