"""Keep the migrated SQLite database of the tests between runs.

The file lies in pytest's cache folder (``.pytest_cache/d/database/``); ``--create-db``
makes it again. It is found by a fingerprint of what migrations and ``setup_site`` read,
and ``migrate`` and ``setup_site`` run on the copy as they do on an empty database: a
kept database saves time, but nothing relies on it being complete.
"""

import ast
import fcntl
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PACKAGES = ("home", "newsroom", "search")
# Modules whose code writes the first rows; what they import is followed.
WRITERS = ("**/migrations/[0-9]*.py", "**/management/commands/setup_site.py")
# Read without being imported by a writer: names in the first rows come from catalogues.
ALSO_READ = ("locale/**/*.po", "newsroom/settings/*.py", "requirements*.txt")
KEPT_FILES = 5  # one for each branch that is worked on


def sources(root: Path) -> list[Path]:
    """Return the files in *root* that decide what the migrated database contains."""
    found: set[Path] = set()
    waiting = [
        path
        for package in PACKAGES
        for pattern in WRITERS
        for path in (root / package).glob(pattern)
    ]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports(root, path)
    for pattern in ALSO_READ:
        found.update(root.glob(pattern))
    return sorted(found)


def fingerprint(root: Path) -> str:
    """Return a hash of the names and contents of :func:`sources`."""
    digest = hashlib.sha256()
    for path in sources(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root)} {content}\n".encode())
    return digest.hexdigest()[:32]


class KeptDatabase:
    """A copy of a migrated SQLite database in *folder*, for one fingerprint."""

    def __init__(self, folder: Path, key: str) -> None:
        self.folder = folder
        self.file = folder / f"{key}.sqlite3"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Lock, so that one process migrates and the others copy its database."""
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def restore(self, target: sqlite3.Connection) -> bool:
        """Copy the kept database into *target*; return whether there is one."""
        if not self.file.exists():
            return False
        with closing(sqlite3.connect(self.file)) as source:
            source.backup(target)
        self.file.touch()  # the most recently used are kept
        return True

    def keep(self, source: sqlite3.Connection) -> None:
        """Save a copy of *source*, and delete the copies not used for longest."""
        unfinished = self.file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
        unfinished.rename(self.file)
        copies = sorted(self.folder.glob("*.sqlite3"), key=_last_used)
        for old in copies[:-KEPT_FILES]:
            old.unlink(missing_ok=True)


def forget(folder: Path) -> None:
    """Delete every copy in *folder*."""
    for file in folder.glob("*.sqlite3"):
        file.unlink(missing_ok=True)


def _last_used(path: Path) -> float:
    return path.stat().st_mtime


def _imports(root: Path, path: Path) -> Iterable[Path]:
    """Yield the files of the project that *path* imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
        for name in names:
            if name.partition(".")[0] in PACKAGES:
                place = root.joinpath(*name.split("."))
                candidates = (place.with_suffix(".py"), place / "__init__.py")
                yield from filter(Path.is_file, candidates)
