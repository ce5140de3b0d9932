"""URLs that a user goes to after a step of sign-in or a change of factors."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from newsroom.access.second_factors.sessions import confirm


def next_url(request: HttpRequest, default: str = "wagtailadmin_home") -> str:
    """Return the ``next`` of the form or query if it is on this site, else *default*.

    *default* is the name of a URL.
    """
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return resolve_url(default)


def with_next(name: str, target: str) -> str:
    """Return the URL *name* of this app with *target* as its ``next``."""
    return f"{reverse(f'second_factors:{name}')}?{urlencode({'next': target})}"


def after_adding(request: HttpRequest, *, is_first: bool) -> str:
    """Return where to go when a factor was added.

    After the first one that is the page of recovery codes, which may then be made
    without a further confirmation.
    """
    if not is_first:
        return next_url(request, "wagtailadmin_account")
    confirm(request)
    return with_next("recovery_codes", next_url(request))
