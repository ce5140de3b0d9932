"""Middleware that limits requests to expensive pages."""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from newsroom.web.clients import UNKNOWN, client_of
from newsroom.web.error_pages import too_many_requests
from newsroom.web.limits.buckets import Buckets, Policy, Taken
from newsroom.web.limits.policies import policies, scope_of

# Sent for each refused request, with ``scope``.
limited = Signal()
FILE_NAME = "rate-limits"
# A signed-in user gets this many times the quota of a client.
USER_FACTOR = 10


class RateLimitMiddleware:
    """Middleware that answers 429 to clients that ask for expensive pages too often.

    A client is an IPv4 address or an IPv6 /64 network, as seen after the trusted
    proxies. People of one newsroom or university share an address, so once its quota is
    used up, a signed-in user is counted by account, with ten times the quota. Only then
    is the user looked up: the limit itself takes no query.

    Limited responses have the headers ``RateLimit-Policy`` and ``RateLimit``
    (draft-ietf-httpapi-ratelimit-headers). The middleware must follow the one for
    sessions.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._policies = policies()

    @cached_property
    def _buckets(self) -> Buckets:
        path = Path(settings.VAR_DIR) / FILE_NAME
        return Buckets(path, settings.SECRET_KEY.encode())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        taken: Taken | None = getattr(request, "rate_limit", None)
        if taken is not None:
            response["RateLimit-Policy"] = taken.policy.header
            response["RateLimit"] = taken.header
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        scope = scope_of(request) if self._policies else None
        policy = self._policies.get(scope) if scope else None
        client = client_of(request)
        # Clients without an address (a Unix socket) cannot be told apart: a limit would
        # be one for all readers together.
        if policy is None or client == UNKNOWN:
            return None
        taken = self._taken(request, policy, client)
        request.rate_limit = taken  # type: ignore[attr-defined]
        if taken.is_allowed:
            return None
        limited.send_robust(sender=type(self), scope=scope)
        return too_many_requests(request, max(1, math.ceil(taken.retry_after)))

    def _taken(self, request: HttpRequest, policy: Policy, client: str) -> Taken:
        taken = self._buckets.take(policy, client)
        if taken.is_allowed or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return taken
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return taken
        own = replace(policy, quota=policy.quota * USER_FACTOR)
        return self._buckets.take(own, f"user {user.pk}")
