"""The internet as the fetcher sees it: names, addresses, and one server."""

import socket
from collections.abc import Iterator

import pytest

from newsroom.fetching import addresses, transport
from tests.fetching.servers import Server, running

PUBLIC = "93.184.216.34"


class Internet:
    """``names`` has the addresses of each name; ``connected`` those connected to."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.names: dict[str, list[str]] = {"site.kz": [PUBLIC]}
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def resolve(self, host: str, port: int, seconds: float) -> list[str]:
        self.resolved.append(host)
        if host not in self.names:
            raise addresses.UnreachableError(host)
        return self.names[host]

    def open_socket(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((address, port))
        return socket.create_connection(("127.0.0.1", self.server.port), seconds)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def internet(server, monkeypatch) -> Internet:
    made = Internet(server)
    monkeypatch.setattr(addresses, "resolve", made.resolve)
    monkeypatch.setattr(transport, "open_socket", made.open_socket)
    return made
