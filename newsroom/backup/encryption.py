"""Encryption of archives with age or gpg, for recipients with private keys elsewhere.

pyrage encrypts from a reader to a writer. A thread does this at the other end of a
pipe, so that neither the whole archive nor its plain text is ever stored.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from newsroom.backup import gpg
from newsroom.backup.errors import BackupError, DamagedError

# First bytes of a file that age has encrypted.
AGE_HEADER = b"age-encryption.org/v1"


def recipients_from(keys: Sequence[str]) -> list[Any]:
    """Parse public keys: ``age1...`` or ``ssh-...``. Raises BackupError."""
    found = []
    for key in keys:
        parse: Callable[[str], Any] = (
            pyrage.ssh.Recipient.from_str
            if key.startswith("ssh-")
            else pyrage.x25519.Recipient.from_str
        )
        try:
            found.append(parse(key))
        except Exception as error:
            raise BackupError(f"Not a public key of age: {key!r}.") from error
    return found


def identities_from(path: Path, passphrase: str | None = None) -> list[Any]:
    """Read the private keys of a file as ``age-keygen`` or gpg writes it.

    The file itself, or the key of gpg, may be encrypted with *passphrase*. Raises
    BackupError.
    """
    try:
        data = path.read_bytes()
        if gpg.PRIVATE_KEY in data:
            return [gpg.PrivateKey(path, passphrase)]
        if data.startswith(AGE_HEADER):
            if passphrase is None:
                raise BackupError(f"{path} is encrypted: name --passphrase-file.")
            data = pyrage.passphrase.decrypt(data, passphrase)
        lines = [line.strip() for line in data.decode().splitlines()]
        keys = [line for line in lines if line and not line.startswith("#")]
        if keys and keys[0].startswith("-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(data)]
        found = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except BackupError:
        raise
    except Exception as error:
        raise BackupError(f"No private key can be read from {path}: {error}") from error
    if not found:
        raise BackupError(f"{path} contains no private key.")
    return found


def encryption_of(path: Path) -> str:
    """Return the program that has encrypted the file: age, gpg, or an empty string."""
    with path.open("rb") as file:
        start = file.read(len(AGE_HEADER))
    if start == AGE_HEADER:
        return "age"
    return "gpg" if start.startswith(gpg.HEADERS) else ""


def encryption_for(recipients: Sequence[Any]) -> str:
    """Return the program that encrypts for *recipients*: age, gpg, or none."""
    if not recipients:
        return ""
    return "gpg" if isinstance(recipients[0], gpg.PublicKey) else "age"


@contextmanager
def encrypting(target: Any, recipients: Sequence[Any]) -> Iterator[BinaryIO]:
    """Yield a writer whose bytes are written to *target*, encrypted."""
    if encryption_for(recipients) == "gpg":
        with gpg.encrypting(target, recipients) as encrypted:
            yield encrypted
        return
    reading, writing = os.pipe()
    errors: list[Exception] = []

    def encrypt() -> None:
        with os.fdopen(reading, "rb") as source:
            try:
                pyrage.encrypt_io(source, target, list(recipients))
            except Exception as error:  # raised below, in the caller's thread
                errors.append(error)

    thread = threading.Thread(target=encrypt, name="encryption")
    thread.start()
    try:
        with os.fdopen(writing, "wb") as plain:
            yield plain
    except BrokenPipeError:
        thread.join()
        if not errors:
            raise
    finally:
        thread.join()
    if errors:
        raise BackupError(f"The archive cannot be encrypted: {errors[0]}")


@contextmanager
def decrypting(source: BinaryIO, identities: Sequence[Any]) -> Iterator[BinaryIO]:
    """Yield a reader of the plain text of *source*. Raises DamagedError."""
    if isinstance(identities[0], gpg.PrivateKey):
        with gpg.decrypting(source, identities) as decrypted:
            yield decrypted
        return
    reading, writing = os.pipe()
    errors: list[Exception] = []

    def decrypt() -> None:
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as target:
            try:
                pyrage.decrypt_io(source, target, list(identities))
            except Exception as error:  # raised below, in the caller's thread
                errors.append(error)

    thread = threading.Thread(target=decrypt, name="decryption")
    thread.start()
    try:
        with os.fdopen(reading, "rb") as plain:
            yield plain
            is_read = not plain.read(1)
    except DamagedError as error:
        thread.join()
        if errors:
            raise DamagedError([f"cannot be decrypted: {errors[0]}"]) from error
        raise
    finally:
        thread.join()
    if errors and is_read:
        raise DamagedError([f"cannot be decrypted: {errors[0]}"])
