"""IP addresses that may be requested for others: those of the public internet."""

import socket
import threading
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from newsroom.fetching.errors import RefusedURLError, TooSlowError, UnreachableError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Refused in addition to all that ``ipaddress`` does not call global: Python 3.11 calls
# some of these global, and the tunnels among them lead to any IPv4 address.
REFUSED: tuple[Network, ...] = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, and metadata of Alibaba Cloud
        "168.63.129.16/32",  # metadata of Azure, in the public range
        "169.254.0.0/16",  # link-local, and metadata of most clouds
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "224.0.0.0/3",  # multicast and reserved
        "::/32",  # unspecified, loopback, IPv4-compatible and IPv4-mapped
        "64:ff9b::/32",  # NAT64
        "100::/8",  # discard, and the dummy prefix
        "2001::/23",  # Teredo, ORCHID and other protocols
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
        "5f00::/8",
        "fc00::/7",
        "fe80::/9",  # link-local and site-local
        "ff00::/8",
    )
)


def is_public(address: Address) -> bool:
    """Return whether *address* is one of the public internet."""
    return address.is_global and not any(
        address in network for network in REFUSED if network.version == address.version
    )


def literal(host: str) -> Address | None:
    """Return the address that *host* is written as; None if it is a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of *host*, as the operating system finds them.

    Raises UnreachableError, and TooSlowError: ``getaddrinfo`` has no time-out, so that
    it runs in a thread that is abandoned when the time is over.
    """
    found: list[str] = []
    errors: list[Exception] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(str(answer[4][0]) for answer in answers)
        except (OSError, UnicodeError) as error:
            errors.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TooSlowError(f"{host} was not resolved in time.")
    if errors or not found:
        raise UnreachableError(f"{host} has no address.")
    return list(dict.fromkeys(found))


def public_addresses(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of *host*, all of which are public.

    Raises RefusedURLError if one is not: a name with both kinds is no mistake of an
    honest server. Raises UnreachableError and TooSlowError.
    """
    written = literal(host)
    found = [str(written)] if written else resolve(host, port, seconds)
    for text in found:
        address = literal(text)
        if address is None or not is_public(address):
            raise RefusedURLError(f"{host} is not in the public internet.")
    return found
