"""Caddy with the project's own configuration, on free loopback ports."""

import os
import shutil
import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.servers.processes import (
    ServerMissingError,
    ServerProcess,
    free_ports,
    new_folder,
    remove,
)

CADDYFILE = Path(__file__).resolve().parents[2] / "deploy" / "Caddyfile"
START_SECONDS = 300
MISSING = "Caddy is missing. On Debian: apt-get install caddy"
# Nothing outside the folder of the test: no port 80, no certificate for the system.
GLOBAL_OPTIONS = """{{
	admin off
	http_port {http_port}
	skip_install_trust
}}
{configuration}
"""


class Caddy:
    """``deploy/Caddyfile`` for ``https://localhost`` with a certificate of its own.

    Args:
        application: ``host:port`` of the application behind it.
        var_dir: The application's ``VAR_DIR``.
    """

    def __init__(self, application: str, var_dir: Path):
        if not (path := shutil.which("caddy")):
            raise ServerMissingError(MISSING)
        self.port, http_port = free_ports(2)
        self.url = f"https://localhost:{self.port}"
        self.folder = new_folder("newsroom-caddy-")
        configuration = self.folder / "Caddyfile"
        configuration.write_text(
            GLOBAL_OPTIONS.format(
                http_port=http_port, configuration=CADDYFILE.read_text("utf-8")
            )
        )
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "XDG_DATA_HOME": str(self.folder),
            "SITE_ADDRESS": self.url,
            "TLS": "tls internal",
            "VAR_DIR": str(var_dir),
            "APPLICATION": application,
        }
        command = [path, "run", "--adapter", "caddyfile", "--config", "Caddyfile"]
        self._process = ServerProcess(command, self.folder, environment)

    @property
    def certificate(self) -> Path:
        """The certificate of the authority that signed the site's."""
        return self.folder / "caddy/pki/authorities/local/root.crt"

    def _is_up(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return self.certificate.exists()
        return False

    def __enter__(self) -> Self:
        self._process.start(self._is_up, START_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.end(signal.SIGTERM, START_SECONDS)
        remove(self.folder)
