"""Encryption of archives with the program gpg, beside age.

Each run of gpg has a home folder of its own, which is deleted afterwards: neither keys
nor settings of a user play a part. Public keys come from files, and are trusted because
the operator names them. Nothing is ever asked.
"""

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj, which
from typing import Any, BinaryIO, cast

from newsroom.backup.errors import BackupError, DamagedError

PROGRAM, CONTROL = "gpg", "gpgconf"
# An archive is compressed already.
_ENCRYPT = ("--trust-model", "always", "--compress-algo", "none")
CHUNK_BYTES = 1024 * 1024
PRIVATE_KEY = b"-----BEGIN PGP PRIVATE KEY BLOCK-----"
# First bytes of packets with the key of a message (RFC 9580), in all their forms. No
# archive that is not encrypted begins with one of them.
HEADERS = (b"\x84", b"\x85", b"\x86", b"\xc1")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A file with the public key of a recipient, as ``gpg --export`` writes it."""

    path: Path


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A file that ``gpg --armor --export-secret-keys`` has written."""

    path: Path
    passphrase: str | None = None


def public_keys_from(paths: Sequence[str]) -> list[PublicKey]:
    """Return the public keys in the files *paths*. Raises BackupError."""
    for path in paths:
        with _home() as options:
            shown = _run([*options, "--show-keys", "--with-colons", "--", path])
        if "\npub:" not in f"\n{shown}" or "\nsec:" in f"\n{shown}":
            raise BackupError(f"Not a file with a public key of gpg: {path}.")
    return [PublicKey(Path(path)) for path in paths]


@contextmanager
def encrypting(target: Any, keys: Sequence[PublicKey]) -> Iterator[BinaryIO]:
    """Yield a writer whose bytes are written to *target*, encrypted."""
    named = [part for key in keys for part in ("--recipient-file", str(key.path))]
    with _home() as options, tempfile.TemporaryFile() as said:
        program = subprocess.Popen(
            [*options, *_ENCRYPT, *named, "--encrypt"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        written = cast(BinaryIO, program.stdin)
        encrypted = cast(BinaryIO, program.stdout)
        errors: list[Exception] = []

        def copy() -> None:
            try:
                copyfileobj(encrypted, target)
            except Exception as error:  # raised below, in the caller's thread
                errors.append(error)
                program.kill()

        thread = threading.Thread(target=copy, name="encryption")
        thread.start()
        try:
            with suppress(BrokenPipeError), written as plain:
                yield plain
        except BaseException:
            program.kill()
            raise
        finally:
            thread.join()
            code = program.wait()
            encrypted.close()
        if errors:
            raise errors[0]
        if code:
            raise BackupError(f"The archive cannot be encrypted: {_text(said)}")


@contextmanager
def decrypting(source: BinaryIO, keys: Sequence[PrivateKey]) -> Iterator[BinaryIO]:
    """Yield a reader of the plain text of *source*, a file. Raises DamagedError."""
    with _home() as options, tempfile.TemporaryFile() as said:
        for key in keys:
            _run([*options, "--import", "--", str(key.path)])
        program = _decrypting_program(options, source, said, keys)
        try:
            with cast(BinaryIO, program.stdout) as plain:
                damage: DamagedError | None = None
                try:
                    yield plain
                except DamagedError as error:
                    damage = error
                # To the end, if nobody has: gpg fails if nobody reads what it writes.
                while plain.read(CHUNK_BYTES):
                    pass
            if program.wait():
                fault = f"cannot be decrypted: {_text(said)}"
                raise DamagedError([fault]) from damage
            if damage:
                raise damage
        finally:
            program.kill()
            program.wait()


def _decrypting_program(
    options: list[str], source: BinaryIO, said: Any, keys: Sequence[PrivateKey]
) -> "subprocess.Popen[bytes]":
    """Start gpg. The passphrase of a key, if there is one, is never asked for."""
    given = next((key.passphrase for key in keys if key.passphrase is not None), "")
    reading, writing = os.pipe()
    try:
        with os.fdopen(writing, "wb") as file:
            file.write(f"{given}\n".encode())
        asked = ["--pinentry-mode", "loopback", "--passphrase-fd", str(reading)]
        return subprocess.Popen(
            [*options, *asked, "--decrypt"],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=said,
            pass_fds=(reading,),
        )
    finally:
        os.close(reading)


@contextmanager
def _home() -> Iterator[list[str]]:
    """Yield the command of gpg with a new home folder; stop its agent at the end."""
    if which(PROGRAM) is None:
        raise BackupError("The program gpg is missing. On Debian: apt install gnupg")
    with tempfile.TemporaryDirectory(prefix="gpg-") as folder:
        try:
            yield [PROGRAM, "--homedir", folder, "--batch", "--no-tty", "--quiet"]
        finally:
            subprocess.run(
                [CONTROL, "--homedir", folder, "--kill", "gpg-agent"],
                capture_output=True,
                check=False,
            )


def _run(command: list[str]) -> str:
    """Run gpg and return what it prints. Raises BackupError."""
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        said = result.stderr.decode(errors="replace").strip()
        raise BackupError(f"{command[-1]} cannot be read by gpg: {said}")
    return result.stdout.decode(errors="replace")


def _text(file: Any) -> str:
    file.seek(0)
    return str(file.read().decode(errors="replace")).strip()
