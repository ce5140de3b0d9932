"""Middleware that keeps a session anonymous until its second factor has been used."""

from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qs, urlencode, urlsplit

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from newsroom.access.second_factors.sessions import signed_in_user, waiting_user
from newsroom.access.users import AnyUser


class SecondFactorMiddleware:
    """Replace ``request.user`` of a half signed in session by an anonymous user.

    Every view, decorator and template that asks for a user is covered, also those of
    libraries. A redirect to a login page leads to the second step instead. Must follow
    ``django_otp.middleware.OTPMiddleware``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.user = SimpleLazyObject(partial(signed_in_user, request, user))  # type: ignore[assignment]
        request.auser = partial(_user, request)
        is_login_page = request.path in _login_paths()
        if is_login_page and request.method != "POST" and waiting_user(request):
            return _to_second_step(request.get_full_path())
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirect):
            location = response["Location"]
            if urlsplit(location).path in _login_paths() and waiting_user(request):
                return _to_second_step(location)
        return response


async def _user(request: HttpRequest) -> AnyUser:
    await sync_to_async(bool)(request.user)
    return request.user


def _login_paths() -> set[str]:
    return {
        reverse("wagtailadmin_login"),
        reverse("wagtailcore_login"),
        resolve_url(settings.LOGIN_URL),
    }


def _to_second_step(login_url: str) -> HttpResponseRedirect:
    """Redirect to the second step, with the ``next`` of *login_url*."""
    url = reverse("second_factors:second_step")
    target = parse_qs(urlsplit(login_url).query).get("next")
    if target:
        url = f"{url}?{urlencode({'next': target[0]})}"
    return HttpResponseRedirect(url)
