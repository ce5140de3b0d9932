"""Clients by IP address, as seen after the trusted proxies."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.http import HttpRequest

# Value of LOG_IP_ADDRESSES for whole addresses; "short" and "none" are the others.
FULL = "full"
# Bits of an address that name a customer's network, not a person: a provider gives a
# household one IPv4 address or an IPv6 network of 48 to 64 bits.
_SHORT_BITS = {4: 24, 6: 48}
_CLIENT_BITS = {4: 32, 6: 64}
UNKNOWN = "unknown"

Address = IPv4Address | IPv6Address


def address_of(request: HttpRequest) -> Address | None:
    """Return the IP address of the client, None if it has none (a Unix socket).

    An IPv4 address that is written as IPv6 is returned as IPv4.
    """
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def network_of(request: HttpRequest, *, is_full: bool = False) -> str:
    """Return the client's network for the log: /24 or /48, or the whole address."""
    address = address_of(request)
    if address is None:
        return UNKNOWN
    return str(address) if is_full else _within(address, _SHORT_BITS)


def client_of(request: HttpRequest) -> str:
    """Return what is counted as one client: an IPv4 address, or an IPv6 /64."""
    address = address_of(request)
    return UNKNOWN if address is None else _within(address, _CLIENT_BITS)


def _within(address: Address, bits: dict[int, int]) -> str:
    whole = int(address)  # without the zone of a link-local address
    kind = IPv4Address if address.version == 4 else IPv6Address
    network = ip_network((kind(whole), bits[address.version]), strict=False)
    return str(network) if network.prefixlen < network.max_prefixlen else str(address)
