"""Receiver that notes the time of a sign-in by password."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from newsroom.access.second_factors.sessions import note_password


@receiver(user_logged_in, dispatch_uid="second_factors.password")
def note_sign_in(request: HttpRequest | None, **kwargs: Any) -> None:
    if request is not None and hasattr(request, "session"):
        note_password(request)
