"""Archives that are encrypted with gpg."""

import gzip
import random
import subprocess
from pathlib import Path

import pyrage
import pytest

from newsroom.backup.archive import reading, writing
from newsroom.backup.configuration import configured_recipients
from newsroom.backup.encryption import encryption_of, identities_from
from newsroom.backup.errors import BackupError, DamagedError
from newsroom.backup.gpg import PublicKey, public_keys_from
from tests.backup.gpg_keys import made_key, needs_gpg

pytestmark = needs_gpg
CONTENT = random.Random(1).randbytes(3_000_000)


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> tuple[Path, Path]:
    return made_key(tmp_path_factory.mktemp("gpg"))


@pytest.fixture(scope="module")
def archive(keys, tmp_path_factory) -> Path:
    """Return an archive with one member, encrypted."""
    path = tmp_path_factory.mktemp("archive") / "archive"
    with writing(path, public_keys_from([str(keys[0])])) as (written, _hashed):
        written.add_bytes("media/a", CONTENT)
    return path


def members(path: Path, identity: Path, passphrase: str | None = None) -> dict:
    with reading(path, identities_from(identity, passphrase)) as found:
        return {name: member.read() for name, member in found}


def test_an_archive_opens_with_its_private_key(archive, keys):
    assert encryption_of(archive) == "gpg"
    assert members(archive, keys[1]) == {"media/a": CONTENT}


def test_an_archive_needs_a_key_of_its_own_kind(archive, tmp_path):
    age = tmp_path / "key.txt"
    age.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(BackupError, match="private key of gpg"):
        members(archive, age)
    with pytest.raises(BackupError, match="--identity"), reading(archive) as found:
        next(found)


def test_the_key_of_another_does_not_open_it(archive, tmp_path):
    _public, other = made_key(tmp_path)
    with pytest.raises(DamagedError, match="cannot be decrypted"):
        members(archive, other)


@pytest.mark.parametrize("place", [-30, 1_500_000])
def test_damage_is_noticed(archive, keys, tmp_path, place):
    data = bytearray(archive.read_bytes())
    data[place] ^= 1
    damaged = tmp_path / "archive"
    damaged.write_bytes(data)
    with pytest.raises(DamagedError):
        members(damaged, keys[1])
    damaged.write_bytes(archive.read_bytes()[:-100])
    with pytest.raises(DamagedError):
        members(damaged, keys[1])


def test_damage_below_the_encryption_is_not_called_an_error_of_gpg(keys, tmp_path):
    plain, path = tmp_path / "plain", tmp_path / "archive"
    plain.write_bytes(gzip.compress(b"no tar" * 100_000)[:-4])
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", str(home), "--batch", "--trust-model", "always"]
    gpg += ["--recipient-file", str(keys[0]), "--output", str(path)]
    subprocess.run([*gpg, "--encrypt", str(plain)], check=True, capture_output=True)
    with pytest.raises(DamagedError) as raised:
        members(path, keys[1])
    assert "decrypted" not in str(raised.value)


def test_a_private_key_may_have_a_passphrase(tmp_path):
    public, private = made_key(tmp_path, "құпия сөз")
    path = tmp_path / "archive"
    with writing(path, public_keys_from([str(public)])) as (written, _hashed):
        written.add_bytes("media/a", CONTENT)
    assert members(path, private, "құпия сөз") == {"media/a": CONTENT}
    for wrong in (None, "other"):
        with pytest.raises(DamagedError, match="cannot be decrypted"):
            members(path, private, wrong)


def test_only_a_public_key_is_one_of_a_recipient(keys, tmp_path, settings):
    other = tmp_path / "key.asc"
    other.write_text("no key")
    for path in (keys[1], other, tmp_path / "missing"):
        with pytest.raises(BackupError):
            public_keys_from([str(path)])
    settings.BACKUP_GPG_RECIPIENTS = [str(keys[0])]
    settings.BACKUP_RECIPIENTS = ["age1"]
    with pytest.raises(BackupError, match="not both"):
        configured_recipients()


def test_a_key_that_vanishes_is_an_error(tmp_path):
    with (
        pytest.raises(BackupError, match="cannot be encrypted"),
        writing(tmp_path / "archive", [PublicKey(tmp_path / "no")]) as (written, _hash),
    ):
        written.add_bytes("media/a", CONTENT)


def test_without_the_program_the_error_says_so(keys, monkeypatch):
    monkeypatch.setattr("newsroom.backup.gpg.which", lambda name: None)
    with pytest.raises(BackupError, match="gnupg"):
        public_keys_from([str(keys[0])])
