"""Keys of gpg for tests."""

import shutil
import subprocess
from pathlib import Path

import pytest

needs_gpg = pytest.mark.skipif(
    shutil.which("gpg") is None, reason="gpg is missing. On Debian: apt install gnupg"
)


def made_key(folder: Path, passphrase: str = "") -> tuple[Path, Path]:
    """Make a key with gpg; return files with its public and its private part."""
    home = folder / "home"
    home.mkdir(mode=0o700, parents=True)
    gpg = ["gpg", "--homedir", str(home), "--batch", "--pinentry-mode", "loopback"]
    gpg += ["--passphrase", passphrase]
    name = "archive@archive.example"
    run = ["--quick-generate-key", name, "future-default", "default", "never"]
    subprocess.run([*gpg, *run], check=True, capture_output=True)
    found = []
    for export in ("--export", "--export-secret-keys"):
        path = folder / f"key{export}.asc"
        made = subprocess.run(
            [*gpg, "--armor", export, name], check=True, capture_output=True
        )
        path.write_bytes(made.stdout)
        found.append(path)
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=True)
    return found[0], found[1]
