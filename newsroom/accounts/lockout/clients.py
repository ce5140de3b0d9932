"""Keys by which attempts to sign in are counted: name, address, known browser."""

import ipaddress
import secrets
import unicodedata
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

SALT = "newsroom.accounts.device"
DEVICE_LIFETIME = timedelta(days=180)
# A provider gives each customer at least this much of IPv6.
IPV6_PREFIX = 64
# The longest name of an account that Django allows.
MAX_NAME = 150


def counted_name(typed: str | None) -> str:
    """Return the typed user name as attempts on it are counted.

    Case, width and invisible characters make no difference: an attacker gains no
    attempts by spelling a name in many ways.
    """
    text = unicodedata.normalize("NFKC", typed or "")
    kept = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    return kept.strip().casefold()[:MAX_NAME]


def client_network(request: HttpRequest) -> str | None:
    """Return the client's address, or its network for IPv6; None if it is unknown."""
    address = _address(request)
    if address is None or isinstance(address, ipaddress.IPv4Address):
        return str(address) if address else None
    network = ipaddress.ip_network((int(address), IPV6_PREFIX), strict=False)
    return str(network.network_address)


def exact_address(request: HttpRequest) -> str | None:
    """Return the client's address; None if it is unknown."""
    address = _address(request)
    return str(address) if address else None


def _address(
    request: HttpRequest,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return ``REMOTE_ADDR``, which has passed :mod:`newsroom.web.proxies`."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def device_of(request: HttpRequest, name: str) -> str | None:
    """Return the id of a browser in which *name* has signed in before, else None."""
    value = request.COOKIES.get(_cookie_name(name), "")
    try:
        stored_name, device = signing.loads(value, salt=SALT, max_age=DEVICE_LIFETIME)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return device if stored_name == name else None


def trust_device(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Set the cookie that proves that *name* has signed in with this browser."""
    device = device_of(request, name) or secrets.token_hex(8)
    response.set_cookie(
        _cookie_name(name),
        signing.dumps([name, device], salt=SALT),
        max_age=int(DEVICE_LIFETIME.total_seconds()),
        path=reverse("wagtailadmin_home"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _cookie_name(name: str) -> str:
    return f"device_{salted_hmac(SALT, name).hexdigest()[:12]}"
