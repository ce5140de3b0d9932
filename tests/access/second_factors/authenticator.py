"""A passkey device in Python, which answers the server as a browser would."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

ORIGIN = "http://localhost:8000"
USER_PRESENT, USER_VERIFIED, HAS_CREDENTIAL = 0x01, 0x04, 0x40


def text_of(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """One passkey. ``verifies`` says whether it asks for PIN, finger or face."""

    def __init__(self, *, verifies: bool = True, origin: str = ORIGIN) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(32)
        self.verifies, self.origin = verifies, origin
        self.uses = 0

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer the options of a registration."""
        numbers = self.key.public_key().public_numbers()
        public_key = {1: 2, 3: -7, -1: 1}
        public_key |= {-2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        credential = bytes(16) + len(self.credential_id).to_bytes(2)
        credential += self.credential_id + cbor2.dumps(public_key)
        data = self._data(options["rp"]["id"], HAS_CREDENTIAL) + credential
        attestation = {"fmt": "none", "attStmt": {}, "authData": data}
        return self._credential(
            clientDataJSON=self._client_data("webauthn.create", options),
            attestationObject=cbor2.dumps(attestation),
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer the options of a sign-in."""
        self.uses += 1
        data = self._data(options["rpId"], 0)
        client_data = self._client_data("webauthn.get", options)
        signed = data + hashlib.sha256(client_data).digest()
        return self._credential(
            clientDataJSON=client_data,
            authenticatorData=data,
            signature=self.key.sign(signed, ec.ECDSA(hashes.SHA256())),
        )

    def _data(self, domain: str, flags: int) -> bytes:
        flags |= USER_PRESENT | (USER_VERIFIED if self.verifies else 0)
        start = hashlib.sha256(domain.encode()).digest()
        return start + bytes([flags]) + self.uses.to_bytes(4)

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        values = {"type": kind, "challenge": options["challenge"]}
        return json.dumps(values | {"origin": self.origin}).encode()

    def _credential(self, **response: bytes) -> dict[str, Any]:
        name = text_of(self.credential_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": {key: text_of(value) for key, value in response.items()},
            "clientExtensionResults": {},
        }
