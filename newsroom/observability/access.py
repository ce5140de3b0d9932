"""Access to the health and the metrics of the site."""

from collections.abc import Iterable
from hmac import compare_digest
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from newsroom.web.clients import address_of

Network = IPv4Network | IPv6Network
SETTING = "HEALTH_ALLOWED"


class Guard:
    """Tells the balancer and the monitoring from all other clients.

    A client is allowed by its IP address (``HEALTH_ALLOWED``), as seen after the
    trusted proxies, or by a token in ``Authorization: Bearer …`` (``HEALTH_TOKEN``).
    Raises ImproperlyConfigured if a network is invalid.
    """

    def __init__(self) -> None:
        self._networks = _networks(settings.HEALTH_ALLOWED)
        self._token = settings.HEALTH_TOKEN.encode()

    def allows(self, request: HttpRequest) -> bool:
        return self._knows_address(request) or self._knows_token(request)

    def _knows_address(self, request: HttpRequest) -> bool:
        address = address_of(request)
        return address is not None and any(
            address in network for network in self._networks
        )

    def _knows_token(self, request: HttpRequest) -> bool:
        scheme, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(
            " "
        )
        if not self._token or scheme.lower() != "bearer":
            return False
        # Headers are decoded as Latin-1; "replace" is for the half of a surrogate pair.
        given = token.strip().encode("utf-8", "replace")
        return compare_digest(given, self._token)


def _networks(texts: Iterable[str]) -> list[Network]:
    try:
        return [ip_network(text.strip()) for text in texts if text.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{SETTING} holds an invalid IP address or network: {error}."
        ) from error
