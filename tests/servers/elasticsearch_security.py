"""An Elasticsearch node with HTTPS and a password.

API keys cannot be tried on it: the index that holds them needs the analysis module
that this distribution leaves out.
"""

import base64
import secrets
import ssl
import subprocess
import urllib.request
from pathlib import Path

from tests.servers.elasticsearch import (
    NO_PROXY,
    START_SECONDS,
    ElasticsearchNode,
)
from tests.servers.processes import ServerFailedError

SUPERUSER = "elastic"  # the account that Elasticsearch has from the start
# Accounts with fewer rights. The name of each is that of its role, too.
ACCOUNTS, PASSWORD = ("reader", "keeper"), "password"
ROLES = """
reader:
  cluster: [monitor]
  indices:
    - names: ["archive", "archive-*"]
      privileges: [read, view_index_metadata]
keeper:
  cluster: [monitor]
  indices:
    - names: ["archive", "archive-*"]
      privileges: [manage, read, write]
"""


class SecuredElasticsearchNode(ElasticsearchNode):
    """A node that answers on https only, to ``elastic`` with its ``password``.

    ``ACCOUNTS`` have the password ``PASSWORD``. ``certificate`` is the
    file with the authority to trust.
    """

    scheme = "https"

    @property
    def certificate(self) -> Path:
        return self.folder / "config" / "http.pem"

    def settings(self) -> dict[str, object]:
        return super().settings() | {
            "xpack.security.enabled": "true",
            "xpack.security.http.ssl.enabled": "true",
            "xpack.security.http.ssl.keystore.path": "http.p12",
            "xpack.security.http.ssl.keystore.password": self.password,
        }

    def _configure(self) -> None:
        self.password = secrets.token_urlsafe()
        super()._configure()
        self._make_certificate()
        self._set_password()
        self._add_accounts()
        trust = ssl.create_default_context(cafile=str(self.certificate))
        self.opener = urllib.request.build_opener(
            NO_PROXY, urllib.request.HTTPSHandler(context=trust)
        )
        login = base64.b64encode(f"{SUPERUSER}:{self.password}".encode()).decode()
        self.opener.addheaders = [("Authorization", f"Basic {login}")]

    def _make_certificate(self) -> None:
        """Sign a key for 127.0.0.1 by itself, with the JDK's own tool."""
        keytool = str(self.java / "bin" / "keytool")
        store = ["-keystore", str(self.folder / "config" / "http.p12")]
        store += ["-storepass", self.password, "-storetype", "PKCS12", "-alias", "http"]
        names = ["-dname", "CN=newsroom", "-ext", "san=ip:127.0.0.1,dns:localhost"]
        self._run(keytool, "-genkeypair", "-keyalg", "RSA", *store, *names)
        target = ["-rfc", "-file", str(self.certificate)]
        self._run(keytool, "-exportcert", *store, *target)

    def _set_password(self) -> None:
        keystore = str(self.home / "bin" / "elasticsearch-keystore")
        add = ["add", "--force", "--stdin", "bootstrap.password"]
        self._run("bash", keystore, *add, given=self.password)

    def _add_accounts(self) -> None:
        config = self.folder / "config"
        (config / "roles.yml").write_text(ROLES)
        users = "".join(f"{name}:{PASSWORD}\n" for name in ACCOUNTS)
        (config / "users").write_text(users)
        roles = "".join(f"{name}:{name}\n" for name in ACCOUNTS)
        (config / "users_roles").write_text(roles)

    def _run(self, *command: str, given: str = "") -> None:
        result = subprocess.run(
            command,
            input=given,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
        )
        if result.returncode:
            cause = (result.stdout + result.stderr).strip()
            raise ServerFailedError(f"{command[0]} failed: {cause}")
