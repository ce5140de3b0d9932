"""Damage to an archive is found and named; an archive can be encrypted."""

import gzip
import io
import json
import os
import tarfile
from random import Random

import pyrage
import pytest
from django.core.management import CommandError, call_command

from newsroom.backup import taking
from newsroom.backup.databases import engine
from newsroom.backup.encryption import identities_from, recipients_from
from newsroom.backup.errors import BackupError, DamagedError, LockedError
from newsroom.backup.manifest import MANIFEST, manifest_from
from newsroom.backup.rotation import Keep
from newsroom.backup.status import read_status
from newsroom.backup.taking import take_backup
from newsroom.backup.verification import verify, verify_checksum
from tests.backup.gpg_keys import made_key, needs_gpg

pytestmark = pytest.mark.django_db

KEEP = Keep(1, 0, 0)
NAMES = ["private/documents/a/план.pdf", "private/b.jpg", "media/c/c.webp"]


@pytest.fixture
def folders(own_database, settings, tmp_path):
    """Give the site three files; return their folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_DIR.mkdir()
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(Random(name).randbytes(5_000))
    return tmp_path


@pytest.fixture
def archive(folders):
    taken = take_backup(folders / "backups", keep=KEEP)
    return taken.path


def members_of(path) -> dict[str, bytes]:
    with tarfile.open(path, "r:gz") as tar:
        return {one.name: tar.extractfile(one).read() for one in tar}


def pack(path, members) -> None:
    """Write an archive of (name or TarInfo, bytes) pairs."""
    with tarfile.open(path, "w:gz") as tar:
        for name, data in members:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(data) if info.isreg() else 0
            tar.addfile(info, io.BytesIO(data))


def test_an_archive_contains_files_database_and_manifest_and_no_secret(
    archive, folders, settings
):
    members = members_of(archive)
    assert set(members) == {*NAMES, engine().member, MANIFEST}
    for name in NAMES:
        assert members[name] == (folders / name).read_bytes()
    manifest = manifest_from(members[MANIFEST])
    assert manifest.tables["wagtailcore_locale"] == 3
    assert settings.SECRET_KEY not in members[MANIFEST].decode()
    assert archive.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in archive.parent.iterdir()) == sorted(
        [archive.name, f"{archive.name}.sha256", "last-backup.json", ".lock"]
    )


def test_every_flipped_byte_is_found(archive):
    data = archive.read_bytes()
    random = Random(4)
    # Not in the ten bytes of the header of gzip, which say nothing about the contents.
    places = [random.randrange(10, len(data)) for _n in range(30)]
    for place in [*places, len(data) - 1, len(data) - 5]:
        damaged = bytearray(data)
        damaged[place] ^= 0x10
        archive.write_bytes(damaged)
        with pytest.raises(DamagedError) as error:
            verify(archive)
        assert str(error.value).startswith(archive.name)


def test_every_truncated_archive_is_found(archive):
    data = archive.read_bytes()
    for length in [0, 5, 20, len(data) // 2, len(data) - 20, len(data) - 1]:
        archive.write_bytes(data[:length])
        with pytest.raises(DamagedError):
            verify(archive)


def test_a_damaged_and_a_missing_file_are_named(archive):
    members = members_of(archive)
    altered = bytearray(members[NAMES[0]])
    altered[17] ^= 1
    others = [(name, data) for name, data in members.items() if name not in NAMES[:2]]
    pack(archive, [(NAMES[0], bytes(altered)), *others])
    with pytest.raises(DamagedError) as error:
        verify(archive)
    assert error.value.faults == [
        f"{archive.name}: {NAMES[1]} is missing",
        f"{archive.name}: {NAMES[0]} differs from its checksum",
    ]
    with pytest.raises(CommandError, match="differs from its checksum"):
        call_command("verify_backup", str(archive))
    pack(archive, [one for one in others if one[0] != MANIFEST])
    with pytest.raises(DamagedError, match=f"{MANIFEST} is missing"):
        verify(archive)


def link(name: str, kind: bytes, target: str = "/etc/passwd") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.mark.parametrize(
    "bad",
    [
        tarfile.TarInfo("../outside"),
        tarfile.TarInfo("/etc/outside"),
        tarfile.TarInfo("private/../../outside"),
        link("private/link", tarfile.SYMTYPE),
        link("private/link", tarfile.SYMTYPE, "b.jpg"),
        link("private/link", tarfile.LNKTYPE, NAMES[1]),
        link("private/device", tarfile.CHRTYPE),
        link("private/pipe", tarfile.FIFOTYPE),
        link("private/folder", tarfile.DIRTYPE),
    ],
    ids=lambda info: f"{info.name} {info.type!r} {info.linkname}",
)
def test_links_devices_and_names_that_lead_elsewhere_are_refused(archive, bad):
    pack(archive, [(bad, b""), *members_of(archive).items()])
    with pytest.raises(DamagedError):
        verify(archive)


@pytest.mark.parametrize(
    "name",
    ["../x", "/x", "private/../x", "private", "other/x", "private//x", "private/a\0b"],
)
def test_a_manifest_cannot_name_files_elsewhere(archive, name):
    members = members_of(archive)
    values = json.loads(members[MANIFEST])
    values["contents"][name] = {"size": 0, "sha256": ""}
    with pytest.raises(DamagedError, match="not a name of this archive"):
        manifest_from(json.dumps(values).encode())


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"format": 2}', "\ud800"])
def test_an_invalid_manifest_is_damage(text):
    with pytest.raises(DamagedError):
        manifest_from(text.encode("utf-8", "surrogatepass"))


def test_an_encrypted_archive_opens_with_its_key_only(folders, settings):
    key, other = (pyrage.x25519.Identity.generate() for _n in range(2))
    settings.BACKUP_RECIPIENTS = [str(key.to_public())]
    call_command("backup")
    (path,) = (folders / "backups").glob("*.age")
    status = read_status(folders / "backups")["last_success"]
    assert (status["encrypted"], status["verified"]) == (True, "checksum")
    assert set(verify(path, [key]).files) == set(NAMES)
    with pytest.raises(BackupError, match="--identity"):
        verify(path)
    with pytest.raises(BackupError):
        verify(path, [other])
    verify_checksum(path)
    data = bytearray(path.read_bytes())
    data[-30] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedError):
        verify_checksum(path)
    with pytest.raises(DamagedError):
        verify(path, [key])
    with pytest.raises(BackupError, match="Not a public key"):
        recipients_from(["age1nonsense"])


@needs_gpg
def test_a_backup_is_encrypted_with_gpg(folders, settings, tmp_path):
    public, private = made_key(tmp_path / "gpg")
    settings.BACKUP_GPG_RECIPIENTS = [str(public)]
    call_command("backup")
    (path,) = (folders / "backups").glob("*.tar.gz.gpg")
    status = read_status(folders / "backups")["last_success"]
    assert (status["encrypted"], status["verified"]) == (True, "checksum")
    call_command("verify_backup", path)
    call_command("verify_backup", path, identity=private)
    assert set(verify(path, identities_from(private)).files) == set(NAMES)


def test_a_private_key_may_be_protected_by_a_passphrase(tmp_path):
    key = pyrage.x25519.Identity.generate()
    text = f"# created: now\n{key}\n".encode()
    plain, protected = tmp_path / "plain", tmp_path / "protected"
    plain.write_bytes(text)
    protected.write_bytes(pyrage.passphrase.encrypt(text, "құпия сөз"))
    for found in (identities_from(plain), identities_from(protected, "құпия сөз")):
        assert [str(one) for one in found] == [str(key)]
    for passphrase in (None, "other"):
        with pytest.raises(BackupError):
            identities_from(protected, passphrase)


def test_files_that_appear_grow_and_vanish_meanwhile_do_no_harm(folders, monkeypatch):
    """The first file vanishes, the second grows, another appears."""
    new = folders / "private/new/new.jpg"
    usual = type(engine()).take

    def take(self, scratch):
        if not new.exists():
            new.parent.mkdir()
            new.write_bytes(b"new")
            (folders / NAMES[0]).unlink()
            with (folders / NAMES[1]).open("ab") as file:
                file.write(b"more")
        return usual(self, scratch)

    monkeypatch.setattr(type(engine()), "take", take)
    path = take_backup(folders / "backups", keep=KEEP).path
    manifest = verify(path)
    assert set(manifest.files) == {*NAMES, "private/new/new.jpg"}
    assert manifest.files[NAMES[1]].size == 5_004
    (folders / "private/dangling").symlink_to("nowhere")
    os.mkfifo(folders / "private/pipe")
    (folders / NAMES[0]).parent.rmdir()
    assert set(verify(path).files) == set(manifest.files)


def test_a_snapshot_is_taken_again_if_a_file_was_deleted_meanwhile(
    folders, monkeypatch
):
    """An upload after the list of files was read, deleted after the first snapshot."""
    found = [{"gone.jpg"}, set()]
    monkeypatch.setattr(
        "newsroom.backup.databases.sqlite.names_in", lambda query: found.pop(0)
    )
    monkeypatch.setattr(
        "newsroom.backup.databases.postgresql.names_in", lambda query: found.pop(0)
    )
    taken = take_backup(folders / "backups", keep=KEEP)
    assert (taken.facts["missing"], found) == ([], [])


def test_a_file_that_is_missing_for_good_is_named_with_an_exit_code(
    folders, monkeypatch, capsys
):
    for module in ("sqlite", "postgresql"):
        monkeypatch.setattr(
            f"newsroom.backup.databases.{module}.names_in",
            lambda query: {"documents/a/план.pdf", "lost.jpg"},
        )
    with pytest.raises(CommandError, match=r"lost\.jpg") as error:
        call_command("backup", "--json")
    assert error.value.returncode == 4
    facts = json.loads(capsys.readouterr().out)
    assert facts["missing"] == ["lost.jpg"]
    assert verify(folders / "backups" / facts["archive"]).missing == ["lost.jpg"]


def test_two_backups_at_once_are_refused(folders):
    folder = folders / "backups"
    with taking.locked(folder):
        with pytest.raises(LockedError):
            take_backup(folder, keep=KEEP)
        with pytest.raises(CommandError) as error:
            call_command("backup")
    assert error.value.returncode == 3
    assert take_backup(folder, keep=KEEP).path.exists()


def test_a_failure_is_recorded_and_deletes_nothing(folders, archive, monkeypatch):
    def verify(path, identities):
        raise DamagedError(["bad disk"])

    monkeypatch.setattr(taking, "verify", verify)
    with pytest.raises(CommandError, match="bad disk") as error:
        call_command("backup", "--keep-daily=0")
    assert error.value.returncode == 1
    folder = folders / "backups"
    assert [path.name for path in folder.glob("newsroom-*.gz")] == [archive.name]
    assert not list(folder.glob(".newsroom-part-*"))
    status = read_status(folder)
    assert status["last_failure"]["message"] == "bad disk"
    assert status["last_success"]["archive"] == archive.name


def test_leftovers_of_a_killed_backup_are_removed(folders):
    left = folders / "backups/.newsroom-part-x"
    left.mkdir()
    (left / "archive").write_bytes(b"half")
    take_backup(folders / "backups", keep=KEEP)
    assert not left.exists()


@pytest.mark.parametrize("place", ["media/backups", "private"])
def test_backups_within_the_folders_of_files_are_refused(folders, settings, place):
    settings.BACKUP_DIR = folders / place
    with pytest.raises(CommandError, match="must not be within"):
        call_command("backup")


def test_padding_of_gzip_is_no_damage(archive):
    """Some storage pads files with zeros."""
    with gzip.open(archive, "ab") as file:
        file.write(b"")
    assert set(verify(archive).files) == set(NAMES)
